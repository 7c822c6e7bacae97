import { z } from 'zod';

const id = z.string().min(1).max(200);
const nothing = z.strictObject({});
const onOrOff = z.strictObject({ on: z.boolean() });

/** What each command is given. Nothing but schemas, so that pages read their types, too. */
export const commandSchemas = {
  'set-preview': z.strictObject({ layout: id }),
  'set-program': z.strictObject({ layout: id }),
  take: nothing,
  undo: nothing,
  'set-studio-mode': z.strictObject({ enabled: z.boolean() }),
  'set-cell-source': z.strictObject({ layout: id, cell: id, source: id }),
  'set-cell-enabled': z.strictObject({ layout: id, cell: id, enabled: z.boolean() }),
  'set-ticker': z.strictObject({ text: z.string().max(2_000) }),
  'set-transition': z.strictObject({
    transition: z.enum(['cut', 'fade']),
    /** Milliseconds; stays as it is when absent. */
    fadeMs: z.number().min(50).max(20_000).optional(),
  }),
  'set-blackout': onOrOff,
  'set-freeze': onOrOff,
  'set-brightness': z.strictObject({
    /** Of full light; null: automatic. */
    percent: z.number().min(0).max(100).nullable(),
  }),
  'start-tour': z.strictObject({ tour: id }),
  hold: z.strictObject({
    /** Epoch milliseconds; null: for good. */
    untilMs: z.number().min(0).max(8.64e15).nullable().default(null),
  }),
  'follow-schedule': nothing,
  'reload-configuration': nothing,
} as const;
