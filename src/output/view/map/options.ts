import { z } from 'zod';

const start = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']);
const direction = z.enum(['rows', 'columns']);
const rotation = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
const mirror = z.enum(['none', 'horizontal', 'vertical']);
const pixels = z.int().min(1).max(7_680);
const place = z.int().min(0).max(7_680);

const words = {
  start: 'Corner of its first pixel, while the cabinet stands upright',
  direction: 'Whether the chain goes along rows or along columns, while the cabinet stands upright',
  serpentine: 'Every second line runs backwards',
  lineGap: 'Null pixels between one line and the next',
  rotation: 'How the cabinet hangs, degrees clockwise as people see it',
  mirror: 'Its picture is mirrored, as seen after the rotation',
};

const cabinetOptions = z.strictObject({
  x: place.describe('From the left of the area, wall pixels'),
  y: place.describe('From the top of the area, wall pixels'),
  width: pixels.describe('As it hangs, after the rotation'),
  height: pixels.describe('As it hangs, after the rotation'),
  start: start.optional().describe(words.start),
  direction: direction.optional().describe(words.direction),
  serpentine: z.boolean().optional().describe(words.serpentine),
  lineGap: z.int().min(0).max(1_024).optional().describe(words.lineGap),
  rotation: rotation.optional().describe(words.rotation),
  mirror: mirror.optional().describe(words.mirror),
  gapBefore: z.int().min(0).max(65_536).default(0).describe('Null pixels before its first one'),
  beginsAt: z
    .int()
    .min(0)
    .max(4_194_303)
    .optional()
    .describe('Its first pixel, counted from 0 along the whole chain; null pixels up to there'),
});

const gridOptions = z.strictObject({
  columns: z.int().min(1).max(64),
  rows: z.int().min(1).max(64),
  width: pixels.optional().describe('Of one cabinet as it hangs; without it, the area is divided evenly'),
  height: pixels.optional().describe('Of one cabinet as it hangs; without it, the area is divided evenly'),
  x: place.default(0).describe('Of the grid in the area, wall pixels'),
  y: place.default(0).describe('Of the grid in the area, wall pixels'),
  gap: z.int().min(0).max(1_024).default(0).describe('Wall pixels between cabinets, shown by none'),
  start: start.default('top-left').describe('Where the first cabinet hangs, as people see the wall'),
  direction: direction.default('rows').describe('Whether the chain of cabinets goes along rows or along columns'),
  serpentine: z.boolean().default(true).describe('Every second row or column of cabinets is wired backwards'),
  turned: z
    .boolean()
    .default(false)
    .describe('The cabinets of every second row or column hang turned by 180°, as short cables want it'),
});

/** How pixels hang on the controller's chain: the wall's picture in the order of the wire. */
export const mapOptions = z
  .strictObject({
    start: start.default('top-left').describe(words.start),
    direction: direction.default('rows').describe(words.direction),
    serpentine: z.boolean().default(true).describe(words.serpentine),
    lineGap: z.int().min(0).max(1_024).default(0).describe(words.lineGap),
    rotation: rotation.default(0).describe(words.rotation),
    mirror: mirror.default('none').describe(words.mirror),
    breaks: z
      .strictObject({
        pixels: z.int().min(1).max(65_536).describe('170 for universes of RGB pixels, or the pixels of one port'),
        cabinets: z.int().min(1).max(4_096).default(1).describe('So many cabinets in a row without a break'),
      })
      .optional()
      .describe('A cabinet begins at the next multiple of so many pixels; null pixels up to there'),
    grid: gridOptions.optional().describe('Equal cabinets side by side'),
    cabinets: z
      .array(cabinetOptions)
      .min(1)
      .max(1_024)
      .optional()
      .describe('Any cabinets, in the order of the chain; what is not said of one is as said for the map'),
  })
  .refine((map) => map.grid === undefined || map.cabinets === undefined, {
    message: 'a map has either a grid or a list of cabinets; with neither, the area is one cabinet',
  });

/** A pixel map, with defaults filled in. */
export type MapOptions = z.output<typeof mapOptions>;
export type GridOptions = z.output<typeof gridOptions>;
export type CabinetOptions = z.output<typeof cabinetOptions>;
/** A corner, as seen by people in front of the wall. */
export type Corner = z.output<typeof start>;
