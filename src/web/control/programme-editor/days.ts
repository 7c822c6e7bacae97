/** Days that a rule can name, in the order of a calendar; behind them those that follow the opening hours. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const DAYS = [...WEEKDAYS, 'working-days', 'closed-days'] as const;
export type Day = (typeof DAYS)[number];

/** The single days of ranges such as `monday-friday`; a range may go over the end of the week. */
export function daysOf(ranges: readonly string[]): ReadonlySet<Day> {
  return new Set(
    ranges.flatMap((range): Day[] => {
      const single = DAYS.find((day) => day === range);
      if (single !== undefined) return [single];
      const [first = -1, last = -1] = range.split('-').map((word) => WEEKDAYS.findIndex((day) => day === word));
      if (first < 0 || last < 0) return [];
      const count = ((last - first + 7) % 7) + 1;
      return Array.from({ length: count }, (_, index) => WEEKDAYS[(first + index) % 7] ?? 'monday');
    }),
  );
}

/** Days as ranges, as people write them; all seven weekdays need not be named. */
export function rangesOf(days: ReadonlySet<Day>): string[] {
  const ranges: string[] = [];
  let first: string | null = null;
  WEEKDAYS.forEach((day, index) => {
    if (!days.has(day)) return;
    first ??= day;
    const next = WEEKDAYS[index + 1];
    if (next !== undefined && days.has(next)) return;
    ranges.push(first === day ? day : `${first}-${day}`);
    first = null;
  });
  return [...ranges, ...(['working-days', 'closed-days'] as const).filter((day) => days.has(day))];
}
