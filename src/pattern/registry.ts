/**
 * Test patterns, as integrators of LED walls use them. `patterns/` holds one file for each kind: pure painters of an RGB area,
 * which this file lists. `place.ts` says which part of the wall is meant and which cabinets hang there, `prepare.ts` paints the
 * texts beforehand; the wall's thread then draws what was prepared, tick by tick.
 */
import { cabinetNumberPatterns } from './patterns/cabinet-numbers.js';
import { checkerboardPatterns } from './patterns/checkerboard.js';
import { colourBarPatterns } from './patterns/colour-bars.js';
import { frameCounterPatterns } from './patterns/frame-counter.js';
import { gridPatterns } from './patterns/grid.js';
import { hatchPatterns } from './patterns/hatch.js';
import { latencyFlashPatterns } from './patterns/latency-flash.js';
import { lowGreyPatterns } from './patterns/low-grey.js';
import { movingLinePatterns } from './patterns/moving-line.js';
import { rampPatterns } from './patterns/ramp.js';
import { solidPatterns } from './patterns/solid.js';
import type { Pattern } from './pattern.js';

/** Every pattern by its name. A new kind is a file and a line here. */
const patterns = {
  ...cabinetNumberPatterns,
  ...gridPatterns,
  ...solidPatterns,
  ...rampPatterns,
  ...lowGreyPatterns,
  ...movingLinePatterns,
  ...checkerboardPatterns,
  ...hatchPatterns,
  ...colourBarPatterns,
  ...frameCounterPatterns,
  ...latencyFlashPatterns,
} as const;

/** The name of a pattern: lower-case words with hyphens. */
export type PatternName = keyof typeof patterns;

/** All names, in the order in which an installer goes through them. */
export const patternNames = Object.keys(patterns) as readonly PatternName[];

/** Whether there is such a pattern. */
export function isPatternName(name: string): name is PatternName {
  return Object.hasOwn(patterns, name);
}

/** The pattern of a name. */
export function patternOf(name: PatternName): Pattern {
  return patterns[name];
}
