import { backoffMs } from '../core/backoff.js';
import type { RepairOptions } from './options.js';

const LONGEST_WAIT_MS = 10 * 60_000;
/** A controller that has been as wanted for so long is sound again. */
const SOUND_AFTER_MS = 60_000;

/** When to send again what a controller does not do: at once, then after growing waits, and not for ever. */
export class RepairPlan {
  readonly #options: RepairOptions;
  #attempts = 0;
  #nextAtMs = -Infinity;
  #soundSinceMs: number | null = null;

  constructor(options: RepairOptions) {
    this.#options = options;
  }

  /** How often it was sent again since it was last sound. */
  get attempts(): number {
    return this.#attempts;
  }

  /** @param isBroken whether an alarm stands that sending again may mend. @returns whether to send now */
  isDue(isBroken: boolean, nowMs: number): boolean {
    if (!isBroken) {
      this.#soundSinceMs ??= nowMs;
      if (nowMs - this.#soundSinceMs >= SOUND_AFTER_MS) this.forget();
      return false;
    }
    this.#soundSinceMs = null;
    if (this.#attempts >= this.#options.attempts || nowMs < this.#nextAtMs) return false;
    this.#attempts += 1;
    const waits = { firstMs: this.#options.wait, maximumMs: LONGEST_WAIT_MS, jitter: 0 };
    this.#nextAtMs = nowMs + backoffMs(this.#attempts, waits);
    return true;
  }

  /** Something else is wanted: attempts count from the beginning. */
  forget(): void {
    this.#attempts = 0;
    this.#nextAtMs = -Infinity;
  }
}
