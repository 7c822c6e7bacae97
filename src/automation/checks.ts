import { nearestWord } from '../layout/nearest-word.js';
import { daysBetween } from './civil-time.js';
import { weekdaysOf, type ScheduleOptions, type ScheduleRule, type TourOptions } from './options.js';
import type { When } from './when.js';
import { datesOf } from './working-days.js';

/** Something in tours or schedule that cannot be meant. The words are English; `code` is stable. */
export type AutomationProblem = {
  readonly code: string;
  /** From the top of the configuration, such as `['schedule', 'rules', 1, 'show']`. */
  readonly path: Path;
  /** The key itself is wrong, and not its value. */
  readonly atKey?: boolean;
  readonly message: string;
  readonly mend: string;
};

/** What is checked; unsound parts are null. */
export type AutomationSurroundings = {
  readonly tours: readonly (TourOptions | null)[];
  readonly schedule: ScheduleOptions | null;
  readonly layoutIds: ReadonlySet<string>;
  readonly tourIds: ReadonlySet<string>;
};

type Path = readonly (string | number)[];

const LONGEST_RANGE_DAYS = 366;

/** Whether tours and schedule name what is there, and can be meant. */
export function automationProblems(parts: AutomationSurroundings): AutomationProblem[] {
  return [...tourProblems(parts), ...(parts.schedule === null ? [] : scheduleProblems(parts.schedule, parts))];
}

function tourProblems({ tours, layoutIds }: AutomationSurroundings): AutomationProblem[] {
  return tours.flatMap((tour, index): AutomationProblem[] => {
    if (tour === null) return [];
    const stops = tour.stops.flatMap(({ layout }, stop) =>
      layoutIds.has(layout) ? [] : [unknown('layout', layout, ['tours', index, 'stops', stop, 'layout'], layoutIds)],
    );
    if (!layoutIds.has(tour.id)) return stops;
    return [
      {
        code: 'duplicate-id',
        path: ['tours', index, 'id'],
        message: `"${tour.id}" is the id of a layout already: a rule could not say which of the two it shows`,
        mend: 'give the tour another id',
      },
      ...stops,
    ];
  });
}

function scheduleProblems(schedule: ScheduleOptions, surroundings: AutomationSurroundings): AutomationProblem[] {
  const shown = new Set([...surroundings.layoutIds, ...surroundings.tourIds]);
  const show = (id: string, path: Path): AutomationProblem[] =>
    shown.has(id) ? [] : [unknown('layout or tour', id, path, shown)];
  return [
    ...weekProblems(schedule),
    ...dateProblems(schedule),
    ...schedule.workingDays.flatMap((day, index) => hoursProblems(day, index, schedule)),
    ...schedule.rules.flatMap((rule, index) => [
      ...show(rule.show, ['schedule', 'rules', index, 'show']),
      ...ruleProblems(rule, index, schedule),
    ]),
    ...show(schedule.otherwise, ['schedule', 'otherwise']),
  ];
}

function unknown(kind: string, id: string, path: Path, known: ReadonlySet<string>): AutomationProblem {
  const nearest = nearestWord(id, known);
  return {
    code: 'unknown-layout',
    path,
    message: `there is no ${kind} "${id}"`,
    mend: nearest === null ? `use one of ${[...known].slice(0, 8).join(', ')}` : `did you mean "${nearest}"?`,
  };
}

function weekProblems({ openingHours }: ScheduleOptions): AutomationProblem[] {
  const seen = new Map<string, string>();
  return Object.entries(openingHours).flatMap(([range, spans]) => {
    const path = ['schedule', 'openingHours', range];
    const twice = weekdaysOf(range).find((weekday) => seen.has(weekday));
    const first = twice === undefined ? undefined : seen.get(twice);
    for (const weekday of weekdaysOf(range)) seen.set(weekday, range);
    if (twice === undefined || first === undefined) return spanProblems(spans, path);
    const message = `${twice} has hours already, those of "${first}"`;
    return [{ code: 'day-twice', path, atKey: true, message, mend: 'write every weekday once' }];
  });
}

function hoursProblems(
  { hours }: ScheduleOptions['workingDays'][number],
  index: number,
  { openingHours }: ScheduleOptions,
): AutomationProblem[] {
  const path = ['schedule', 'workingDays', index, 'hours'];
  if (typeof hours !== 'string') return spanProblems(hours, path);
  if (Object.keys(openingHours).some((range) => weekdaysOf(range).includes(hours))) return [];
  return [
    {
      code: 'no-opening-hours',
      path,
      message: `${hours} has no opening hours that this day could have`,
      mend: 'name a weekday that has some, or write them: hours: ["09:00-12:00"]',
    },
  ];
}

function spanProblems(spans: ScheduleOptions['openingHours'][string], path: Path): AutomationProblem[] {
  return spans.flatMap((span, index) => {
    const before = spans[index - 1];
    if (before === undefined || before.untilMinute <= span.fromMinute) return [];
    return [
      {
        code: 'hours-overlap',
        path: [...path, index],
        message: 'these hours begin before the ones in front of them end',
        mend: 'write them in order, one after the other',
      },
    ];
  });
}

/** Every date may be named once: nobody could say which of two holds. */
function dateProblems({ holidays, workingDays }: ScheduleOptions): AutomationProblem[] {
  const seen = new Map<string, string>();
  const lists = { holidays, workingDays };
  return (['holidays', 'workingDays'] as const).flatMap((list) =>
    lists[list].flatMap((day, index): AutomationProblem[] => {
      const path = ['schedule', list, index];
      const wrong = rangeProblems(day, path);
      if (wrong.length > 0) return wrong;
      const dates = datesOf(day);
      const taken = dates.find((date) => seen.has(date));
      const owner = taken === undefined ? undefined : seen.get(taken);
      for (const date of dates) seen.set(date, day.name);
      if (taken === undefined || owner === undefined) return [];
      return [
        {
          code: 'day-twice',
          path: [...path, 'from'],
          message: `${taken} belongs to "${owner}" already`,
          mend: 'name every date once, under holidays or under workingDays',
        },
      ];
    }),
  );
}

function rangeProblems(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  path: Path,
  longestDays = LONGEST_RANGE_DAYS,
): AutomationProblem[] {
  if (from === undefined || to === undefined) return [];
  const days = daysBetween(from, to) + 1;
  if (days < 1) {
    const message = `the last date is before the first, ${from}`;
    return [{ code: 'dates-reversed', path: [...path, 'to'], message, mend: 'write the later date behind to' }];
  }
  if (days <= longestDays) return [];
  const message = `these are ${days} days`;
  return [{ code: 'too-large', path: [...path, 'to'], message, mend: `a range has at most ${longestDays}` }];
}

function ruleProblems(rule: ScheduleRule, index: number, schedule: ScheduleOptions): AutomationProblem[] {
  const path = ['schedule', 'rules', index];
  const { when, text } = rule.when;
  const wrong = rangeProblems(rule, path, Infinity);
  if (needsHours(when) && Object.keys(schedule.openingHours).length === 0 && schedule.workingDays.length === 0) {
    const message = `nobody knows when "${text}" is: there are no opening hours`;
    const mend = 'add openingHours: { monday-friday: ["09:00-12:00", "13:30-17:00"] } to the schedule';
    wrong.push({ code: 'no-opening-hours', path: [...path, 'when'], message, mend });
  }
  const earlier = schedule.rules.slice(0, index).findIndex((other) => covers(other, rule));
  if (earlier >= 0) {
    const message = `this rule never applies: rules[${earlier}] ("${schedule.rules[earlier]?.when.text}") always comes first`;
    wrong.push({ code: 'rule-never-applies', path: [...path, 'when'], message, mend: 'write the special rule first' });
  }
  return wrong;
}

function needsHours({ kind }: When): boolean {
  return ['open', 'lunch', 'before-opening', 'after-closing'].includes(kind);
}

/** Whether wherever the second rule applies the first does, as far as that can be seen from the words. */
function covers(first: ScheduleRule, second: ScheduleRule): boolean {
  const isLimited = first.days !== undefined || first.from !== undefined || first.to !== undefined;
  if (isLimited) return false;
  const kind = first.when.when.kind;
  const other = second.when.when.kind;
  if (kind === 'always') return true;
  if (kind === 'closed') return ['closed', 'lunch', 'holiday', 'before-opening', 'after-closing'].includes(other);
  return JSON.stringify(first.when.when) === JSON.stringify(second.when.when);
}
