import type { Size } from '../../../core/geometry.js';

/** A rectangle in parts of the picture's width and height, 0 to 1. */
export type RelativeRectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

const COUNTER_BITS = 16;
/** A white and a black cell to compare with, the bits from the highest on, and a bit that makes the number of ones even. */
const CELL_COUNT = COUNTER_BITS + 3;
const MINIMUM_CONTRAST = 60;

/** The largest number that the counter can show. */
export const LARGEST_COUNTER = 2 ** COUNTER_BITS - 1;

/** Where the cells of the counter are in the test card. The smallest picture that can be read has 320 × 180 pixels. */
export const COUNTER_CELLS: readonly RelativeRectangle[] = Array.from({ length: CELL_COUNT }, (_, index) => ({
  left: (16 + index * 32) / 640,
  top: 264 / 360,
  width: 32 / 640,
  height: 80 / 360,
}));

/** Which cells are white for a number, in the order of `COUNTER_CELLS`. */
export function counterCells(value: number): boolean[] {
  const bits = Array.from({ length: COUNTER_BITS }, (_, index) => ((value >> (COUNTER_BITS - 1 - index)) & 1) === 1);
  const ones = bits.filter(Boolean).length;
  return [true, false, ...bits, ones % 2 === 1];
}

/**
 * Reads the number of the frame from a picture that shows the whole test card.
 * @param rgb 8 bits each, row by row: widthPx × heightPx × 3 bytes
 * @returns null when there is no counter in the picture, or it cannot be read with certainty
 */
export function readFrameCounter(rgb: Uint8Array, widthPx: number, heightPx: number): number | null {
  const levels = COUNTER_CELLS.map((cell) => meanLevel(rgb, { widthPx, heightPx }, cell));
  const white = levels[0] ?? 0;
  const black = levels[1] ?? 0;
  if (white - black < MINIMUM_CONTRAST) return null;
  const threshold = (white + black) / 2;
  const bits = levels.slice(2).map((level) => (level > threshold ? 1 : 0));
  if (bits.filter((bit) => bit === 1).length % 2 !== 0) return null;
  return bits.slice(0, COUNTER_BITS).reduce<number>((value, bit) => value * 2 + bit, 0);
}

/** The mean of green in the middle of a cell, away from edges that scaling has blurred. */
function meanLevel(rgb: Uint8Array, size: Size, cell: RelativeRectangle): number {
  const left = Math.round((cell.left + cell.width * 0.3) * size.widthPx);
  const right = Math.max(left + 1, Math.round((cell.left + cell.width * 0.7) * size.widthPx));
  const top = Math.round((cell.top + cell.height * 0.3) * size.heightPx);
  const bottom = Math.max(top + 1, Math.round((cell.top + cell.height * 0.7) * size.heightPx));
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) sum += rgb[(y * size.widthPx + x) * 3 + 1] ?? 0;
  }
  return sum / ((right - left) * (bottom - top));
}
