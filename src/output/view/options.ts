import { z } from 'zod';
import { identifier } from '../../core/identifier-option.js';
import type { Rectangle, Size } from '../../core/geometry.js';
import { colourOptions, standbyMilliamperes } from './colour/options.js';
import { mapOptions } from './map/options.js';
import { chainLength } from './map/pixel-map.js';
import { placeCabinets } from './map/place.js';

export { mapProblems, type MapProblem } from './map/checks.js';

/** What every output has, whatever it speaks: its name, which part of the wall it shows, and in which colours. */
export const viewOptions = {
  id: identifier,
  area: z
    .strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) })
    .optional()
    .describe('The part of the wall that it shows, wall pixels; without it, the whole wall'),
  colour: colourOptions
    .optional()
    .describe('What becomes of colours on the way; without it, they are sent as they are'),
};

/** What outputs have in addition whose devices know a chain of pixels instead of a picture. */
export const pixelViewOptions = {
  ...viewOptions,
  map: mapOptions
    .optional()
    .describe('How the pixels hang on the controller’s chain; without it, row by row from the top left'),
};

/** The options that decide what an output shows, with defaults filled in. Only those of pixel chains have a map. */
export type ViewOptions = z.output<z.ZodObject<typeof viewOptions>> &
  Partial<Pick<z.output<z.ZodObject<typeof pixelViewOptions>>, 'map'>>;

/** The part of the wall that an output shows. It may not lie on the wall: that is checked elsewhere. */
export function areaOf({ area }: ViewOptions, wall: Size): Rectangle {
  if (area === undefined) return { x: 0, y: 0, ...wall };
  return { x: area.x, y: area.y, widthPx: area.width, heightPx: area.height };
}

/** The size of the picture that an output's driver is given: its area, or with a map the chain, one pixel high. */
export function pictureSizeOf(options: ViewOptions, wall: Size): Size {
  const { widthPx, heightPx } = areaOf(options, wall);
  if (options.map === undefined) return { widthPx, heightPx };
  return { widthPx: chainLength(placeCabinets(options.map, { widthPx, heightPx })), heightPx: 1 };
}

/** The parts of the wall that an output's pixels show, in wall pixels: its cabinets, or its area. */
export function shownBy(options: ViewOptions, wall: Size): Rectangle[] {
  const area = areaOf(options, wall);
  if (options.map === undefined) return [area];
  return placeCabinets(options.map, area).map(({ rectangle }) => ({
    ...rectangle,
    x: area.x + rectangle.x,
    y: area.y + rectangle.y,
  }));
}

/** The current that an output's pixels take while they are black, milliamperes; 0 where no limit is set. */
export function standbyOf(options: ViewOptions, wall: Size): number {
  const limit = options.colour?.powerLimit;
  if (limit === undefined) return 0;
  const pixelCount = shownBy(options, wall).reduce((sum, { widthPx, heightPx }) => sum + widthPx * heightPx, 0);
  return standbyMilliamperes(limit, pixelCount);
}
