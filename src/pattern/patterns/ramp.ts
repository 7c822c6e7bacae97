import { levelOf, type Rgb } from '../drawing.js';
import type { Pattern, PatternFamily } from '../pattern.js';

type Direction = 'horizontal' | 'vertical';

/** From black to full level, left to right or top to bottom, every level as even as the pixels allow: bands, wrong gamma. */
function ramp(channels: Rgb, direction: Direction): Pattern {
  return {
    moves: false,
    painter: ({ area: { widthPx, heightPx } }) => ({
      paint: (into) => {
        const last = Math.max(1, (direction === 'horizontal' ? widthPx : heightPx) - 1);
        let at = 0;
        for (let y = 0; y < heightPx; y += 1)
          for (let x = 0; x < widthPx; x += 1, at += 3) {
            const level = levelOf((direction === 'horizontal' ? x : y) / last);
            into[at] = channels[0] * level;
            into[at + 1] = channels[1] * level;
            into[at + 2] = channels[2] * level;
          }
      },
    }),
  };
}

export const rampPatterns = {
  'ramp-grey-horizontal': ramp([1, 1, 1], 'horizontal'),
  'ramp-grey-vertical': ramp([1, 1, 1], 'vertical'),
  'ramp-red-horizontal': ramp([1, 0, 0], 'horizontal'),
  'ramp-red-vertical': ramp([1, 0, 0], 'vertical'),
  'ramp-green-horizontal': ramp([0, 1, 0], 'horizontal'),
  'ramp-green-vertical': ramp([0, 1, 0], 'vertical'),
  'ramp-blue-horizontal': ramp([0, 0, 1], 'horizontal'),
  'ramp-blue-vertical': ramp([0, 0, 1], 'vertical'),
} as const satisfies PatternFamily;
