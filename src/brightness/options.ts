import { z } from 'zod';
import { duration } from '../core/duration.js';
import { dayPoint } from './day-point.js';
import { surroundings, zones } from './rule.js';
import { ruleIds } from './rules.js';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const WEEKDAY_RANGE = `(?:${WEEKDAYS.join('|')})(?:-(?:${WEEKDAYS.join('|')}))?`;

const percent = z.number().min(0).max(100);
const weekdays = z.string().regex(new RegExp(`^${WEEKDAY_RANGE}$`), 'a weekday or a range such as "monday-friday"');
const days = z
  .union([weekdays, z.array(weekdays).min(1).max(7)], 'days such as monday-friday, or a list of them')
  .transform((written) => (typeof written === 'string' ? [written] : written).flatMap(daysOf))
  .optional()
  .describe('On these days only; without it, every day');
const nits = z.number().min(0).max(100_000);

/** Limits of a ramp, per cent of full light a second: from dark to full in a hundred minutes, or in a tenth of a second. */
const SLOWEST = 1 / 60;
const FASTEST = 1_000;

/** How fast light may change at most, such as `20%/min` or `5%/s`; read as per cent a second. */
const rampRate = z
  .string()
  .regex(/^\d+(\.\d+)?%\/(s|min)$/, 'a rate such as "20%/min" or "5%/s"')
  .transform((text) => Number.parseFloat(text) / (text.endsWith('min') ? 60 : 1))
  .refine((rate) => rate >= SLOWEST && rate <= FASTEST, 'a rate from "1%/min" to "1000%/s"');

/** How bright the wall is, when, and what it may never exceed. */
export const brightnessOptions = z.strictObject({
  position: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional()
    .describe(
      'Where the wall hangs, degrees, north and east positive: for sunrise, sunset, dawn, dusk and every rule about nights',
    ),
  schedule: z
    .array(z.strictObject({ at: dayPoint, percent, days }))
    .max(64)
    .default([])
    .describe('Each holds from its point of the day until the next one'),
  lux: z
    .strictObject({
      curve: z
        .array(z.strictObject({ lux: z.number().min(0).max(200_000), percent }))
        .min(2)
        .max(32)
        .describe('In rising lux; in between, per cent follow the logarithm of the light'),
      hysteresisPercent: z
        .number()
        .min(0)
        .max(100)
        .default(10)
        .describe('A reading that differs by less changes nothing'),
      staleAfter: duration
        .default(300_000)
        .describe('A reading that is older is not believed: the schedule holds instead'),
    })
    .optional()
    .describe('Follows the light that a sensor reports (PUT /api/v1/lux); goes before the schedule'),
  ramp: rampRate.default(20 / 60).describe('How fast light changes by itself, at most'),
  operatorRamp: rampRate.default(20).describe('How fast it follows an operator, at most'),
  screen: z
    .strictObject({
      squareMetres: z.number().positive().max(100_000).optional().describe('Area of the screen'),
      panelNits: z
        .number()
        .positive()
        .max(100_000)
        .optional()
        .describe('Luminance at full white and full brightness, measured or from the data sheet'),
      zone: z
        .enum(zones)
        .optional()
        .describe('Environmental zone, E1 (dark) to E4 (city centre); the authority knows it'),
      surroundings: z
        .enum(surroundings)
        .default('commercial')
        .describe('What stands around: shops, offices and public places, or homes'),
      moving: z.boolean().default(true).describe('Whether it shows moving pictures; cameras are'),
    })
    .prefault({})
    .describe('What rules ask about the screen'),
  rules: z
    .array(z.enum(ruleIds))
    .max(16)
    .default([])
    .describe('Laws and codes; at any moment the strictest holds, and no operator exceeds it'),
  limit: z
    .strictObject({
      dayNits: nits.optional(),
      nightNits: nits.optional(),
      source: z.string().min(1).max(200).describe('Who says so, where it is written'),
    })
    .optional()
    .describe('A limit of your own authority, beside the rules'),
  curfew: z
    .strictObject({ from: dayPoint, to: dayPoint, source: z.string().min(1).max(200).optional() })
    .optional()
    .describe('When the screen must be dark, beside what the rules say'),
  standby: z
    .strictObject({
      from: dayPoint.describe('Closing: dark from then on'),
      to: dayPoint.describe('Opening'),
      days,
      wakeBefore: duration.default(600_000).describe('So long before opening the screen wakes and shows its slate'),
    })
    .optional()
    .describe('The hours in which nobody needs the screen; on days that are not named it stays dark'),
  dimmedByController: z
    .array(z.string())
    .max(64)
    .default([])
    .describe(
      'Outputs whose controller is told the brightness; their pixels are sent undimmed, which keeps dark shades clean',
    ),
  silentWhenDark: z
    .array(z.string())
    .max(64)
    .default([])
    .describe(
      'Outputs that are sent nothing while the screen is dark by standby or curfew: black for two seconds, then no frames, so that cards and senders rest. For screens that stay black or go out then, not for those that show a picture of their own',
    ),
});

/** How bright the wall is, with defaults filled in; ramps in per cent a second. */
export type BrightnessOptions = z.output<typeof brightnessOptions>;

/** `monday`, or `friday-monday` over the end of the week, as numbers of days: 0 is Sunday. */
function daysOf(range: string): number[] {
  const [first = 0, last = first] = range.split('-').map((name) => WEEKDAYS.indexOf(name));
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
}
