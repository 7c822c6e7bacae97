import { monotonicMs } from '../core/clock.js';
import type { ConductorClock } from './conductor.js';

/** The clocks of this machine. */
export const realClock: ConductorClock = {
  epochMs: Date.now,
  monotonicMs,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
