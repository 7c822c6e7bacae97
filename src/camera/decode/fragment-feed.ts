import type { Writable } from 'node:stream';
import type { Fragment } from '../ingest/fragment.js';

/** Behind by so much (beyond what it was given to begin with), a decoder is taken to the next key picture. */
const MAXIMUM_WAITING_BYTES = 4 * 1024 * 1024;
/** So little may be left before it goes on. */
const RESUME_WAITING_BYTES = 256 * 1024;

/**
 * Feeds a decoder's stdin without ever waiting for it: when it does not take what it is given, pictures are dropped up to
 * a key picture, so that neither memory nor delay grows.
 */
export class FragmentFeed {
  readonly #stdin: Writable;
  #isDropping = false;
  #isCatchingUp = true;
  #fed = 0;
  #dropped = 0;

  /** @param initial initialisation segment and kept pictures; they may wait as long as they need */
  constructor(stdin: Writable, segment: Buffer, initial: readonly Fragment[]) {
    this.#stdin = stdin;
    stdin.write(segment);
    for (const fragment of initial) this.#write(fragment);
  }

  /** Pictures given to the decoder. */
  get fed(): number {
    return this.#fed;
  }

  /** Pictures that it was too slow for. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether it drops until a key picture comes. */
  get isDropping(): boolean {
    return this.#isDropping;
  }

  push(fragment: Fragment): void {
    if (this.#stdin.destroyed || this.#stdin.writableEnded) return;
    const waiting = this.#stdin.writableLength;
    if (waiting <= RESUME_WAITING_BYTES) this.#isCatchingUp = false;
    if (!this.#isDropping && !this.#isCatchingUp && waiting > MAXIMUM_WAITING_BYTES) this.#isDropping = true;
    if (this.#isDropping && fragment.isKey && waiting <= RESUME_WAITING_BYTES) this.#isDropping = false;
    if (this.#isDropping) this.#dropped += 1;
    else this.#write(fragment);
  }

  #write(fragment: Fragment): void {
    this.#fed += 1;
    this.#stdin.write(fragment.bytes);
  }
}
