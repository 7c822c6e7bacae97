import { BLACK, fill, strokeRectangle, WHITE } from '../drawing.js';
import type { PatternFamily } from '../pattern.js';

const PITCH_PX = 16;

/** White lines of one pixel every 16: up and down and across, or rising; geometry and seams over the whole wall. */
export const hatchPatterns = {
  'cross-hatch': {
    moves: false,
    painter: ({ area }) => ({
      paint: (into) => {
        const { widthPx, heightPx } = area;
        fill(into, area, 0, 0, widthPx, heightPx, BLACK);
        for (let x = 0; x < widthPx; x += PITCH_PX) fill(into, area, x, 0, x + 1, heightPx, WHITE);
        for (let y = 0; y < heightPx; y += PITCH_PX) fill(into, area, 0, y, widthPx, y + 1, WHITE);
        strokeRectangle(into, area, { x: 0, y: 0, widthPx, heightPx }, 1, WHITE);
      },
    }),
  },
  'diagonal-lines': {
    moves: false,
    painter: ({ area: { widthPx, heightPx } }) => ({
      paint: (into) => {
        let at = 0;
        for (let y = 0; y < heightPx; y += 1)
          for (let x = 0; x < widthPx; x += 1, at += 3) into.fill((x + y) % PITCH_PX === 0 ? 255 : 0, at, at + 3);
      },
    }),
  },
} as const satisfies PatternFamily;
