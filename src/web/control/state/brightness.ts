import type { Brightness } from './hall.js';

export type ComputationStep = Brightness['ceiling']['computation'][number];

/** One decimal, and none where it says nothing: the law's limits are often a few per cent. */
export function shownPercent(percent: number): number {
  return Math.round(percent * 10) / 10;
}

/** The step of the slider: where the law leaves a few per cent, whole ones would leave nothing to choose. */
export function stepOf(ceilingPercent: number): number {
  return ceilingPercent < 10 ? 0.1 : 1;
}

/** The most that may be asked for, on a step of the slider and never above the ceiling. */
export function mostPercent(ceilingPercent: number): number {
  const step = stepOf(ceilingPercent);
  // A tenth is not a round number to a computer: 0.3 / 0.1 is a little less than 3.
  return Math.round(Math.floor(ceilingPercent / step + 1e-9) * step * 10) / 10;
}
