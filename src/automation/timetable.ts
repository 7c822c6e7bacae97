import { addDays, CivilTime, type CivilDate, type Interval } from './civil-time.js';
import type { ScheduleOptions } from './options.js';
import { RuleTimes } from './rule-times.js';
import { WorkingDays, type WorkingDay } from './working-days.js';

/** What the schedule shows for some time, and by which rule. */
export type TimetableEntry = Interval & {
  /** Id of a layout or a tour. */
  readonly show: string;
  /** The rule's name, or what stands behind its `when`; null where no rule applies. */
  readonly rule: string | null;
};

/** A date with everything that is shown on it. */
export type TimetableDay = {
  readonly date: CivilDate;
  readonly workingDay: WorkingDay;
  /** From its first moment to its last, in order, without gaps. */
  readonly entries: readonly TimetableEntry[];
};

/** What is not known within so many days is not worth an announcement. */
const LOOK_AHEAD_DAYS = 14;
const KEPT_DAYS = 32;

/** The schedule reckoned out: what applies at a moment, what comes next, what a day brings. */
export class Timetable {
  readonly #time: CivilTime;
  readonly #options: ScheduleOptions;
  readonly #workingDays: WorkingDays;
  readonly #rules: readonly RuleTimes[];
  readonly #days = new Map<CivilDate, TimetableDay>();
  /** Dates of a zone are dear to reckon: the day that was asked for last is asked for again. */
  #latest: TimetableDay | null = null;
  #latestNext: { readonly after: TimetableEntry; readonly next: TimetableEntry | null } | null = null;

  /** @param timeZone IANA name, such as `Asia/Shanghai` */
  constructor(options: ScheduleOptions, timeZone: string) {
    const time = new CivilTime(timeZone);
    const workingDays = new WorkingDays(options, time);
    this.#time = time;
    this.#options = options;
    this.#workingDays = workingDays;
    this.#rules = options.rules.map((rule) => new RuleTimes(rule, { time, workingDays }));
  }

  /** What applies at a moment. Its times may be cut off at midnight. */
  at(epochMs: number): TimetableEntry {
    const { entries } = this.dayAt(epochMs);
    const entry = entries.find(({ untilMs }) => untilMs > epochMs);
    if (entry === undefined) throw new RangeError(`the timetable has no ${epochMs}`);
    return entry;
  }

  /** The next entry that shows something else than what applies at a moment; null when there is none in two weeks. */
  nextAfter(epochMs: number): TimetableEntry | null {
    const after = this.at(epochMs);
    if (this.#latestNext?.after !== after) this.#latestNext = { after, next: this.#nextAfter(after) };
    return this.#latestNext.next;
  }

  /** Whether people may come in, by the opening hours; null where none are given. */
  isOpenAt(epochMs: number): boolean | null {
    const { openingHours, workingDays } = this.#options;
    if (Object.keys(openingHours).length === 0 && workingDays.length === 0) return null;
    return this.dayAt(epochMs).workingDay.open.some(({ fromMs, untilMs }) => fromMs <= epochMs && epochMs < untilMs);
  }

  dayAt(epochMs: number): TimetableDay {
    const { entries } = this.#latest ?? { entries: [] };
    const isLatest = (entries[0]?.fromMs ?? Infinity) <= epochMs && (entries.at(-1)?.untilMs ?? -Infinity) > epochMs;
    if (this.#latest === null || !isLatest) this.#latest = this.day(this.#time.dateAt(epochMs));
    return this.#latest;
  }

  day(date: CivilDate): TimetableDay {
    const known = this.#days.get(date);
    if (known !== undefined) return known;
    const day = { date, workingDay: this.#workingDays.on(date), entries: this.#entries(date) };
    this.#days.set(date, day);
    for (const oldest of this.#days.keys()) {
      if (this.#days.size <= KEPT_DAYS) break;
      this.#days.delete(oldest);
    }
    return day;
  }

  #nextAfter({ fromMs, show }: TimetableEntry): TimetableEntry | null {
    const today = this.#time.dateAt(fromMs);
    for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
      const { entries } = this.day(addDays(today, ahead));
      const next = entries.find((entry) => entry.fromMs > fromMs && entry.show !== show);
      if (next !== undefined) return next;
    }
    return null;
  }

  #entries(date: CivilDate): readonly TimetableEntry[] {
    const { rules, otherwise } = this.#options;
    // No time is longer than a day: what reaches into this one belongs to it or to a neighbour.
    const dates = [addDays(date, -1), date, addDays(date, 1)];
    let free: readonly Interval[] = [this.#time.dayOf(date)];
    const entries: TimetableEntry[] = [];
    rules.forEach(({ name, when, show }, index) => {
      const wanted = dates.flatMap((each) => this.#rules[index]?.on(each) ?? []);
      const { taken, left } = divide(free, wanted);
      entries.push(...taken.map((interval) => ({ ...interval, show, rule: name ?? when.text })));
      free = left;
    });
    entries.push(...free.map((interval) => ({ ...interval, show: otherwise, rule: null })));
    return entries.toSorted((a, b) => a.fromMs - b.fromMs);
  }
}

/** Takes from what is free what is wanted. @param free in order @param wanted ordered by their beginnings; they may overlap */
function divide(
  free: readonly Interval[],
  wanted: readonly Interval[],
): { readonly taken: readonly Interval[]; readonly left: readonly Interval[] } {
  const taken: Interval[] = [];
  const left: Interval[] = [];
  const joined = join(wanted);
  let first = 0;
  for (const { fromMs, untilMs } of free) {
    let at = fromMs;
    while ((joined[first]?.untilMs ?? Infinity) <= fromMs) first += 1;
    for (let index = first; ; index += 1) {
      const next = joined[index];
      if (next === undefined || next.fromMs >= untilMs) break;
      const begin = Math.max(at, next.fromMs);
      const end = Math.min(untilMs, next.untilMs);
      if (begin > at) left.push({ fromMs: at, untilMs: begin });
      taken.push({ fromMs: begin, untilMs: end });
      at = end;
    }
    if (at < untilMs) left.push({ fromMs: at, untilMs });
  }
  return { taken, left };
}

/** The same stretches without overlaps and seams. */
function join(intervals: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last === undefined || interval.fromMs > last.untilMs) joined.push(interval);
    else joined[joined.length - 1] = { ...last, untilMs: Math.max(last.untilMs, interval.untilMs) };
  }
  return joined;
}
