import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';

/** `#rrggbb` as three bytes. @throws RangeError for anything else */
export function parseColour(text: string): readonly [red: number, green: number, blue: number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (match === null) throw new RangeError(`not a colour: ${text}`);
  return [
    Number.parseInt(match[1] ?? '', 16),
    Number.parseInt(match[2] ?? '', 16),
    Number.parseInt(match[3] ?? '', 16),
  ];
}

/** The part of a rectangle that lies on the canvas; null when no pixel does. */
export function clip(rectangle: Rectangle, canvas: Size): Rectangle | null {
  const x = Math.max(0, rectangle.x);
  const y = Math.max(0, rectangle.y);
  const widthPx = Math.min(canvas.widthPx, rectangle.x + rectangle.widthPx) - x;
  const heightPx = Math.min(canvas.heightPx, rectangle.y + rectangle.heightPx) - y;
  return widthPx > 0 && heightPx > 0 ? { x, y, widthPx, heightPx } : null;
}

/** The canvas without the given rectangles, as rectangles that do not overlap. */
export function uncovered(canvas: Size, covers: readonly Rectangle[]): readonly Rectangle[] {
  let rest: Rectangle[] = [{ x: 0, y: 0, ...canvas }];
  for (const cover of covers) rest = rest.flatMap((piece) => without(piece, cover));
  return rest;
}

function without(piece: Rectangle, cover: Rectangle): Rectangle[] {
  const left = Math.max(piece.x, cover.x);
  const top = Math.max(piece.y, cover.y);
  const right = Math.min(piece.x + piece.widthPx, cover.x + cover.widthPx);
  const bottom = Math.min(piece.y + piece.heightPx, cover.y + cover.heightPx);
  if (left >= right || top >= bottom) return [piece];
  const parts: Rectangle[] = [
    { x: piece.x, y: piece.y, widthPx: piece.widthPx, heightPx: top - piece.y },
    { x: piece.x, y: bottom, widthPx: piece.widthPx, heightPx: piece.y + piece.heightPx - bottom },
    { x: piece.x, y: top, widthPx: left - piece.x, heightPx: bottom - top },
    { x: right, y: top, widthPx: piece.x + piece.widthPx - right, heightPx: bottom - top },
  ];
  return parts.filter((part) => part.widthPx > 0 && part.heightPx > 0);
}

/**
 * Copies an RGB picture of a fixed size to a fixed place of the canvas, clipped to it. The views of the picture's rows
 * are made once for each buffer it comes in (a frame slot has three), so that a copy allocates nothing.
 */
export class RowCopy {
  readonly #target: Rectangle | null;
  readonly #firstByte: number;
  readonly #strideBytes: number;
  readonly #canvasStrideBytes: number;
  readonly #rows = new WeakMap<Uint8Array, readonly Uint8Array[]>();

  /** @param size of the picture; its top left corner is placed at `x`, `y`, which may lie off the canvas */
  constructor(canvas: Size, size: Size, x: number, y: number) {
    this.#target = clip({ x, y, ...size }, canvas);
    this.#strideBytes = size.widthPx * 3;
    this.#canvasStrideBytes = canvas.widthPx * 3;
    this.#firstByte = this.#target === null ? 0 : (this.#target.y - y) * this.#strideBytes + (this.#target.x - x) * 3;
  }

  copy(pixels: Uint8Array, canvas: Uint8Array): void {
    if (this.#target === null) return;
    let at = this.#target.y * this.#canvasStrideBytes + this.#target.x * 3;
    for (const row of this.#rowsOf(pixels, this.#target)) {
      canvas.set(row, at);
      at += this.#canvasStrideBytes;
    }
  }

  #rowsOf(pixels: Uint8Array, target: Rectangle): readonly Uint8Array[] {
    const known = this.#rows.get(pixels);
    if (known !== undefined) return known;
    const rows = Array.from({ length: target.heightPx }, (_, index) => {
      const from = this.#firstByte + index * this.#strideBytes;
      return pixels.subarray(from, from + target.widthPx * 3);
    });
    this.#rows.set(pixels, rows);
    return rows;
  }
}

/** The colours of a bitmap as RGB, 8 bits each; its alpha is left out. */
export function rgbOf(bitmap: Bitmap): Uint8Array {
  const count = bitmap.widthPx * bitmap.heightPx;
  const rgb = new Uint8Array(count * 3);
  for (let pixel = 0; pixel < count; pixel += 1) {
    rgb[pixel * 3] = bitmap.pixels[pixel * 4] ?? 0;
    rgb[pixel * 3 + 1] = bitmap.pixels[pixel * 4 + 1] ?? 0;
    rgb[pixel * 3 + 2] = bitmap.pixels[pixel * 4 + 2] ?? 0;
  }
  return rgb;
}

/** `top` over `under` with `alpha` out of 255: the exact quotient, rounded to nearest. */
export function mix(top: number, under: number, alpha: number): number {
  const sum = top * alpha + under * (255 - alpha) + 128;
  return (sum + (sum >> 8)) >> 8;
}

/** Lays a bitmap with straight alpha over an RGB canvas, clipped to it. */
export function blend(canvas: Uint8Array, size: Size, bitmap: Bitmap, x: number, y: number): void {
  const left = Math.max(0, -x);
  const right = Math.min(bitmap.widthPx, size.widthPx - x);
  const top = Math.max(0, -y);
  const bottom = Math.min(bitmap.heightPx, size.heightPx - y);
  const { pixels } = bitmap;
  for (let row = top; row < bottom; row += 1) {
    let from = (row * bitmap.widthPx + left) * 4;
    let to = ((y + row) * size.widthPx + x + left) * 3;
    for (let column = left; column < right; column += 1, from += 4, to += 3) {
      const alpha = pixels[from + 3] ?? 0;
      if (alpha === 0) continue;
      if (alpha === 255) {
        canvas[to] = pixels[from] ?? 0;
        canvas[to + 1] = pixels[from + 1] ?? 0;
        canvas[to + 2] = pixels[from + 2] ?? 0;
      } else {
        canvas[to] = mix(pixels[from] ?? 0, canvas[to] ?? 0, alpha);
        canvas[to + 1] = mix(pixels[from + 1] ?? 0, canvas[to + 1] ?? 0, alpha);
        canvas[to + 2] = mix(pixels[from + 2] ?? 0, canvas[to + 2] ?? 0, alpha);
      }
    }
  }
}
