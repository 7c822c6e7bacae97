import { monotonicMs } from '../core/clock.js';

/** The time as the watch sees it; tests bring their own. */
export type ControllerClock = {
  /** Monotonic milliseconds: ages are computed with this one. */
  nowMs(): number;
  /** Epoch milliseconds, for people. */
  epochMs(): number;
  /** Does something later. @returns how to call it off */
  after(ms: number, action: () => void): () => void;
};

/** The machine's. */
export const systemClock: ControllerClock = {
  nowMs: monotonicMs,
  epochMs: Date.now,
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
