/** What one takes beside its pixels: its key, and what it was asked for. */
const OVERHEAD_BYTES = 512;

type Kept<T> = { readonly painting: Promise<T>; bytes: number };

/**
 * Paintings by what they were asked for, the one longest unused going first when they take too much memory; the newest always
 * stays. Whoever asks while one is painted waits for the same.
 */
export class Paintings<T> {
  readonly #mostBytes: number;
  readonly #bytesOf: (painted: T) => number;
  readonly #kept = new Map<string, Kept<T>>();
  #bytes = 0;

  /** @param bytesOf of a painting's pixels */
  constructor(mostBytes: number, bytesOf: (painted: T) => number) {
    this.#mostBytes = mostBytes;
    this.#bytesOf = bytesOf;
  }

  get(key: string, paint: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    const kept = known ?? { painting: paint(), bytes: 0 };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (known === undefined) {
      kept.painting.then(
        (painted) => this.#weigh(kept, OVERHEAD_BYTES + this.#bytesOf(painted)),
        // What failed is tried again the next time.
        () => this.#kept.delete(key),
      );
    }
    return kept.painting;
  }

  #weigh(weighed: Kept<T>, bytes: number): void {
    weighed.bytes = bytes;
    this.#bytes += bytes;
    for (const [key, kept] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return;
      if (kept.bytes === 0 || kept === weighed) continue;
      this.#kept.delete(key);
      this.#bytes -= kept.bytes;
    }
  }
}
