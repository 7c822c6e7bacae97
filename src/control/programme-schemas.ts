import { z } from 'zod';
import { configurationFile } from './layout-schemas.js';

const id = z.string().min(1).max(200);
const name = z.string().trim().min(1).max(200);
const date = z.string().max(10).nullable();

const stop = z.strictObject({
  /** Id of a layout. */
  layout: id,
  /** How long it stays on air, milliseconds; the configuration takes 5 seconds to 24 hours. */
  dwellMs: z.int().min(0).max(86_400_000),
});

const tour = {
  id,
  name,
  stops: z.array(stop).max(128),
};

/** A tour as an editor gives it. What it means is checked as the configuration is. */
export const givenTour = z.strictObject({
  ...tour,
  /** Pass over layouts all of whose cameras are away. */
  skipDead: z.boolean().default(true),
});

const rule = {
  name: name.nullable().default(null),
  /** As in the configuration: `open`, `08:30-09:00`, `30m before opening`, `cron 0 10 * * 1-5 for 10m` … */
  when: z.string().trim().min(1).max(200),
  /** `monday-friday`, `working-days` …; none: every day. */
  days: z.array(id).max(16).default([]),
  /** The first and the last date on which it applies, such as `2026-10-01`. */
  from: date.default(null),
  to: date.default(null),
  /** Id of a layout or a tour. */
  show: id,
};

/** A rule of the schedule as an editor gives it. */
export const givenRule = z.strictObject(rule);

/** What `GetProgramme` gives. */
export const editableProgramme = z.object({
  file: configurationFile,
  tours: z.array(
    z.object({
      ...tour,
      skipDead: z.boolean(),
      /** What keeps it from being deleted; `name` is that of the rule. */
      uses: z.array(z.object({ kind: z.enum(['running', 'schedule']), name: z.string().nullable() })),
    }),
  ),
  /** Null without a schedule; saving rules makes one. */
  schedule: z
    .object({
      /** The first that applies is shown. */
      rules: z.array(z.object(rule).required()),
      /** Id of the layout or tour that is shown when no rule applies. */
      otherwise: z.string(),
      /** Whether it says when the hall is open, which rules such as `open` need. */
      hasHours: z.boolean(),
    })
    .nullable(),
});
