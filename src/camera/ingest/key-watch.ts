import type { Fragment } from './fragment.js';

/** Longer without a key picture than even "smart" codecs let pass (16 s at 25 frames a second is the longest known). */
const KEYLESS_AFTER_MS = 20_000;
/** … or so many times the longest interval that was seen between two key pictures of this stream. */
const KEY_INTERVALS = 2;

/**
 * Notices that a stream has no key pictures: encoders with intra refresh renew the picture part by part, and some mark no
 * point to begin at. Pure: moments come with the pictures.
 */
export class KeyWatch {
  /** Of the last key picture, or of the first picture of the connection; null before that. */
  #sinceMs: number | null = null;
  #hasKey = false;
  #longestIntervalMs = 0;
  #isKeyless = false;

  /** A connection begins. What was learnt stays: it is the same camera. */
  begin(): void {
    this.#sinceMs = null;
    this.#hasKey = false;
  }

  observe({ isKey, arrivedAtMs }: Pick<Fragment, 'isKey' | 'arrivedAtMs'>): void {
    const withoutMs = arrivedAtMs - (this.#sinceMs ?? arrivedAtMs);
    this.#sinceMs ??= arrivedAtMs;
    if (isKey) {
      if (this.#hasKey) this.#longestIntervalMs = Math.max(this.#longestIntervalMs, withoutMs);
      this.#hasKey = true;
      this.#sinceMs = arrivedAtMs;
      this.#isKeyless = false;
    } else if (withoutMs > Math.max(KEYLESS_AFTER_MS, this.#longestIntervalMs * KEY_INTERVALS)) {
      this.#isKeyless = true;
    }
  }

  /** Whether waiting for a key picture is in vain; until one comes after all, over connections too. */
  get isKeyless(): boolean {
    return this.#isKeyless;
  }
}
