import { z } from 'zod';

/** A colour as people write it. */
export const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#ffd24a"');

/** The running line. */
export const tickerOptions = z.strictObject({
  text: z.string().max(2_000).describe('Counts stand in braces: {queue.waiting}'),
  speed: z.number().min(10).max(600).default(70).describe('Characters a minute'),
  colour: colour.default('#f4f1e8'),
  numberColour: colour.default('#ffd24a'),
  background: colour.default('#0b1420'),
});

/** The running line, with defaults filled in. */
export type TickerOptions = z.output<typeof tickerOptions>;
