import type { Size } from '../../../core/geometry.js';
import { cellCountOf, isCellWhite, readNumberCells } from '../../../core/number-cells.js';

/** A rectangle in parts of the picture's width and height, 0 to 1. */
export type RelativeRectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

const COUNTER_BITS = 16;

/** The largest number that the counter can show. */
export const LARGEST_COUNTER = 2 ** COUNTER_BITS - 1;

/** Where the cells of the counter are in the test card. The smallest picture that can be read has 320 × 180 pixels. */
export const COUNTER_CELLS: readonly RelativeRectangle[] = Array.from(
  { length: cellCountOf(COUNTER_BITS) },
  (_, index) => ({
    left: (16 + index * 32) / 640,
    top: 264 / 360,
    width: 32 / 640,
    height: 80 / 360,
  }),
);

/** Which cells are white for a number, in the order of `COUNTER_CELLS`. */
export function counterCells(value: number): boolean[] {
  return COUNTER_CELLS.map((_, cell) => isCellWhite(value & LARGEST_COUNTER, COUNTER_BITS, cell));
}

/**
 * Reads the number of the frame from a picture that shows the whole test card.
 * @param rgb 8 bits each, row by row: widthPx × heightPx × 3 bytes
 * @returns null when there is no counter in the picture, or it cannot be read with certainty
 */
export function readFrameCounter(rgb: Uint8Array, widthPx: number, heightPx: number): number | null {
  return readNumberCells(COUNTER_CELLS.map((cell) => meanLevel(rgb, { widthPx, heightPx }, cell)));
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
