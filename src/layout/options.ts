import { z } from 'zod';
import { identifier } from '../core/identifier-option.js';

const LENGTH = 'a whole number of pixels or a percentage such as "50%"';

/** Wall pixels as a whole number, or a share of the wall such as "68%". */
const length = z.union([z.int(), z.string().regex(/^-?\d+(\.\d+)?%$/, LENGTH)], LENGTH);

/** A track of a grid: `2fr` (a share of what is left), `48px` or `10%`. */
const track = z.string().regex(/^\d+(\.\d+)?(fr|px|%)$/, 'a track such as "1fr", "48px" or "10%"');

const fit = z.enum(['cover', 'contain']);

/** A cell's name: what an area of a drawing may be called, too. */
export const cellId = z
  .string()
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u, 'letters, digits, hyphens and underscores');

const cellOptions = z.strictObject({
  id: cellId.optional().describe('Its name, by which it is hidden or given another source; otherwise cell-1, cell-2 …'),
  source: z.string().min(1).describe('The id of a camera, a board or an image; "ticker" or "clock"'),
  x: length,
  y: length,
  width: length,
  height: length,
  z: z.int().min(0).max(100).optional().describe('A higher z lies on top; needed where cells overlap'),
  fit: fit.default('cover'),
});

/** A layout: a text drawing of areas with tracks, or a list of rectangles. */
export const layoutOptions = z
  .strictObject({
    id: identifier,
    name: z.string().min(1),
    columns: z.array(track).min(1).max(64).optional(),
    rows: z.array(track).min(1).max(64).optional(),
    areas: z
      .string()
      .optional()
      .describe('One line a row, one word a column, as in CSS grid-template-areas; "." is empty'),
    gap: z.int().min(0).max(64).default(2).describe('Pixels between areas'),
    cells: z.array(cellOptions).min(1).max(256).optional(),
  })
  .refine((layout) => (layout.areas === undefined) !== (layout.cells === undefined), {
    message: 'a layout has either areas or cells, and not both',
  });

/** A layout as it is written in the configuration. */
export type LayoutOptions = z.output<typeof layoutOptions>;
