import { fill, levelOf, type Rgb } from '../drawing.js';
import type { Pattern, PatternFamily } from '../pattern.js';

/**
 * Eight vertical bars: white, yellow, cyan, green, magenta, red, blue, black. Their levels are named as in ITU-R BT.471-1, by
 * the highest and lowest of white and black, then of the colours, in per cent of R′G′B′; here in full range, 0 to 255.
 * @param highest level of a colour in its bar, 0 to 1
 */
function colourBars(highest: number): Pattern {
  const on = levelOf(highest);
  const bars: readonly Rgb[] = [
    [255, 255, 255],
    [on, on, 0],
    [0, on, on],
    [0, on, 0],
    [on, 0, on],
    [on, 0, 0],
    [0, 0, on],
    [0, 0, 0],
  ];
  return {
    moves: false,
    label: ({ area }) => ({ ...area, x: 0, y: 0 }),
    painter: ({ area }) => ({
      paint: (into) => {
        const leftOf = (index: number): number => Math.floor((index * area.widthPx) / bars.length);
        bars.forEach((rgb, index) => fill(into, area, leftOf(index), 0, leftOf(index + 1), area.heightPx, rgb));
      },
    }),
  };
}

export const colourBarPatterns = {
  /** 100/0/75/0, the EBU's: white 255, colours 191 and 0. */
  'colour-bars-75': colourBars(0.75),
  /** 100/0/100/0: white 255, colours 255 and 0. */
  'colour-bars-100': colourBars(1),
} as const satisfies PatternFamily;
