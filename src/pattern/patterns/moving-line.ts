import { BLACK, fill, WHITE } from '../drawing.js';
import type { PatternFamily } from '../pattern.js';

/**
 * A white line of one pixel, one further at every tick: torn pictures, dropped frames, cabinets that lag behind. It is at
 * the tick's remainder by the area's size, so that all walls that count the same ticks move together.
 */
export const movingLinePatterns = {
  'moving-row': {
    moves: true,
    painter: ({ area }) => ({
      paint: (into, { tick }) => {
        const y = tick % area.heightPx;
        fill(into, area, 0, 0, area.widthPx, area.heightPx, BLACK);
        fill(into, area, 0, y, area.widthPx, y + 1, WHITE);
      },
    }),
  },
  'moving-column': {
    moves: true,
    painter: ({ area }) => ({
      paint: (into, { tick }) => {
        const x = tick % area.widthPx;
        fill(into, area, 0, 0, area.widthPx, area.heightPx, BLACK);
        fill(into, area, x, 0, x + 1, area.heightPx, WHITE);
      },
    }),
  },
} as const satisfies PatternFamily;
