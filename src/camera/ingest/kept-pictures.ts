import type { Fragment } from './fragment.js';

const MAXIMUM_BYTES = 16 * 1024 * 1024;
const MAXIMUM_AGE_MS = 12_000;

/**
 * Every picture since the last key picture, so that a decoder can begin at once instead of waiting for the camera's next
 * key picture. A camera whose key pictures never come (intra refresh, "smart" codecs) would fill the memory: beyond
 * 16 MB or 12 s nothing is kept until the next key picture.
 */
export class KeptPictures {
  readonly #maximumBytes: number;
  readonly #maximumAgeMs: number;
  #fragments: Fragment[] = [];
  #bytes = 0;

  constructor(maximumBytes: number = MAXIMUM_BYTES, maximumAgeMs: number = MAXIMUM_AGE_MS) {
    this.#maximumBytes = maximumBytes;
    this.#maximumAgeMs = maximumAgeMs;
  }

  push(fragment: Fragment): void {
    if (fragment.isKey) this.clear();
    else if (this.#fragments.length === 0) return;
    this.#fragments.push(fragment);
    this.#bytes += fragment.bytes.length;
    const sinceMs = this.#fragments[0]?.arrivedAtMs ?? fragment.arrivedAtMs;
    if (this.#bytes > this.#maximumBytes || fragment.arrivedAtMs - sinceMs > this.#maximumAgeMs) this.clear();
  }

  clear(): void {
    this.#fragments = [];
    this.#bytes = 0;
  }

  /** From the last key picture on; empty when there is none to begin with. The list is replaced, not emptied, at the next key picture. */
  get fragments(): readonly Fragment[] {
    return this.#fragments;
  }

  get bytes(): number {
    return this.#bytes;
  }
}
