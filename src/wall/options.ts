import { z } from 'zod';
import { WALL_LANGUAGES } from '../core/wall-locale.js';

/** The wall: its size in pixels and its rate. */
export const wallOptions = z.strictObject({
  name: z.string().min(1),
  width: z.int().min(16).max(7_680),
  height: z.int().min(16).max(4_320),
  fps: z.union([z.literal(25), z.literal(30), z.literal(50), z.literal(60)]).default(25),
  timeZone: z
    .string()
    .refine(isTimeZone, 'an IANA time zone such as "Asia/Shanghai"')
    .default('Asia/Shanghai')
    .describe('Of the clock on the wall'),
  language: z
    .enum(WALL_LANGUAGES)
    .default('zh-CN')
    .describe('Of what the service itself writes on the wall: slates, boards without data, date and time'),
  clock: z
    .boolean()
    .default(true)
    .describe('Date and time in the top right corner of every layout without a clock cell'),
  labels: z.boolean().default(true).describe('Camera names on the tiles'),
  atEnd: z
    .enum(['closed', 'black'])
    .default('closed')
    .describe('What the screen shows when the service has ended: a slate that says so, or nothing'),
  directTakeWait: z
    .int()
    .min(0)
    .max(5_000)
    .default(600)
    .describe('Milliseconds that a take waits for pictures that are not prepared'),
});

/** The wall, with defaults filled in. */
export type WallOptions = z.output<typeof wallOptions>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (failure) {
    if (failure instanceof RangeError) return false;
    throw failure;
  }
}
