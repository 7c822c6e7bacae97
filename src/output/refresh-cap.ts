/**
 * Lets through at most so many frames a second, evenly, by their ticks: clocks that jitter change nothing. A frame that is
 * held back is not kept: the next one that passes is the newest.
 */
export class RefreshCap {
  readonly #framesPerSecond: number;
  #lastSlot = Number.NaN;

  /** @param framesPerSecond how many ticks a second there are */
  constructor(framesPerSecond: number) {
    this.#framesPerSecond = framesPerSecond;
  }

  /** @param atMostHz null where nothing has to be held back */
  lets(tick: number, atMostHz: number | null): boolean {
    if (atMostHz === null || atMostHz >= this.#framesPerSecond) return true;
    const slot = Math.floor((tick * atMostHz) / this.#framesPerSecond);
    if (slot === this.#lastSlot) return false;
    this.#lastSlot = slot;
    return true;
  }
}
