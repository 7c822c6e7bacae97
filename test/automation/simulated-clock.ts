import type { ConductorClock } from '../../src/automation/clock.js';

type Timer = { readonly atMs: number; readonly run: () => void };

/** A clock that goes as fast as a test wants; callbacks come in their order, each at its own moment. */
export class SimulatedClock implements ConductorClock {
  readonly #timers = new Set<Timer>();
  #monotonicMs = 1_000_000;
  #epochMs: number;

  constructor(startMs: number) {
    this.#epochMs = startMs;
  }

  epochMs(): number {
    return this.#epochMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, run: () => void): () => void {
    if (delayMs <= 0) throw new RangeError(`a timer of ${delayMs} ms would never let time pass`);
    const timer = { atMs: this.#monotonicMs + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass. */
  advance(ms: number): void {
    const endMs = this.#monotonicMs + ms;
    for (;;) {
      const next = [...this.#timers].filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
      this.#go((next?.atMs ?? endMs) - this.#monotonicMs);
      if (next === undefined) return;
      this.#timers.delete(next);
      next.run();
    }
  }

  /** Somebody sets the clock. */
  set(epochMs: number): void {
    this.#epochMs = epochMs;
  }

  #go(ms: number): void {
    this.#monotonicMs += ms;
    this.#epochMs += ms;
  }
}
