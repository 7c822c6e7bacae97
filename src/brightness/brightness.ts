/**
 * Brightness: how bright the wall is, and why. `plan.ts` decides it at any moment from the schedule (`agenda.ts`, by the clock
 * and the sun: `day-point.ts`), the light that a sensor reads (`light-reading.ts`), what an operator asks for and what the
 * law allows (`ceiling.ts`, with its rules in `rules.ts`); this file follows it in time, by ramps. Nothing in here knows
 * outputs, pages or devices: they are told per cent.
 */
import { EventEmitter } from 'node:events';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { approach, type SavedLevel } from './level.js';
import { observe, type LightReading } from './light-reading.js';
import type { BrightnessOptions } from './options.js';
import { BrightnessPlan, type BrightnessDecision } from './plan.js';

/** While light changes, it is set so often; a frame of a wall of 25 a second. */
const MOVING_EVERY_MS = 40;
/** While it does not, it is looked whether it should. */
const RESTING_EVERY_MS = 1_000;
/** Changes are told of so often while light moves. */
const TELL_EVERY_MS = 1_000;
/** So near it is there, per cent. */
const CLOSE_ENOUGH = 1e-6;
const BRIGHTEST_LUX = 200_000;

/** Two clocks: what time it is, and one that nobody sets. Milliseconds. */
export type BrightnessClock = { readonly epochMs: () => number; readonly monotonicMs: () => number };

export const systemClock: BrightnessClock = { epochMs: () => Date.now(), monotonicMs };

/** How bright the wall is now, and why. */
export type BrightnessStatus = BrightnessDecision & {
  /** What it is lit with now, per cent: on the way to the target. */
  readonly percent: number;
  readonly isRamping: boolean;
  readonly wishPercent: number | null;
  /** The reading of the light that counts, believed or not; null before the first. */
  readonly light: LightReading | null;
};

export type BrightnessEvents = {
  /** It is lit with another brightness from now on, per cent. */
  level: [percent: number];
  /** Something about it changed; while light moves, once a second. */
  change: [status: BrightnessStatus];
};

export type BrightnessGovernorOptions = {
  readonly options: BrightnessOptions;
  /** Of the clock on the wall. */
  readonly timeZone: string;
  readonly wishPercent: number | null;
  /** What the wall was lit with before. */
  readonly saved: SavedLevel | null;
  readonly log: Logger;
  readonly clock?: BrightnessClock;
};

/** Brings the wall to the brightness that the plan decides, and no faster than a ramp allows; only the law is faster. */
export class BrightnessGovernor extends EventEmitter<BrightnessEvents> implements Closable {
  readonly #clock: BrightnessClock;
  readonly #log: Logger;
  #plan: BrightnessPlan;
  #wishPercent: number | null;
  #light: LightReading | null = null;
  #percent: number;
  #decision: BrightnessDecision;
  /** An operator waits for it: until it is there, the quick ramp holds. */
  #isHurried = false;
  #steppedAtMs: number;
  #told: BrightnessStatus;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #isStarted = false;
  #isClosed = false;

  constructor({ options, timeZone, wishPercent, saved, log, clock = systemClock }: BrightnessGovernorOptions) {
    super();
    this.#clock = clock;
    this.#log = log;
    this.#plan = new BrightnessPlan(options, timeZone);
    this.#wishPercent = wishPercent;
    const nowMs = clock.epochMs();
    this.#steppedAtMs = clock.monotonicMs();
    this.#decision = this.#plan.at(nowMs, this.#inputs);
    const aim = this.#aim(nowMs);
    // From where it was, however long ago: the law holds at once, everything else can wait for a ramp.
    this.#percent = Math.min(saved?.percent ?? aim, this.#decision.ceiling.ceilingPercent);
    this.#told = this.status();
  }

  /** Begins to follow the plan by itself. */
  start(): void {
    this.#isStarted = true;
    this.advance();
  }

  status(): BrightnessStatus {
    return {
      ...this.#decision,
      percent: this.#percent,
      isRamping: this.#isRamping,
      wishPercent: this.#wishPercent,
      light: this.#light,
    };
  }

  /** What is to be kept of it over a restart. */
  saved(): SavedLevel {
    return { percent: this.#percent };
  }

  /** @throws GlasshallError `above-ceiling` with the computation, when the law does not allow as much now */
  check(wantedPercent: number): void {
    const { refusal } = this.#plan.limit(wantedPercent, this.#clock.epochMs(), this.#light);
    if (refusal !== null) throw refusal;
  }

  /** Takes in what an operator asked for, per cent; null: automatic. The law holds all the same. */
  setWish(percent: number | null): void {
    if (percent === this.#wishPercent) return;
    // First up to now as it was: the ramp begins where the wish comes.
    this.advance();
    this.#wishPercent = percent;
    this.#isHurried = true;
    this.advance();
  }

  /**
   * Takes in how much light falls on the place.
   * @throws GlasshallError `no-light-sensor` when the configuration has no curve for it, `bad-lux` when that cannot be
   */
  observeLux(lux: number): void {
    const { lux: options } = this.#plan.options;
    if (options === undefined) {
      throw new GlasshallError(
        'no-light-sensor',
        'the configuration has no brightness.lux, which says what to do with it',
      );
    }
    if (!Number.isFinite(lux) || lux < 0 || lux > BRIGHTEST_LUX) {
      throw new GlasshallError('bad-lux', `light is from 0 to ${BRIGHTEST_LUX} lux`, { most: BRIGHTEST_LUX });
    }
    this.advance();
    this.#light = observe(this.#light, lux, this.#clock.epochMs(), options);
    this.advance();
  }

  /** Goes on with another configuration. */
  update(options: BrightnessOptions, timeZone: string): void {
    this.advance();
    this.#plan = new BrightnessPlan(options, timeZone);
    if (options.lux === undefined) this.#light = null;
    this.advance();
  }

  /** Takes the step that is due now, and plans the next one. */
  advance(): void {
    if (this.#isClosed) return;
    const nowMs = this.#clock.epochMs();
    const monotonicMs = this.#clock.monotonicMs();
    const elapsedMs = monotonicMs - this.#steppedAtMs;
    this.#steppedAtMs = monotonicMs;
    const wasLightStale = this.#decision.isLightStale;
    this.#decision = this.#plan.at(nowMs, this.#inputs);
    if (this.#decision.isLightStale !== wasLightStale) this.#logLight();
    const { ramp, operatorRamp } = this.#plan.options;
    const aim = this.#aim(nowMs);
    const moved = approach(this.#percent, aim, this.#isHurried ? Math.max(ramp, operatorRamp) : ramp, elapsedMs);
    // A ceiling that nobody could foresee (a new configuration, less light, a clock that was set) holds at once.
    const next = Math.min(moved, this.#decision.ceiling.ceilingPercent);
    const isNews = next !== this.#percent;
    this.#percent = next;
    if (!this.#isRamping) this.#isHurried = false;
    if (isNews) this.emit('level', next);
    this.#tell(monotonicMs);
    this.#later();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return Promise.resolve();
  }

  get #inputs(): { readonly wishPercent: number | null; readonly light: LightReading | null } {
    return { wishPercent: this.#wishPercent, light: this.#light };
  }

  get #isRamping(): boolean {
    return Math.abs(this.#percent - this.#decision.targetPercent) > CLOSE_ENOUGH;
  }

  /** Where light goes from here: to the target, or already down to a lower ceiling that is to come. */
  #aim(nowMs: number): number {
    const { targetPercent } = this.#decision;
    const headroom = this.#plan.headroom(nowMs, this.#light, this.#plan.options.ramp, RESTING_EVERY_MS);
    if (headroom >= targetPercent) return targetPercent;
    this.#decision = { ...this.#decision, reason: 'ceiling' };
    return headroom;
  }

  #tell(monotonicMs: number): void {
    const isDue = this.#isRamping && monotonicMs - this.#toldAtMs >= TELL_EVERY_MS;
    const status = this.status();
    if (!isDue && isSame(status, this.#told)) return;
    this.#told = status;
    this.#toldAtMs = monotonicMs;
    this.emit('change', status);
  }

  #later(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#isStarted) return;
    this.#timer = setTimeout(() => this.advance(), this.#isRamping ? MOVING_EVERY_MS : RESTING_EVERY_MS);
  }

  #logLight(): void {
    if (this.#decision.isLightStale) {
      this.#log.warn({ light: this.#light }, 'no reading of the light that can be believed: the schedule holds');
    } else {
      this.#log.info({ light: this.#light }, 'the light is read');
    }
  }
}

/** Whether the wall is black on purpose, for the hour. */
export function isDark({ percent, reason }: Pick<BrightnessStatus, 'percent' | 'reason'>): boolean {
  return percent === 0 && (reason === 'curfew' || reason === 'standby');
}

/** Whether two say the same, but for how far light has moved and what the sensor reads. */
function isSame(one: BrightnessStatus, other: BrightnessStatus): boolean {
  return (
    one.isRamping === other.isRamping &&
    one.targetPercent === other.targetPercent &&
    one.reason === other.reason &&
    one.phase === other.phase &&
    one.wishPercent === other.wishPercent &&
    one.automaticPercent === other.automaticPercent &&
    one.automaticReason === other.automaticReason &&
    one.isLightStale === other.isLightStale &&
    one.ceiling.rule === other.ceiling.rule &&
    one.ceiling.kind === other.ceiling.kind &&
    one.ceiling.ceilingPercent === other.ceiling.ceilingPercent
  );
}
