import { expect } from 'vitest';
import { createBitmap } from '../../src/core/bitmap.js';
import type { Rectangle } from '../../src/core/geometry.js';
import type { TickerScroller } from '../../src/ticker/scroller.js';
import type { TickerStrip } from '../../src/ticker/update.js';

export const HEIGHT = 4;
export const WIDTH = 101;
export const GAP = 2 * HEIGHT;
export const BACKGROUND = '#0a141e';
export const BLANK = '10,20,30';
export const CELL: Rectangle = { x: 3, y: 2, widthPx: WIDTH, heightPx: HEIGHT };
export const CANVAS = { widthPx: WIDTH + 7, heightPx: HEIGHT + 5 };

/** Deterministic numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Token = { readonly label: number; readonly widthPx: number; readonly isSeparator?: true };

/** A strip in which every column of every token has a colour of its own: red says the token, green the column, blue the text. */
export function stripOf(text: number, tokens: readonly Token[], pixelsPerTick: number): TickerStrip {
  const widthPx = tokens.reduce((sum, token) => sum + token.widthPx, 0);
  const rgba = Buffer.alloc(widthPx * HEIGHT * 4);
  const tokenStartsPx: number[] = [];
  const separators = tokens.flatMap(({ isSeparator }, index) => (isSeparator ? [index] : []));
  let x = 0;
  for (const token of tokens) {
    tokenStartsPx.push(x);
    for (let column = 0; column < token.widthPx; column++, x++) {
      for (let y = 0; y < HEIGHT; y++) rgba.set([token.label, column, text, 255], (y * widthPx + x) * 4);
    }
  }
  const bitmap = createBitmap({ widthPx, heightPx: HEIGHT }, rgba);
  return { bitmap, tokenStartsPx, separators, pixelsPerTick, textNumber: text };
}

/** What the cell shows, a colour for each column; every row must be the same. */
export function columnsOf(scroller: TickerScroller): string[] {
  const canvas = Buffer.alloc(CANVAS.widthPx * CANVAS.heightPx * 3, 0xcc);
  scroller.draw(canvas, CANVAS.widthPx, CELL);
  const rows: string[][] = [];
  for (let y = 0; y < CANVAS.heightPx; y++) {
    const row: string[] = [];
    for (let x = 0; x < CANVAS.widthPx; x++)
      row.push([...canvas.subarray((y * CANVAS.widthPx + x) * 3).subarray(0, 3)].join(','));
    const isInCell = y >= CELL.y && y < CELL.y + CELL.heightPx;
    const outside = isInCell ? [...row.slice(0, CELL.x), ...row.slice(CELL.x + WIDTH)] : row;
    expect(outside.every((colour) => colour === '204,204,204')).toBe(true);
    if (isInCell) rows.push(row.slice(CELL.x, CELL.x + WIDTH));
  }
  for (const row of rows) expect(row.join(' ')).toBe(rows[0]?.join(' '));
  return rows[0] ?? [];
}
