import { standbyMilliamperes, type PowerLimitOptions } from './options.js';

/** The light comes back with this time constant. */
const RECOVERY_MS = 1_000;
/** So near to the aim it stays as it is: a change that nobody sees would cost new tables. */
const CLOSE_ENOUGH = 0.002;

/**
 * Keeps the current of an output below what its supplies can give, after the model of WLED ("automatic brightness limiter"):
 * `mA = sum of all channel values · mA per pixel / (3 · 255) + standby mA per pixel`. Too much light is taken away in the
 * same frame; it comes back slowly, because a picture that pumps is worse than a dark one.
 */
export class PowerLimiter {
  /** The sum of all channel values that the supplies can give light to. */
  readonly #budget: number;
  readonly #msPerTick: number;
  #light = 1;
  #aim = 1;
  #tick = 0;

  /** @param pixelCount pixels that hang on the supplies: without null pixels */
  constructor(options: PowerLimitOptions, pixelCount: number, framesPerSecond: number) {
    const left = options.amperes * 1_000 - standbyMilliamperes(options, pixelCount);
    this.#budget = (Math.max(0, left) * 3 * 255) / options.milliamperesPerPixel;
    this.#msPerTick = 1_000 / framesPerSecond;
  }

  /** The light of the frame of a tick, 0 to 1, before its sum is known. */
  begin(tick: number): number {
    const passedMs = Math.max(0, (tick - this.#tick) * this.#msPerTick);
    this.#tick = tick;
    if (this.#aim - this.#light > CLOSE_ENOUGH || this.#aim === 1) {
      this.#light += (this.#aim - this.#light) * (1 - Math.exp(-passedMs / RECOVERY_MS));
      if (1 - this.#light < CLOSE_ENOUGH) this.#light = 1;
    }
    return this.#light;
  }

  /**
   * Learns what a frame takes.
   * @param sum of all its channel values, in the light last said
   * @returns the lesser light in which it must be made again, null when it is good
   */
  settle(sum: number): number | null {
    const allowed = sum === 0 ? Number.POSITIVE_INFINITY : (this.#light * this.#budget) / sum;
    this.#aim = Math.min(1, allowed);
    if (sum <= this.#budget) return null;
    this.#light = allowed;
    return allowed;
  }
}
