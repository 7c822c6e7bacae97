import { Cron } from 'croner';
import { addDays, weekdayOf, type CivilDate, type CivilTime, type Interval } from './civil-time.js';
import { weekdaysOf, type ScheduleRule } from './options.js';
import type { WorkingDay, WorkingDays } from './working-days.js';

/** What a rule's times are reckoned with. */
export type RuleSurroundings = { readonly time: CivilTime; readonly workingDays: WorkingDays };

const KEPT_DATES = 64;

/** The times of one rule. */
export class RuleTimes {
  readonly #rule: ScheduleRule;
  readonly #surroundings: RuleSurroundings;
  readonly #kept = new Map<CivilDate, readonly Interval[]>();

  constructor(rule: ScheduleRule, surroundings: RuleSurroundings) {
    this.#rule = rule;
    this.#surroundings = surroundings;
  }

  /** When it applies because of this date: a time that goes over midnight belongs to the date on which it begins. In order. */
  on(date: CivilDate): readonly Interval[] {
    const kept = this.#kept.get(date);
    if (kept !== undefined) return kept;
    const intervals = this.#reckon(date);
    if (this.#kept.size >= KEPT_DATES) this.#kept.clear();
    this.#kept.set(date, intervals);
    return intervals;
  }

  #reckon(date: CivilDate): readonly Interval[] {
    const workingDay = this.#surroundings.workingDays.on(date);
    if (!this.#isMeant(date, workingDay)) return [];
    return this.#times(date, workingDay).filter(({ fromMs, untilMs }) => fromMs < untilMs);
  }

  #isMeant(date: CivilDate, { open }: WorkingDay): boolean {
    const { from, to, days } = this.#rule;
    // ISO 8601 dates sort as texts.
    if ((from !== undefined && date < from) || (to !== undefined && date > to)) return false;
    if (days === undefined) return true;
    return [days].flat().some((range) => {
      if (range === 'working-days') return open.length > 0;
      if (range === 'closed-days') return open.length === 0;
      return weekdaysOf(range).includes(weekdayOf(date));
    });
  }

  #times(date: CivilDate, { kind, open }: WorkingDay): readonly Interval[] {
    const { time } = this.#surroundings;
    const { when } = this.#rule.when;
    const day = time.dayOf(date);
    switch (when.kind) {
      case 'always':
        return [day];
      case 'holiday':
        return kind === 'holiday' ? [day] : [];
      case 'open':
        return open;
      case 'lunch':
        return gaps(open);
      case 'closed':
        return gaps([
          { fromMs: day.fromMs, untilMs: day.fromMs },
          ...open,
          { fromMs: day.untilMs, untilMs: day.untilMs },
        ]);
      case 'before-opening': {
        const first = open[0];
        return first === undefined ? [] : [{ fromMs: first.fromMs - when.lengthMs, untilMs: first.fromMs }];
      }
      case 'after-closing': {
        const last = open.at(-1);
        return last === undefined ? [] : [{ fromMs: last.untilMs, untilMs: last.untilMs + when.lengthMs }];
      }
      case 'span': {
        const { fromMinute, untilMinute } = when.span;
        const lastDate = untilMinute > fromMinute ? date : addDays(date, 1);
        return [{ fromMs: time.momentOf(date, fromMinute), untilMs: time.momentOf(lastDate, untilMinute) }];
      }
      case 'cron':
        return this.#occurrences(date, when.expression, when.lengthMs);
    }
  }

  #occurrences(date: CivilDate, expression: string, lengthMs: number): readonly Interval[] {
    const { time } = this.#surroundings;
    const { fromMs, untilMs } = time.dayOf(date);
    // The library knows time zones and their changes of the clock; where there is none that day, an offset costs it far less.
    const offset = time.steadyOffsetMinutes(date);
    const place = offset === null ? { timezone: time.timeZone } : { utcOffset: offset };
    const cron = new Cron(expression, { mode: '5-part', paused: true, ...place });
    const intervals: Interval[] = [];
    // It looks for what is later than a moment, whole seconds of it.
    let at = cron.nextRun(new Date(fromMs - 1_000));
    while (at !== null && at.getTime() < untilMs) {
      intervals.push({ fromMs: at.getTime(), untilMs: at.getTime() + lengthMs });
      at = cron.nextRun(at);
    }
    return intervals;
  }
}

/** What lies between intervals. */
function gaps(intervals: readonly Interval[]): readonly Interval[] {
  return intervals.flatMap(({ untilMs }, index) => {
    const next = intervals[index + 1];
    return next === undefined ? [] : [{ fromMs: untilMs, untilMs: next.fromMs }];
  });
}
