import { z } from 'zod';
import { duration } from '../core/duration.js';
import { sunDayOf, type GeographicPosition, type SunDay, type SunEvent } from '../core/sun.js';
import { DAY_MS, type TimeZone } from '../core/time-zone.js';

const FORM =
  /^(?:(?<hours>[01]?\d|2[0-3]):(?<minutes>[0-5]\d)|(?<event>dawn|sunrise|sunset|dusk)(?:(?<sign>[+-])(?<offset>\d+(?:\.\d+)?[smh]))?)$/;

/** A moment of every day, by the clock or by the sun. */
export type DayPoint =
  | { readonly kind: 'clock'; readonly msOfDay: number }
  | { readonly kind: 'sun'; readonly event: SunEvent; readonly offsetMs: number };

/** A moment of every day as it is written. */
export const dayPoint = z
  .string()
  .regex(FORM, 'a time such as "22:30", or "sunset", "dusk-15m", "sunrise+1h", "dawn"')
  .transform((text): DayPoint => {
    const { hours, minutes, event, sign, offset } = FORM.exec(text)?.groups ?? {};
    if (event === undefined) return clock(Number(hours), Number(minutes));
    const offsetMs = offset === undefined ? 0 : duration.parse(offset);
    return { kind: 'sun', event: event as SunEvent, offsetMs: sign === '-' ? -offsetMs : offsetMs };
  });

/** A time of the clock. */
export function clock(hours: number, minutes = 0): DayPoint {
  return { kind: 'clock', msOfDay: (hours * 60 + minutes) * 60_000 };
}

/** A moment of the sun's day. */
export function sun(event: SunEvent): DayPoint {
  return { kind: 'sun', event, offsetMs: 0 };
}

/** Says when the points of days are. Without a position, it knows no sun. */
export class Almanac {
  readonly timeZone: TimeZone;
  readonly #position: GeographicPosition | null;
  readonly #sunDays = new Map<number, SunDay>();

  constructor(timeZone: TimeZone, position: GeographicPosition | null) {
    this.timeZone = timeZone;
    this.#position = position;
  }

  /** Epoch milliseconds of a point of a day; null where the sun does not do that on it. */
  momentOf(day: number, point: DayPoint): number | null {
    if (point.kind === 'clock') return this.timeZone.momentOf(day, point.msOfDay);
    const event = this.#sunDay(day)?.[point.event] ?? null;
    return event === null ? null : event + point.offsetMs;
  }

  #sunDay(day: number): SunDay | null {
    if (this.#position === null) return null;
    const known = this.#sunDays.get(day);
    if (known !== undefined) return known;
    // Every agenda asks for the same few days around today.
    if (this.#sunDays.size > 64) this.#sunDays.clear();
    const found = sunDayOf(this.timeZone.momentOf(day, DAY_MS / 2), this.#position);
    this.#sunDays.set(day, found);
    return found;
  }
}
