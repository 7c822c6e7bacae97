import type { Rectangle } from '../../core/geometry.js';
import { BLACK, fill, strokeRectangle, type Rgb } from '../drawing.js';
import type { PatternFamily, PatternPlace } from '../pattern.js';

const CABINET: Rgb = [255, 255, 255];
const CENTRE: Rgb = [0, 96, 255];
const EDGE: Rgb = [255, 0, 0];

/** In the cabinet in the lower left corner, so that it covers no border. */
function label({ area: { widthPx, heightPx }, cabinets }: PatternPlace): Rectangle {
  const corner = cabinets.find(
    ({ rectangle: { x, y, heightPx: own } }) => x <= 0 && y < heightPx && y + own >= heightPx,
  );
  return corner?.rectangle ?? { x: 0, y: 0, widthPx, heightPx };
}

/**
 * The border of every cabinet in white, the middle of the area in blue, its edge in red, all one pixel wide and inside: what
 * is cut off, shifted or swapped shows at once.
 */
export const gridPatterns = {
  grid: {
    moves: false,
    label,
    painter: ({ area, cabinets }) => ({
      paint: (into) => {
        const { widthPx, heightPx } = area;
        fill(into, area, 0, 0, widthPx, heightPx, BLACK);
        const x = widthPx >> 1;
        const y = heightPx >> 1;
        // Two pixels where the middle lies between two.
        fill(into, area, x - 1 + (widthPx % 2), 0, x + 1, heightPx, CENTRE);
        fill(into, area, 0, y - 1 + (heightPx % 2), widthPx, y + 1, CENTRE);
        for (const { rectangle } of cabinets) strokeRectangle(into, area, rectangle, 1, CABINET);
        strokeRectangle(into, area, { x: 0, y: 0, widthPx, heightPx }, 1, EDGE);
      },
    }),
  },
} as const satisfies PatternFamily;
