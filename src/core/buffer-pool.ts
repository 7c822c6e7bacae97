/** Memory that a program has used and will use again: pages already mapped, and nothing for the garbage collector. */
export type PooledBuffer = {
  /** What was in it before is still in it. */
  readonly bytes: Buffer;
  /** Gives it back, to be written over by the next who asks. Idempotent. */
  readonly release: () => void;
};

/** Buffers of whole pictures, lent and given back. */
export class BufferPool {
  readonly #maximumBytes: number;
  /** The last one given back first: its memory is the likeliest to be in the cache. */
  readonly #free: Buffer[] = [];

  /** @param maximumBytes the most that is kept for later; what is lent is not counted */
  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  /** A buffer of just this length. */
  take(lengthBytes: number): PooledBuffer {
    const index = this.#free.findIndex(({ length }) => length === lengthBytes);
    const bytes = index < 0 ? Buffer.allocUnsafeSlow(lengthBytes) : this.#free.splice(index, 1)[0];
    if (bytes === undefined) throw new RangeError('a free buffer is gone');
    let isLent = true;
    const release = (): void => {
      if (!isLent) return;
      isLent = false;
      this.#free.unshift(bytes);
      this.#trim();
    };
    return { bytes, release };
  }

  /** Forgets those that nobody has asked for the longest. */
  #trim(): void {
    let keptBytes = 0;
    const beyond = this.#free.findIndex(({ length }) => (keptBytes += length) > this.#maximumBytes);
    if (beyond >= 0) this.#free.length = beyond;
  }
}
