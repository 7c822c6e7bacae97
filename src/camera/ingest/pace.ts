/**
 * Longer without a picture, and a stream is not called live any more: a camera may drop to one picture a second (at night,
 * or in a still hall), and the network delays some of those …
 */
const STALE_MS = 1_250;
/** … unless its own pace is slower: so many of its intervals, at most so long. */
const STALE_INTERVALS = 2.5;
const STALE_AT_MOST_MS = 3_000;
/** How much a new interval counts in the mean. */
const INTERVAL_WEIGHT = 0.2;
/** An interval longer than this is a failure, and says nothing about the pace. */
const LONGEST_INTERVAL_MS = 10_000;

/** How fast the pictures of a stream come, learnt from their arrival: what is late for one camera is usual for another. */
export class Pace {
  #lastMs: number | null = null;
  #intervalMs = 0;

  /** A picture came. */
  observe(nowMs: number): void {
    const intervalMs = this.#lastMs === null ? 0 : nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (intervalMs <= 0 || intervalMs > LONGEST_INTERVAL_MS) return;
    this.#intervalMs =
      this.#intervalMs === 0 ? intervalMs : this.#intervalMs + (intervalMs - this.#intervalMs) * INTERVAL_WEIGHT;
  }

  /** Mean time from picture to picture, milliseconds; 0 before the second. */
  get intervalMs(): number {
    return this.#intervalMs;
  }

  /** Without a new picture for so long, the stream is stale. */
  get staleAfterMs(): number {
    return Math.min(STALE_AT_MOST_MS, Math.max(STALE_MS, this.#intervalMs * STALE_INTERVALS));
  }
}
