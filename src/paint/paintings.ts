/** Paintings by what they were asked for, the one longest unused going first. Whoever asks while one is painted waits for the same. */
export class Paintings<T> {
  readonly #most: number;
  readonly #kept = new Map<string, Promise<T>>();

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, paint: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    const painting = known ?? paint();
    this.#kept.delete(key);
    this.#kept.set(key, painting);
    // What failed is tried again the next time.
    if (known === undefined) painting.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return painting;
  }
}
