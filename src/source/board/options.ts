import { z } from 'zod';
import { identifier } from '../../core/identifier-option.js';
import { colour } from '../../ticker/options.js';

/** A tile of counts with captions. */
export const boardOptions = z.strictObject({
  id: identifier,
  name: z.string().min(1).max(64),
  title: z.string().min(1).max(48).optional().describe('Above the rows; without it, the rows alone'),
  rows: z
    .array(
      z.strictObject({
        caption: z.string().min(1).max(48),
        value: z.string().min(1).max(200).describe('Counts stand in braces: {queue.waiting}'),
      }),
    )
    .min(1)
    .max(12),
  colour: colour.default('#f4f1e8'),
  numberColour: colour.default('#ffd24a'),
  background: colour.default('#0b1420'),
});

/** A board, with defaults filled in. */
export type BoardOptions = z.output<typeof boardOptions>;
