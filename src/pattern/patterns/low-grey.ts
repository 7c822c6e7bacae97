import { BLACK, fill } from '../drawing.js';
import type { PatternFamily, PatternPlace, Sign } from '../pattern.js';

/** The highest of the steps; the lowest is 0. */
const LAST_STEP = 16;
const NUMBER_SHARE_OF_HEIGHT = 0.1;
/** Readable beside the brightest step, and dark enough not to outshine it. */
const NUMBER_COLOUR = '#303030';

const leftOf = (step: number, widthPx: number): number => Math.floor((step * widthPx) / (LAST_STEP + 1));

/** Room for the numbers of the steps, at the bottom. */
const numbersPx = (heightPx: number): number => Math.round(heightPx * NUMBER_SHARE_OF_HEIGHT);

function signs({ area }: PatternPlace): readonly Sign[] {
  const heightPx = numbersPx(area.heightPx);
  return Array.from({ length: LAST_STEP + 1 }, (_, step) => {
    const x = leftOf(step, area.widthPx);
    const box = { x, y: area.heightPx - heightPx, widthPx: leftOf(step + 1, area.widthPx) - x, heightPx };
    return { texts: [String(step)], box, shape: 'digits', largestPx: 32, smallestPx: 8, colour: NUMBER_COLOUR };
  });
}

/**
 * The 8-bit levels 0 to 16 side by side, from the left: where a panel's darkest steps vanish, are coloured or uneven.
 * The number of each level stands under it where there is room.
 */
export const lowGreyPatterns = {
  'low-grey': {
    moves: false,
    signs,
    painter: ({ area }) => ({
      paint: (into) => {
        const bottom = area.heightPx - numbersPx(area.heightPx);
        fill(into, area, 0, 0, area.widthPx, area.heightPx, BLACK);
        for (let step = 0; step <= LAST_STEP; step += 1) {
          const left = leftOf(step, area.widthPx);
          fill(into, area, left, 0, leftOf(step + 1, area.widthPx), bottom, [step, step, step]);
        }
      },
    }),
  },
} as const satisfies PatternFamily;
