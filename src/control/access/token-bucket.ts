import { monotonicMs } from '../../core/clock.js';

/** A budget that refills steadily: `perSecond` on average, `burst` at once. May go into debt; whoever is in debt waits. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number = monotonicMs()) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** Spends tokens. @returns the milliseconds until the budget is out of debt, 0 while it is not in debt */
  spend(count: number, nowMs: number = monotonicMs()): number {
    const refilled = this.#tokens + ((nowMs - this.#atMs) / 1_000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, refilled) - count;
    this.#atMs = nowMs;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1_000);
  }
}
