import type { VendorResponse } from '../../../src/control/vendor.js';

export type Day = NonNullable<VendorResponse<'GetSchedule'>['day']>;

/** A week from Wednesday, 30 September 2026 on, in Chongqing: a working day, and the holiday after it. */
export function week(): Map<string, Day> {
  const hourMs = 3_600_000;
  const days = Array.from({ length: 7 }, (_, index): Day => {
    const midnightMs = Date.parse('2026-09-30T00:00+08:00') + index * 24 * hourMs;
    const at = (hour: number): number => midnightMs + hour * hourMs;
    const date = new Date(midnightMs + 8 * hourMs).toISOString().slice(0, 10);
    const isHoliday = index > 0;
    const entry = (from: number, until: number, show: string, rule: string | null): Day['entries'][number] => ({
      fromMs: at(from),
      untilMs: at(until),
      show,
      rule,
    });
    return {
      date,
      workingDay: {
        kind: isHoliday ? 'holiday' : 'working',
        name: isHoliday ? '国庆节' : null,
        open: isHoliday
          ? []
          : [
              { fromMs: at(9), untilMs: at(12) },
              { fromMs: at(13.5), untilMs: at(17) },
            ],
      },
      entries: isHoliday
        ? [entry(0, 24, 'lobby-full', null)]
        : [
            entry(0, 9, 'lobby-full', null),
            entry(9, 12, 'windows-tour', '办公时间'),
            entry(12, 13.5, 'six', '午休'),
            entry(13.5, 17, 'windows-tour', '办公时间'),
            entry(17, 24, 'lobby-full', null),
          ],
    };
  });
  return new Map(days.map((day) => [day.date, day]));
}
