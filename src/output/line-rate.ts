/** Bits that a line of 1 Mbit/s carries in a millisecond. */
const BITS_PER_MS = 1_000;

/** How long so many bytes keep a line busy, milliseconds. */
export function lineTimeMs(bytes: number, rateMbit: number): number {
  return (bytes * 8) / (rateMbit * BITS_PER_MS);
}

/**
 * Keeps parts under a rate, whenever it is looked at: at no time has more gone out than the rate allows, but for two slices' worth
 * at once, or a single part that is more than that. (The generic cell rate algorithm, ITU-T I.371.)
 */
export class LineRate {
  readonly #rateMbit: number;
  readonly #sliceMs: number;
  /** Until when the line is busy with what went out. */
  #busyUntilMs = Number.NEGATIVE_INFINITY;

  /** @param sliceMs how often it is looked at */
  constructor(rateMbit: number, sliceMs: number) {
    this.#rateMbit = rateMbit;
    this.#sliceMs = sliceMs;
  }

  /** Whether so many bytes may go out now; if so, they count as gone. */
  take(bytes: number, nowMs: number): boolean {
    const timeMs = lineTimeMs(bytes, this.#rateMbit);
    // What a late look missed is made up for, but for no more than one slice.
    const fromMs = Math.max(this.#busyUntilMs, nowMs - this.#sliceMs);
    if (this.#busyUntilMs > nowMs && fromMs + timeMs > nowMs + this.#sliceMs) return false;
    this.#busyUntilMs = fromMs + timeMs;
    return true;
  }
}
