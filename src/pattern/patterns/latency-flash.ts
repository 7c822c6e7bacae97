import { BLACK, fill, WHITE, type Rgb } from '../drawing.js';
import type { PatternFamily } from '../pattern.js';

const TRACK: Rgb = [40, 40, 40];
const HAND: Rgb = [255, 176, 0];
/** Marks of the track: one every 100 ms. */
const PARTS = 10;

/**
 * White in the middle for the first tick of every second, and beneath it a hand that crosses a track of ten parts within the
 * second: held beside a clock, a photograph or a photodiode says how late the wall is. One flash a second is slow enough for
 * everybody.
 */
export const latencyFlashPatterns = {
  'latency-flash': {
    moves: true,
    label: ({ area }) => ({ ...area, x: 0, y: 0 }),
    painter: ({ area: { widthPx, heightPx } }) => {
      const size = { widthPx, heightPx };
      const flashTop = Math.floor(heightPx * 0.08);
      const flashBottom = Math.floor(heightPx * 0.44);
      const trackTop = Math.floor(heightPx * 0.5);
      const trackBottom = Math.floor(heightPx * 0.6);
      const handPx = Math.max(1, Math.round(widthPx / 200));
      let second = -1;
      let flashTick = -1;
      return {
        paint: (into, { tick, epochMs }) => {
          const now = Math.floor(epochMs / 1_000);
          // The first canvas of all may be anywhere within its second.
          if (now !== second && second >= 0) flashTick = tick;
          second = now;
          fill(into, size, 0, 0, widthPx, heightPx, BLACK);
          if (tick === flashTick)
            fill(into, size, widthPx >> 2, flashTop, widthPx - (widthPx >> 2), flashBottom, WHITE);
          for (let part = 0; part < PARTS; part += 2) {
            const left = Math.floor((part * widthPx) / PARTS);
            fill(into, size, left, trackTop, Math.floor(((part + 1) * widthPx) / PARTS), trackBottom, TRACK);
          }
          const x = Math.floor(((epochMs % 1_000) / 1_000) * widthPx);
          fill(into, size, x, trackTop, x + handPx, trackBottom, HAND);
        },
      };
    },
  },
} as const satisfies PatternFamily;
