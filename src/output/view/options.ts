import { z } from 'zod';
import type { Rectangle, Size } from '../../core/geometry.js';

/** What every output has, whatever it speaks: its name, and which part of the wall it shows. */
export const viewOptions = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  area: z
    .strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) })
    .optional()
    .describe('The part of the wall that it shows, wall pixels; without it, the whole wall'),
};

/** What outputs have in addition whose devices know a chain of pixels instead of a picture. */
export const pixelViewOptions = {
  ...viewOptions,
};

/** The options that decide what an output shows, with defaults filled in. */
export type ViewOptions = z.output<z.ZodObject<typeof viewOptions>>;

/** The part of the wall that an output shows. It may not lie on the wall: that is checked elsewhere. */
export function areaOf({ area }: ViewOptions, wall: Size): Rectangle {
  if (area === undefined) return { x: 0, y: 0, ...wall };
  return { x: area.x, y: area.y, widthPx: area.width, heightPx: area.height };
}
