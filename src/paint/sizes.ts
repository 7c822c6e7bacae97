import type { Size } from '../core/geometry.js';

/** Chinese characters below this are mush on LEDs. */
export const SMALLEST_TEXT_PX = 20;
/** The smallest size of the running line, read from 50 metres. */
export const SMALLEST_TICKER_TEXT_PX = 32;
const TICKER_SHARE_OF_WALL = 0.07;
/** The share of a ticker cell's height that its characters take: É and Å reach 1.01 em above the line, g and j 0.25 below. */
const TICKER_TEXT_SHARE = 0.775;

/** The height that a ticker cell should have on a wall, so that its text is about 7 % of the wall's height and at least 32 px. */
export function tickerHeightPx(wallHeightPx: number): number {
  return Math.ceil(Math.max(SMALLEST_TICKER_TEXT_PX, TICKER_SHARE_OF_WALL * wallHeightPx) / TICKER_TEXT_SHARE);
}

/** Font size of the running line in a cell of this height, at least 1. */
export function tickerFontSizePx(cellHeightPx: number): number {
  return Math.max(1, Math.floor(cellHeightPx * TICKER_TEXT_SHARE));
}

/** Font size of a name plate: about 5 % of the cell's height, at least 20 px, at most what suits the wall. */
export function labelFontSizePx(cellHeightPx: number, wallHeightPx: number = cellHeightPx): number {
  const largest = Math.max(SMALLEST_TEXT_PX, Math.round(wallHeightPx * TICKER_SHARE_OF_WALL));
  return Math.min(largest, Math.max(SMALLEST_TEXT_PX, Math.round(cellHeightPx * 0.05)));
}

/** Font size of date and time on a wall: 5 % of its height, at least 20 px. */
export function clockFontSizePx(wallHeightPx: number): number {
  return Math.max(SMALLEST_TEXT_PX, Math.round(wallHeightPx * 0.05));
}

/** The two sizes of type on a slate. */
export function slateFontSizesPx(cell: Size): { readonly namePx: number; readonly wordsPx: number } {
  const base = Math.min(cell.heightPx, cell.widthPx * 0.6);
  const wordsPx = Math.max(SMALLEST_TEXT_PX, Math.round(base * 0.062));
  return { namePx: Math.max(Math.round(wordsPx * 1.25), Math.round(base * 0.095)), wordsPx };
}
