import { fillRectangle, levelOf, type Rgb } from '../drawing.js';
import type { Pattern, PatternFamily } from '../pattern.js';

/** One colour everywhere: dead pixels, seams between cabinets, colour shifts, power at full load. */
function solid(rgb: Rgb): Pattern {
  return {
    moves: false,
    painter: ({ area }) => ({ paint: (into) => fillRectangle(into, area, { ...area, x: 0, y: 0 }, rgb) }),
  };
}

function grey(share: number): Pattern {
  const level = levelOf(share);
  return solid([level, level, level]);
}

export const solidPatterns = {
  red: solid([255, 0, 0]),
  green: solid([0, 255, 0]),
  blue: solid([0, 0, 255]),
  cyan: solid([0, 255, 255]),
  magenta: solid([255, 0, 255]),
  yellow: solid([255, 255, 0]),
  white: solid([255, 255, 255]),
  black: solid([0, 0, 0]),
  'grey-75': grey(0.75),
  'grey-50': grey(0.5),
  'grey-25': grey(0.25),
  'grey-10': grey(0.1),
} as const satisfies PatternFamily;
