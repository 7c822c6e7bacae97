import type { Rectangle, Size } from '../../../core/geometry.js';
import { layTracks } from '../../../layout/tracks.js';
import type { Drawing } from './drawing.js';
import { drawingOf } from './drawing.js';
import { addCell } from './operations.js';
import { evened } from './placing.js';
import { GAP_PX } from './snapping.js';

/** What one can begin with. */
export const TEMPLATES = ['full', 'two', 'four', 'one-and-three', 'picture-in-picture', 'empty'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** About 7 % of the wall's height, so that the running line can be read from afar. */
const TICKER_SHARE = 48 / 540;
const LEAST_TICKER_PX = 24;

/**
 * A new layout.
 * @param cameras for its cells, in order, again from the start where there are too few
 * @param withTicker whether the running line has its place at the bottom
 */
export function templateOf(
  name: TemplateName,
  layout: { readonly id: string; readonly name: string },
  wall: Size,
  cameras: readonly string[],
  withTicker: boolean,
): Drawing {
  let drawing = drawingOf({ ...layout, cells: [] });
  if (name === 'empty') return drawing;
  const wanted = 2 * Math.round(Math.max(LEAST_TICKER_PX, wall.heightPx * TICKER_SHARE) / 2);
  const tickerPx = withTicker && wall.widthPx >= 64 && wall.heightPx >= 3 * wanted ? wanted : 0;
  const area = { widthPx: wall.widthPx, heightPx: wall.heightPx - tickerPx };
  placesOf(name, area).forEach((rectangle, index) => {
    const source = cameras[index % Math.max(1, cameras.length)] ?? 'clock';
    const even = evened(rectangle, wall, { x: false, y: rectangle.y + rectangle.heightPx === area.heightPx });
    drawing = addCell(drawing, source, even, wall).drawing;
  });
  if (tickerPx === 0) return drawing;
  const strip = { x: 0, y: area.heightPx, widthPx: wall.widthPx, heightPx: tickerPx };
  return addCell(drawing, 'ticker', strip, wall).drawing;
}

function placesOf(name: Exclude<TemplateName, 'empty'>, area: Size): readonly Rectangle[] {
  switch (name) {
    case 'full':
      return grid(['1fr'], ['1fr'], area);
    case 'two':
      return grid(['1fr', '1fr'], ['1fr'], area);
    case 'four':
      return grid(['1fr', '1fr'], ['1fr', '1fr'], area);
    case 'one-and-three': {
      const [large, first, , second, , third] = grid(['3fr', '1fr'], ['1fr', '1fr', '1fr'], area);
      const small = [first, second, third].filter((place) => place !== undefined);
      return large === undefined ? small : [{ ...large, heightPx: area.heightPx }, ...small];
    }
    case 'picture-in-picture': {
      const even = (value: number): number => 2 * Math.round(value / 2);
      const widthPx = even(area.widthPx * 0.3);
      const heightPx = even((widthPx * 9) / 16);
      const margin = even(area.heightPx * 0.04);
      const inset = { x: area.widthPx - widthPx - margin, y: margin, widthPx, heightPx };
      return [...grid(['1fr'], ['1fr'], area), inset];
    }
  }
}

/** The fields of a grid in reading order; none where the wall is too small for it. */
function grid(columns: readonly string[], rows: readonly string[], { widthPx, heightPx }: Size): readonly Rectangle[] {
  const across = layTracks(columns, widthPx, GAP_PX);
  const down = layTracks(rows, heightPx, GAP_PX);
  if (!Array.isArray(across) || !Array.isArray(down)) return [{ x: 0, y: 0, widthPx, heightPx }];
  return down.flatMap((row) =>
    across.map((column) => ({
      x: column.startPx,
      y: row.startPx,
      widthPx: column.endPx - column.startPx,
      heightPx: row.endPx - row.startPx,
    })),
  );
}
