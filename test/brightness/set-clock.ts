import type { BrightnessClock } from '../../src/brightness/brightness.js';

/** A clock that tests set. */
export class SetClock implements BrightnessClock {
  #epochMs: number;
  #monotonicMs = 0;

  constructor(start: string | number) {
    this.#epochMs = typeof start === 'number' ? start : Date.parse(start);
  }

  epochMs = (): number => this.#epochMs;
  monotonicMs = (): number => this.#monotonicMs;

  /** Time passes. */
  pass(ms: number): void {
    this.#epochMs += ms;
    this.#monotonicMs += ms;
  }

  /** Somebody sets the clock, and no time passes. */
  set(epoch: string): void {
    this.#epochMs = Date.parse(epoch);
  }
}
