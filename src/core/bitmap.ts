import type { Size } from './geometry.js';
import { allocateShared } from './shared-memory.js';

/**
 * A painted picture, ready to be placed by the compositor in any thread.
 * `pixels` are RGBA, 8 bits each, straight (not premultiplied) alpha, row by row from the top left: widthPx × heightPx × 4 bytes.
 * `opaque` promises that every alpha is 255, so that rows can be copied instead of blended.
 */
export type Bitmap = Size & { readonly pixels: Uint8Array<SharedArrayBuffer>; readonly opaque: boolean };

/** Copies RGBA bytes into shared memory, so that every thread reads the same bitmap without another copy. */
export function createBitmap(size: Size, rgba: Uint8Array): Bitmap {
  const expected = size.widthPx * size.heightPx * 4;
  if (rgba.byteLength !== expected) {
    throw new RangeError(`bitmap of ${size.widthPx}×${size.heightPx} needs ${expected} bytes, got ${rgba.byteLength}`);
  }
  const pixels = new Uint8Array(allocateShared(expected));
  pixels.set(rgba);
  let opaque = true;
  for (let index = 3; index < expected; index += 4) {
    if (pixels[index] !== 255) {
      opaque = false;
      break;
    }
  }
  return { widthPx: size.widthPx, heightPx: size.heightPx, pixels, opaque };
}
