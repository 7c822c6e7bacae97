import { monotonicMs } from '../core/clock.js';

/** Time as the conductor sees it; a test has one of its own. */
export type ConductorClock = {
  epochMs(): number;
  monotonicMs(): number;
  /** Calls back once, after so many milliseconds. @returns how to call it off */
  after(delayMs: number, run: () => void): () => void;
};

/** The clocks of this machine. */
export const realClock: ConductorClock = {
  epochMs: Date.now,
  monotonicMs,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
