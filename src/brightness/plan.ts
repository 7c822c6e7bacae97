import type { GlasshallError } from '../core/errors.js';
import { TimeZone } from '../core/time-zone.js';
import { Agenda, type AgendaEntry } from './agenda.js';
import { CeilingRules, type Ceiling } from './ceiling.js';
import { Almanac, type DayPoint } from './day-point.js';
import { isStale, percentAt, type LightReading } from './light-reading.js';
import type { BrightnessOptions } from './options.js';
import { aboveCeiling } from './refusal.js';

/** Why the wall is as bright as it is. `default`: nobody says anything, and it is fully lit. */
export type BrightnessReason = 'schedule' | 'lux' | 'operator' | 'default' | 'ceiling' | 'curfew' | 'standby';

/** `waking`: not open yet, but awake, with a slate. */
export type BrightnessPhase = 'open' | 'waking' | 'standby';

/** What people and sensors say. */
export type BrightnessInputs = {
  /** What an operator asked for, per cent; null: automatic. */
  readonly wishPercent: number | null;
  readonly light: LightReading | null;
};

/** What the wall should be at a moment. */
export type BrightnessDecision = {
  /** Per cent of full light, never above the ceiling. */
  readonly targetPercent: number;
  readonly reason: BrightnessReason;
  readonly phase: BrightnessPhase;
  /** What it would be by itself, below the ceiling or not. */
  readonly automaticPercent: number;
  readonly automaticReason: 'schedule' | 'lux' | 'default';
  /** Whether there should be a reading of the light, and there is none that can be believed. */
  readonly isLightStale: boolean;
  readonly ceiling: Ceiling;
};

/** What may be asked for. */
export type Grant = { readonly percent: number; readonly refusal: GlasshallError | null };

/** Decides, from the time and what people and sensors say, how bright the wall should be. Pure: keeps nothing but what it has looked up. */
export class BrightnessPlan {
  readonly options: BrightnessOptions;
  readonly #ceiling: CeilingRules;
  readonly #schedule: Agenda<number> | null;
  readonly #phases: Agenda<BrightnessPhase> | null;

  /** @param timeZone of the clock on the wall */
  constructor(options: BrightnessOptions, timeZone: string) {
    this.options = options;
    const almanac = new Almanac(new TimeZone(timeZone), options.position ?? null);
    this.#ceiling = new CeilingRules(options, almanac);
    const points = options.schedule.map(({ at, percent, days }) => entry(at, percent, days));
    this.#schedule = points.length === 0 ? null : new Agenda(points, almanac);
    this.#phases = options.standby === undefined ? null : new Agenda(phasesOf(options.standby), almanac);
  }

  /** @param epochMs the moment */
  at(epochMs: number, { wishPercent, light }: BrightnessInputs): BrightnessDecision {
    const believed = this.#believed(light, epochMs);
    const ceiling = this.#ceiling.at(epochMs, believed?.lux ?? null);
    const phase = this.#phases?.at(epochMs).value ?? 'open';
    const automatic = this.#automatic(epochMs, believed);
    const common = {
      phase,
      ceiling,
      automaticPercent: automatic.percent,
      automaticReason: automatic.reason,
      isLightStale: this.options.lux !== undefined && believed === null,
    };
    if (ceiling.kind === 'curfew') return { ...common, targetPercent: 0, reason: 'curfew' };
    if (phase === 'standby') return { ...common, targetPercent: 0, reason: 'standby' };
    const wanted = wishPercent ?? automatic.percent;
    if (wanted > ceiling.ceilingPercent) {
      return { ...common, targetPercent: ceiling.ceilingPercent, reason: 'ceiling' };
    }
    return { ...common, targetPercent: wanted, reason: wishPercent === null ? automatic.reason : 'operator' };
  }

  /** What of a wish is granted at a moment; above the ceiling, the ceiling, and why. */
  limit(wantedPercent: number, epochMs: number, light: LightReading | null): Grant {
    const ceiling = this.#ceiling.at(epochMs, this.#believed(light, epochMs)?.lux ?? null);
    if (wantedPercent <= ceiling.ceilingPercent) return { percent: wantedPercent, refusal: null };
    return { percent: ceiling.ceilingPercent, refusal: aboveCeiling(wantedPercent, ceiling) };
  }

  /**
   * The brightness that may be had at a moment so that every lower ceiling to come is reached in time, without a jump.
   * @param ratePerSecond how fast it can be left, per cent a second
   * @param withinMs up to when this answer will be used
   */
  headroom(epochMs: number, light: LightReading | null, ratePerSecond: number, withinMs: number): number {
    const lux = this.#believed(light, epochMs)?.lux ?? null;
    let most = this.#ceiling.at(epochMs, lux).ceilingPercent;
    const furthestMs = epochMs + (100 / ratePerSecond) * 1_000 + withinMs;
    let nextMs = this.#ceiling.changesAfter(epochMs, lux);
    while (nextMs <= furthestMs) {
      const leftSeconds = Math.max(0, nextMs - epochMs - withinMs) / 1_000;
      most = Math.min(most, this.#ceiling.at(nextMs, lux).ceilingPercent + leftSeconds * ratePerSecond);
      nextMs = this.#ceiling.changesAfter(nextMs, lux);
    }
    return most;
  }

  #believed(light: LightReading | null, epochMs: number): LightReading | null {
    const { lux } = this.options;
    return light === null || lux === undefined || isStale(light, epochMs, lux.staleAfter) ? null : light;
  }

  #automatic(
    epochMs: number,
    light: LightReading | null,
  ): { readonly percent: number; readonly reason: BrightnessDecision['automaticReason'] } {
    const { lux } = this.options;
    if (light !== null && lux !== undefined) return { percent: percentAt(lux.curve, light.lux), reason: 'lux' };
    if (this.#schedule !== null) return { percent: this.#schedule.at(epochMs).value, reason: 'schedule' };
    return { percent: 100, reason: 'default' };
  }
}

function phasesOf({
  from,
  to,
  days,
  wakeBefore,
}: NonNullable<BrightnessOptions['standby']>): AgendaEntry<BrightnessPhase>[] {
  return [
    entry<BrightnessPhase>(earlier(to, wakeBefore), 'waking', days),
    entry<BrightnessPhase>(to, 'open', days),
    // Every day: what was opened is closed, also on a day that does not open.
    entry<BrightnessPhase>(from, 'standby', undefined),
  ];
}

function entry<T>(at: DayPoint, value: T, weekdays: readonly number[] | undefined): AgendaEntry<T> {
  return weekdays === undefined ? { at, value } : { at, value, weekdays };
}

/** A point of the same day so much earlier; before midnight, it is of the day before. */
function earlier(point: DayPoint, byMs: number): DayPoint {
  if (point.kind === 'clock') return { kind: 'clock', msOfDay: point.msOfDay - byMs };
  return { ...point, offsetMs: point.offsetMs - byMs };
}
