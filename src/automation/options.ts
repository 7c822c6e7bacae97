import { z } from 'zod';
import { identifier } from '../core/identifier-option.js';
import { duration } from '../core/duration.js';
import { GlasshallError } from '../core/errors.js';
import { WEEKDAYS, type Weekday } from './civil-time.js';
import { parseSpan, parseWhen, WHEN_FORMS, type When } from './when.js';

/** No stop of a tour is shorter, not even one whose cameras died. */
export const LEAST_DWELL_MS = 5_000;

const tourStop = z.strictObject({
  layout: z.string().min(1).describe('Id of a layout'),
  dwell: duration
    .refine((ms) => ms >= LEAST_DWELL_MS && ms <= 24 * 3_600_000, 'a length of time from "5s" to "24h"')
    .default(20_000)
    .describe('How long it stays on air'),
});

/** A tour: layouts one after the other, again and again. */
export const tourOptions = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  stops: z.array(tourStop).min(1).max(128),
  skipDead: z.boolean().default(true).describe('Pass over layouts all of whose cameras are away'),
});

const WEEKDAY_RANGE = `(${WEEKDAYS.join('|')})(-(${WEEKDAYS.join('|')}))?`;

/** `monday`, or `monday-friday`; a range may go over the end of the week. */
const weekdayRange = z.string().regex(new RegExp(`^${WEEKDAY_RANGE}$`), 'a weekday or "monday-friday"');

/** `days: working-days` follows the holidays and working days, weekdays follow the calendar. */
const days = z
  .string()
  .regex(
    new RegExp(`^(working-days|closed-days|${WEEKDAY_RANGE})$`),
    'a weekday, a range such as "monday-friday", "working-days" or "closed-days"',
  );

const DATE = 'a date such as 2026-10-01';
const date = z.iso.date(DATE).max(10, DATE);

const openSpan = z.string().transform((text, context) => {
  const span = parseSpan(text);
  if (span !== null && span.fromMinute < span.untilMinute) return span;
  context.addIssue({ code: 'custom', message: 'a time of one day such as "09:00-12:00"' });
  return z.NEVER;
});

const openSpans = z.array(openSpan).min(1).max(8);

const when = z
  .string()
  .max(200)
  .transform((text, context): { readonly text: string; readonly when: When } => {
    try {
      return { text: text.trim(), when: parseWhen(text) };
    } catch (failure) {
      if (!(failure instanceof GlasshallError)) throw failure;
      context.addIssue({ code: 'custom', message: failure.message });
      return z.NEVER;
    }
  })
  .describe(`One of ${WHEN_FORMS}`);

const rule = z.strictObject({
  name: z.string().min(1).optional().describe('As people read it; otherwise what stands behind when'),
  when,
  days: z.union([days, z.array(days).min(1)], 'days such as monday-friday, or a list of them').optional(),
  from: date.optional().describe('The first date on which it applies'),
  to: date.optional().describe('The last date on which it applies'),
  show: z.string().min(1).describe('Id of a layout or a tour'),
});

/** When what is on the wall. Times are those of `wall.timeZone`. */
export const scheduleOptions = z.strictObject({
  openingHours: z
    .record(weekdayRange, openSpans)
    .default({})
    .describe('Weekday or range of weekdays → the hours at which the hall is open'),
  holidays: z
    .array(z.strictObject({ name: z.string().min(1), from: date, to: date.optional() }))
    .max(400)
    .default([])
    .describe('Dates on which the hall stays closed'),
  workingDays: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        from: date,
        to: date.optional(),
        hours: z
          .union([z.enum(WEEKDAYS), openSpans], 'a weekday whose hours it has, or hours such as ["09:00-12:00"]')
          .default('monday'),
      }),
    )
    .max(400)
    .default([])
    .describe('Dates with other hours than their weekday has, such as a Saturday that is worked in exchange'),
  rules: z.array(rule).max(64).default([]).describe('The first that applies is shown'),
  followedAtFirst: z
    .boolean()
    .default(true)
    .describe('Whether a wall that starts for the first time follows it; later it goes on as it was'),
  otherwise: z.string().min(1).describe('Id of the layout or tour that is shown when no rule applies'),
});

export type TourOptions = z.output<typeof tourOptions>;
export type ScheduleOptions = z.output<typeof scheduleOptions>;
export type ScheduleRule = ScheduleOptions['rules'][number];

/** A rule as it is written: `when` in its own words, every day range by itself; null and none for what is not said. */
export type WrittenRule = {
  readonly name: string | null;
  readonly when: string;
  /** Empty: every day. */
  readonly days: readonly string[];
  /** Such as `2026-10-01`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Id of a layout or a tour. */
  readonly show: string;
};

/** A rule as it is written. */
export function writtenRule({ name, when: { text }, days: ranges, from, to, show }: ScheduleRule): WrittenRule {
  return {
    name: name ?? null,
    when: text,
    days: ranges === undefined ? [] : [ranges].flat(),
    from: from ?? null,
    to: to ?? null,
    show,
  };
}

/** The days of `monday` or `saturday-tuesday`; empty for anything else. */
export function weekdaysOf(text: string): readonly Weekday[] {
  const [first, last = first] = text.split('-').map((word) => WEEKDAYS.findIndex((weekday) => weekday === word));
  if (first === undefined || last === undefined || first < 0 || last < 0) return [];
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => WEEKDAYS[(first + index) % 7] ?? 'monday');
}
