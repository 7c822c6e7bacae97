import type { Size } from '../../../core/geometry.js';
import { COUNTER_CELLS, counterCells, type RelativeRectangle } from './frame-counter.js';

/** A flat area of the test card and the colour that it was drawn in. */
export type TestCardPatch = RelativeRectangle & { readonly rgb: readonly [number, number, number] };

const COLOURS: readonly (readonly [number, number, number])[] = [
  [255, 255, 255],
  [192, 192, 192],
  [128, 128, 128],
  [64, 64, 64],
  [16, 16, 16],
  [0, 0, 0],
  [204, 32, 32],
  [32, 160, 48],
  [32, 64, 192],
  [224, 192, 32],
  [32, 176, 192],
  [224, 172, 140],
];
const PATCHES_PER_ROW = 6;
const BACKGROUND: readonly [number, number, number] = [48, 56, 64];
const FRAME: readonly [number, number, number] = [255, 255, 255];

/** The colour patches. Edges are on even pixels at 640 × 360 and its multiples, so that halved colour resolution keeps them flat. */
export const TEST_CARD_PATCHES: readonly TestCardPatch[] = COLOURS.map((rgb, index) => ({
  rgb,
  left: (16 + (index % PATCHES_PER_ROW) * 104) / 640,
  top: (36 + Math.floor(index / PATCHES_PER_ROW) * 112) / 360,
  width: 88 / 640,
  height: 88 / 360,
}));

/**
 * Draws the test card of one frame: a white edge, colour patches, and the number of the frame in black and white.
 * @param into widthPx × heightPx × 3 bytes, RGB
 */
export function drawTestCard(into: Uint8Array, size: Size, frame: number): void {
  fill(into, size, { left: 0, top: 0, width: 1, height: 1 }, FRAME);
  const edge = { left: 8 / 640, top: 8 / 360, width: 624 / 640, height: 344 / 360 };
  fill(into, size, edge, BACKGROUND);
  for (const patch of TEST_CARD_PATCHES) fill(into, size, patch, patch.rgb);
  const cells = counterCells(frame);
  COUNTER_CELLS.forEach((cell, index) => fill(into, size, cell, cells[index] === true ? [255, 255, 255] : [0, 0, 0]));
}

function fill(into: Uint8Array, size: Size, area: RelativeRectangle, rgb: readonly [number, number, number]): void {
  const left = Math.round(area.left * size.widthPx);
  const right = Math.round((area.left + area.width) * size.widthPx);
  const top = Math.round(area.top * size.heightPx);
  const bottom = Math.round((area.top + area.height) * size.heightPx);
  const row = Buffer.alloc((right - left) * 3);
  for (let index = 0; index < row.length; index += 1) row[index] = rgb[index % 3] ?? 0;
  for (let y = top; y < bottom; y += 1) into.set(row, (y * size.widthPx + left) * 3);
}
