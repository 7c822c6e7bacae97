import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export const BLACK: Rgb = [0, 0, 0];
export const WHITE: Rgb = [255, 255, 255];

/** The 8-bit value of a share of full level. */
export function levelOf(share: number): number {
  return Math.round(share * 255);
}

/** Fills the part of a rectangle that lies on a picture. @param into RGB of `size` */
export function fillRectangle(into: Uint8Array, size: Size, { x, y, widthPx, heightPx }: Rectangle, rgb: Rgb): void {
  fill(into, size, x, y, x + widthPx, y + heightPx, rgb);
}

/** Fills from `left`, `top` up to, not including, `right`, `bottom`, as far as it lies on the picture. */
export function fill(
  into: Uint8Array,
  size: Size,
  left: number,
  top: number,
  right: number,
  bottom: number,
  rgb: Rgb,
): void {
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const bytes = (Math.min(size.widthPx, right) - x) * 3;
  const rows = Math.min(size.heightPx, bottom) - y;
  if (bytes <= 0 || rows <= 0) return;
  const stride = size.widthPx * 3;
  const first = y * stride + x * 3;
  for (let at = first; at < first + bytes; at += 3) {
    into[at] = rgb[0];
    into[at + 1] = rgb[1];
    into[at + 2] = rgb[2];
  }
  for (let row = 1; row < rows; row += 1) into.copyWithin(first + row * stride, first, first + bytes);
}

/** Draws the edge of a rectangle, inside of it. */
export function strokeRectangle(
  into: Uint8Array,
  size: Size,
  { x, y, widthPx, heightPx }: Rectangle,
  thicknessPx: number,
  rgb: Rgb,
): void {
  const right = x + widthPx;
  const bottom = y + heightPx;
  fill(into, size, x, y, right, y + thicknessPx, rgb);
  fill(into, size, x, bottom - thicknessPx, right, bottom, rgb);
  fill(into, size, x, y, x + thicknessPx, bottom, rgb);
  fill(into, size, right - thicknessPx, y, right, bottom, rgb);
}

/** A white glyph on black, as rows of RGB that can be copied. */
export type Stamp = Size & { readonly rows: readonly Uint8Array[] };

/** Makes a stamp of a glyph: its shape becomes grey. */
export function stampOf({ widthPx, heightPx, pixels }: Bitmap): Stamp {
  const rows = Array.from({ length: heightPx }, (_, y) => {
    const row = new Uint8Array(widthPx * 3);
    for (let x = 0; x < widthPx; x += 1) row.fill(pixels[(y * widthPx + x) * 4 + 3] ?? 0, x * 3, x * 3 + 3);
    return row;
  });
  return { widthPx, heightPx, rows };
}

/** Puts a stamp on a picture, which it must not leave. */
export function stamp(into: Uint8Array, size: Size, { rows }: Stamp, x: number, y: number): void {
  let at = (y * size.widthPx + x) * 3;
  for (const row of rows) {
    into.set(row, at);
    at += size.widthPx * 3;
  }
}
