import type { Bitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';
import type { Layer } from './layer.js';
import { blend, rgbOf, RowCopy } from './pixels.js';

/** An opaque bitmap, copied by rows. Its colours are taken out when it is first drawn: most slates are never shown. */
export class OpaqueBitmapLayer implements Layer {
  readonly #bitmap: Bitmap;
  readonly #copy: RowCopy;
  #rgb: Uint8Array | null = null;

  constructor(canvas: Size, bitmap: Bitmap, x: number, y: number) {
    this.#bitmap = bitmap;
    this.#copy = new RowCopy(canvas, bitmap, x, y);
  }

  draw(canvas: Uint8Array): void {
    this.#rgb ??= rgbOf(this.#bitmap);
    this.#copy.copy(this.#rgb, canvas);
  }
}

/** A bitmap with alpha, laid over what is there. */
export class BlendedBitmapLayer implements Layer {
  readonly #size: Size;
  readonly #bitmap: Bitmap;
  readonly #x: number;
  readonly #y: number;

  constructor(canvas: Size, bitmap: Bitmap, x: number, y: number) {
    this.#size = canvas;
    this.#bitmap = bitmap;
    this.#x = x;
    this.#y = y;
  }

  draw(canvas: Uint8Array): void {
    blend(canvas, this.#size, this.#bitmap, this.#x, this.#y);
  }
}
