/** Remembers when each picture came, to say how old the one is that is shown now. */
export type Arrivals = {
  /**
   * @param atSeconds where the picture stands on the player's time line
   * @param timeMs when it came from the camera, by the server's clock
   * @param arrivedAtMs when it came here, `performance.now()`
   */
  add(atSeconds: number, timeMs: number, arrivedAtMs: number): void;
  /** How many milliseconds ago the picture shown at this place came from the camera; null when it is not remembered. */
  ageOf(atSeconds: number, nowMs: number): number | null;
};

const REMEMBERED = 512;
/** The player rounds its places. */
const TOLERANCE_SECONDS = 0.002;

/**
 * The two clocks may differ by minutes, so an age is measured here: from arrival, plus how much longer the picture was on
 * its way than the quickest one. What the quickest one took is not known; in a hall it is a millisecond.
 */
export function createArrivals(): Arrivals {
  let kept: { readonly atSeconds: number; readonly arrivedAtMs: number; readonly delayMs: number }[] = [];
  let quickestMs = Infinity;
  return {
    add: (atSeconds, timeMs, arrivedAtMs) => {
      const delayMs = arrivedAtMs - timeMs;
      quickestMs = Math.min(quickestMs, delayMs);
      kept.push({ atSeconds, arrivedAtMs, delayMs });
      if (kept.length > REMEMBERED * 2) kept = kept.slice(-REMEMBERED);
    },
    ageOf: (atSeconds, nowMs) => {
      const shown = kept.findLast((picture) => picture.atSeconds <= atSeconds + TOLERANCE_SECONDS);
      return shown === undefined ? null : nowMs - shown.arrivedAtMs + shown.delayMs - quickestMs;
    },
  };
}
