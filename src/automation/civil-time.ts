import { Temporal } from 'temporal-polyfill';

/** A date as a calendar on a wall has it, such as `2026-10-01`. */
export type CivilDate = string;

/** A stretch of time, epoch milliseconds: `untilMs` is the first moment after it. */
export type Interval = { readonly fromMs: number; readonly untilMs: number };

/** From Monday, as ISO 8601 counts. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Dates and times of day of one time zone as moments, and back. Where the clock is put forward, times that it leaves out are the
 * moment of the change; where it is put back, times that come twice are the first of the two. So spans that follow each other
 * on paper follow each other on the wall, without a gap and without one of them coming twice; cron rules do the same.
 */
export class CivilTime {
  readonly timeZone: string;

  /** @param timeZone IANA name, such as `Asia/Shanghai` */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The date at a moment. */
  dateAt(epochMs: number): CivilDate {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs))
      .toZonedDateTimeISO(this.timeZone)
      .toPlainDate()
      .toString();
  }

  /** The moment, epoch milliseconds. @param minuteOfDay 0 to 1,440; the last is the end of the day */
  momentOf(date: CivilDate, minuteOfDay: number): number {
    const written = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minuteOfDay });
    const moment = written.toZonedDateTime(this.timeZone, { disambiguation: 'earlier' });
    if (moment.toPlainDateTime().equals(written)) return moment.epochMilliseconds;
    return (moment.getTimeZoneTransition('next') ?? moment).epochMilliseconds;
  }

  /** How far this date's clock is ahead of UTC, in whole minutes; null where it is not the same all day. */
  steadyOffsetMinutes(date: CivilDate): number | null {
    const { fromMs, untilMs } = this.dayOf(date);
    const [first, last] = [fromMs, untilMs].map(
      (ms) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.timeZone).offsetNanoseconds / 6e10,
    );
    return first !== undefined && first === last && Number.isInteger(first) ? first : null;
  }

  /** The whole of a date: 23 or 25 hours where clocks change. */
  dayOf(date: CivilDate): Interval {
    return { fromMs: this.momentOf(date, 0), untilMs: this.momentOf(date, 24 * 60) };
  }
}

/** The date so many days later. @param days negative for earlier ones */
export function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** How many days the second date is after the first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

export function weekdayOf(date: CivilDate): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'monday';
}
