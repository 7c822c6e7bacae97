import { z } from 'zod';

const gain = z.number().min(0).max(1).default(1);

/** What becomes of the wall's colours on the way to the device. Everything is off unless it is written. */
export const colourOptions = z.strictObject({
  gamma: z
    .number()
    .min(0.2)
    .max(5)
    .optional()
    .describe('For devices without one of their own: 2.2 to 2.8 for most pixel controllers, none for receiving cards'),
  kelvin: z
    .number()
    .min(4_000)
    .max(25_000)
    .optional()
    .describe('Colour of white: below 6504 warmer, above it colder; only ever dims channels'),
  gains: z
    .strictObject({ red: gain, green: gain, blue: gain })
    .optional()
    .describe('Of each channel, 0 to 1, as measured; multiplied with kelvin where both are written'),
  brightness: z.number().min(0).max(1).default(1).describe('Share of full light, after gamma'),
  deviceGamma: z
    .number()
    .min(1)
    .max(5)
    .default(1)
    .describe(
      'Gamma that the device itself applies, often 2.8 in receiving cards: the wall’s brightness is light, and is reached through it',
    ),
  order: z
    .enum(['RGB', 'RBG', 'GRB', 'GBR', 'BRG', 'BGR'])
    .default('RGB')
    .describe('Order of the channels as the device wants them; strings of WS2811 and WS2812 often want GRB'),
  dither: z
    .boolean()
    .default(false)
    .describe('Dark shades as a fine standing pattern instead of none; needs gamma, which is what takes them away'),
  powerLimit: z
    .strictObject({
      amperes: z.number().positive().max(100_000).describe('What the supplies of this output can give'),
      milliamperesPerPixel: z.number().positive().max(1_000).default(55).describe('Of one white pixel at full light'),
      standbyMilliamperesPerPixel: z.number().min(0).max(100).default(1).describe('Of one black pixel'),
    })
    .optional()
    .describe('Dims bright pictures at once to what the supplies can give, and comes back within about a second'),
});

/** How an output treats colours, with defaults filled in. */
export type ColourOptions = z.output<typeof colourOptions>;
export type PowerLimitOptions = NonNullable<ColourOptions['powerLimit']>;

/** The current that all pixels take while they are black, milliamperes: what a limit must exceed. */
export function standbyMilliamperes(limit: PowerLimitOptions, pixelCount: number): number {
  return limit.standbyMilliamperesPerPixel * pixelCount;
}
