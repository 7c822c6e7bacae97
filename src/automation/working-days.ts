import { addDays, daysBetween, weekdayOf, type CivilDate, type CivilTime, type Interval } from './civil-time.js';
import { weekdaysOf, type ScheduleOptions } from './options.js';
import type { TimeSpan } from './when.js';

/** How a date is worked. */
export type WorkingDay = {
  /** `working`: there are opening hours; `closed`: this weekday has none; `holiday`: it is one. */
  readonly kind: 'working' | 'closed' | 'holiday';
  /** Of the holiday, or of the day with other hours than usual; null for any other. */
  readonly name: string | null;
  /** In order, without overlaps. */
  readonly open: readonly Interval[];
};

type NamedDay = { readonly kind: 'working' | 'holiday'; readonly name: string; readonly spans: readonly TimeSpan[] };

/** Opening hours of every date: holidays before days with hours of their own, these before the hours of the week. */
export class WorkingDays {
  readonly #time: CivilTime;
  readonly #week = new Map<string, readonly TimeSpan[]>();
  readonly #named = new Map<CivilDate, NamedDay>();

  constructor(options: Pick<ScheduleOptions, 'openingHours' | 'holidays' | 'workingDays'>, time: CivilTime) {
    this.#time = time;
    for (const [range, spans] of Object.entries(options.openingHours)) {
      for (const weekday of weekdaysOf(range)) this.#week.set(weekday, spans);
    }
    for (const { name, hours, ...range } of options.workingDays) {
      const spans = typeof hours === 'string' ? (this.#week.get(hours) ?? []) : hours;
      for (const date of datesOf(range)) this.#named.set(date, { kind: 'working', name, spans });
    }
    for (const { name, ...range } of options.holidays) {
      for (const date of datesOf(range)) this.#named.set(date, { kind: 'holiday', name, spans: [] });
    }
  }

  on(date: CivilDate): WorkingDay {
    const named = this.#named.get(date);
    if (named !== undefined) return { kind: named.kind, name: named.name, open: this.#open(date, named.spans) };
    const spans = this.#week.get(weekdayOf(date));
    return { kind: spans === undefined ? 'closed' : 'working', name: null, open: this.#open(date, spans ?? []) };
  }

  #open(date: CivilDate, spans: readonly TimeSpan[]): readonly Interval[] {
    return spans
      .map(({ fromMinute, untilMinute }) => ({
        fromMs: this.#time.momentOf(date, fromMinute),
        untilMs: this.#time.momentOf(date, untilMinute),
      }))
      .filter(({ fromMs, untilMs }) => fromMs < untilMs);
  }
}

/** All dates of a range as it is written; without `to` it is one date. */
export function datesOf({ from, to }: { readonly from: CivilDate; readonly to?: CivilDate | undefined }): CivilDate[] {
  const count = to === undefined ? 1 : daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}
