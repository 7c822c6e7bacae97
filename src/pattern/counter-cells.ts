import type { Size } from '../core/geometry.js';
import { cellCountOf, isCellWhite, readNumberCells } from '../core/number-cells.js';
import { fill, type Rgb } from './drawing.js';

/** Of each of the two numbers; both begin again after 2^32: the time after 49 days, the frames after years. */
export const COUNTER_BITS = 32;
const CELLS = cellCountOf(COUNTER_BITS);
const NUMBERS = 2;
/** Where there is room for anything else, the cells take so much of the height, at the bottom. */
const CELLS_SHARE = 0.36;
const SMALLEST_SHARED_PX = 60;

/** Where the cells are: those of the frame's number in `rows` rows of `columns`, those of the time below. */
export type CounterLayout = {
  readonly rows: number;
  readonly columns: number;
  readonly cellWidthPx: number;
  readonly cellHeightPx: number;
  readonly leftPx: number;
  readonly topPx: number;
};

/** The layout for an area of this size; null where the cells have no room. */
export function counterLayout({ widthPx, heightPx }: Size): CounterLayout | null {
  const roomPx = heightPx < SMALLEST_SHARED_PX ? heightPx : Math.floor(heightPx * CELLS_SHARE);
  for (let rows = 1; rows <= CELLS; rows += 1) {
    const columns = Math.ceil(CELLS / rows);
    const cellWidthPx = Math.floor(widthPx / columns);
    const cellHeightPx = Math.floor(roomPx / (NUMBERS * rows));
    if (cellHeightPx === 0) return null;
    if (cellWidthPx === 0) continue;
    const leftPx = Math.floor((widthPx - columns * cellWidthPx) / 2);
    return { rows, columns, cellWidthPx, cellHeightPx, leftPx, topPx: heightPx - NUMBERS * rows * cellHeightPx };
  }
  return null;
}

/** Draws the white cells of a number over black. @param number 0: of the frame; 1: of the time */
export function drawCounter(
  into: Uint8Array,
  size: Size,
  layout: CounterLayout,
  number: number,
  value: number,
  rgb: Rgb,
): void {
  const { rows, columns, cellWidthPx, cellHeightPx, leftPx, topPx } = layout;
  for (let cell = 0; cell < CELLS; cell += 1) {
    if (!isCellWhite(value, COUNTER_BITS, cell)) continue;
    const x = leftPx + (cell % columns) * cellWidthPx;
    const y = topPx + (number * rows + Math.floor(cell / columns)) * cellHeightPx;
    fill(into, size, x, y, x + cellWidthPx, y + cellHeightPx, rgb);
  }
}

/** What the cells say: the number of the frame, and epoch milliseconds at which it was drawn; both modulo 2^32. */
export type CounterReading = { readonly tick: number; readonly epochMs: number };

/**
 * Reads the cells back from the area as it was received.
 * @param rgb 8 bits each, row by row: widthPx × heightPx × 3 bytes
 * @returns null when there are none, or they cannot be read with certainty
 */
export function readCounter(rgb: Uint8Array, size: Size): CounterReading | null {
  const layout = counterLayout(size);
  if (layout === null) return null;
  const numbers = Array.from({ length: NUMBERS }, (_, number) =>
    readNumberCells(Array.from({ length: CELLS }, (__, cell) => levelOf(rgb, size, layout, number, cell))),
  );
  const [tick = null, epochMs = null] = numbers;
  return tick === null || epochMs === null ? null : { tick, epochMs };
}

/** Green in the middle of a cell. */
function levelOf(rgb: Uint8Array, { widthPx }: Size, layout: CounterLayout, number: number, cell: number): number {
  const { rows, columns, cellWidthPx, cellHeightPx, leftPx, topPx } = layout;
  const x = leftPx + (cell % columns) * cellWidthPx + (cellWidthPx >> 1);
  const y = topPx + (number * rows + Math.floor(cell / columns)) * cellHeightPx + (cellHeightPx >> 1);
  return rgb[(y * widthPx + x) * 3 + 1] ?? 0;
}
