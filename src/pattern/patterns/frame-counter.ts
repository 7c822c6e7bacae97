import type { Size } from '../../core/geometry.js';
import { BLACK, fill, stamp, stampOf, WHITE } from '../drawing.js';
import { COUNTER_BITS, counterLayout, drawCounter } from '../counter-cells.js';
import type { PatternFamily } from '../pattern.js';

/** The numbers of frames that people read: a clock's worth of them at 25 a second is 46 days. */
const DIGIT_COUNT = 8;
const TOP_SHARE = 0.08;

const SMALLEST_TEXT_PX = 10;
/** It is laid over anew at every tick, which costs time. */
const LARGEST_CLOCK_PX = 48;
const CLOCK_TOP_SHARE = 0.58;

/** Above the cells: the number of the frame over date and time. Sizes in pixels, null where they would be too small to read. */
function textsOf({ widthPx, heightPx }: Size): { topPx: number; digitsPx: number | null; clockPx: number | null } {
  const topPx = counterLayout({ widthPx, heightPx })?.topPx ?? heightPx;
  const readable = (sizePx: number): number | null => (sizePx < SMALLEST_TEXT_PX ? null : sizePx);
  return {
    topPx,
    digitsPx: readable(Math.floor(Math.min(topPx * 0.42, widthPx / 6))),
    clockPx: readable(Math.floor(Math.min(topPx * 0.26, widthPx / 14, LARGEST_CLOCK_PX))),
  };
}

/**
 * The number of the frame, date and time, and both once more as cells that a program reads (`counter-cells.ts`): which frames
 * are lost on the way, and how long the others took.
 */
export const frameCounterPatterns = {
  'frame-counter': {
    moves: true,
    digitsPx: (area) => textsOf(area).digitsPx,
    clock: (area) => {
      const { clockPx: fontSizePx, topPx } = textsOf(area);
      if (fontSizePx === null) return null;
      const y = Math.round(topPx * CLOCK_TOP_SHARE);
      return { fontSizePx, box: { x: 0, y, widthPx: area.widthPx, heightPx: Math.round(fontSizePx * 1.3) } };
    },
    painter: ({ area }, digits) => {
      const layout = counterLayout(area);
      const stamps = digits.map(stampOf);
      const digitPx = stamps[0]?.widthPx ?? 0;
      const right = Math.floor((area.widthPx + DIGIT_COUNT * digitPx) / 2);
      const top = Math.round(textsOf(area).topPx * TOP_SHARE);
      return {
        paint: (into, { tick, epochMs }) => {
          fill(into, area, 0, 0, area.widthPx, area.heightPx, BLACK);
          let rest = tick;
          for (let place = 1; place <= DIGIT_COUNT; place += 1) {
            const digit = stamps[rest % 10];
            if (digit !== undefined) stamp(into, area, digit, right - place * digitPx, top);
            rest = Math.floor(rest / 10);
          }
          if (layout === null) return;
          drawCounter(into, area, layout, 0, tick % 2 ** COUNTER_BITS, WHITE);
          drawCounter(into, area, layout, 1, epochMs % 2 ** COUNTER_BITS, WHITE);
        },
      };
    },
  },
} as const satisfies PatternFamily;
