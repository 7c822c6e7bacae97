import { z } from 'zod';

/** What the schedule shows for some time; times in epoch milliseconds. */
const scheduleEntry = z.object({
  fromMs: z.number(),
  untilMs: z.number(),
  /** Id of a layout or a tour. */
  show: z.string(),
  /** Name of the rule; null where none applies. */
  rule: z.string().nullable(),
});

export const tour = z.object({
  id: z.string(),
  name: z.string(),
  stops: z.array(z.object({ layout: z.string(), dwellMs: z.number() })),
});

/** What comes on air by itself, now and next. */
export const agenda = z.object({
  /** The tour that is on the wall, also when the schedule shows it. */
  running: z
    .object({
      tour: z.string(),
      stopIndex: z.int(),
      sinceMs: z.number(),
      /** Null while there is nothing else to show. */
      untilMs: z.number().nullable(),
    })
    .nullable(),
  /** What the schedule shows now, whether or not it is followed; null without a schedule. */
  scheduled: scheduleEntry.nullable(),
  scheduledNext: scheduleEntry.nullable(),
  /** What comes on air next by itself; null when nothing does. */
  next: z.object({ layout: z.string(), atMs: z.number() }).nullable(),
});

export const scheduleDay = z.object({
  /** Such as 2026-10-01, in the wall's time zone. */
  date: z.string(),
  workingDay: z.object({
    kind: z.enum(['working', 'closed', 'holiday']),
    /** Of the holiday, or of the day with other hours than usual. */
    name: z.string().nullable(),
    open: z.array(z.object({ fromMs: z.number(), untilMs: z.number() })),
  }),
  /** The whole day, in order, without gaps. */
  entries: z.array(scheduleEntry),
});
