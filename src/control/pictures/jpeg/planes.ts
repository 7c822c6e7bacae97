import { addressOfBytes } from '../../../core/c-library.js';
import type { Size } from '../../../core/geometry.js';

/**
 * A picture as its brightness and, half as wide and high, its two colours. libjpeg-turbo wants whole squares of two by two
 * pixels (turbojpeg.h, "YUV image format"), so planes have an even width and height, and one that is odd is filled up.
 */
export class Planes {
  widthPx = 0;
  heightPx = 0;
  /** Bytes from row to row. */
  yStride = 0;
  uvStride = 0;
  y = new Uint8Array(0);
  u = new Uint8Array(0);
  v = new Uint8Array(0);
  /** Where y, u and v lie in memory, as C reads a list of pointers. */
  readonly addresses = new BigUint64Array(3);
  readonly strides = new Int32Array(3);
  #memory = Buffer.alloc(0);

  /** Makes room for a picture of this size; what was in it is of no use any more. */
  fit({ widthPx, heightPx }: Size): void {
    if (widthPx === this.widthPx && heightPx === this.heightPx) return;
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.uvStride = Math.ceil(widthPx / 2);
    this.yStride = this.uvStride * 2;
    const uvBytes = this.uvStride * Math.ceil(heightPx / 2);
    const yBytes = uvBytes * 4;
    if (this.#memory.length < yBytes + 2 * uvBytes) this.#memory = Buffer.alloc(yBytes + 2 * uvBytes);
    this.y = this.#memory.subarray(0, yBytes);
    this.u = this.#memory.subarray(yBytes, yBytes + uvBytes);
    this.v = this.#memory.subarray(yBytes + uvBytes, yBytes + 2 * uvBytes);
    [this.y, this.u, this.v].forEach((plane, index) => (this.addresses[index] = BigInt(addressOfBytes(plane))));
    this.strides.set([this.yStride, this.uvStride, this.uvStride]);
  }

  /** Repeats the last column and row where the picture's width and height are odd. */
  pad(): void {
    const { y, yStride, widthPx, heightPx } = this;
    if (widthPx < yStride) {
      for (let end = yStride - 1; end < y.length; end += yStride) y[end] = y[end - 1] ?? 0;
    }
    if (heightPx % 2 === 1) y.copyWithin(heightPx * yStride, (heightPx - 1) * yStride, heightPx * yStride);
  }
}
