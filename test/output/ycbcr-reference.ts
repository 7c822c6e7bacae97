import type { CanvasFrame } from '../../src/output/output-driver.js';

/** A pair of pixels in narrow-range Y′CbCr of so many bits: BT.709 in floating point, rounded half up. */
export function pairOf(pixels: Uint8Array, at: number, bits: 8 | 10): { y: [number, number]; cb: number; cr: number } {
  const scale = 2 ** (bits - 8);
  const code = (index: number): number => (pixels[at + index] ?? NaN) / 255;
  const luma = (r: number, g: number, b: number): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  // A tie that floating point misses by its last digits is still a tie.
  const rounded = (value: number): number => Math.floor(value + 0.5 + 1e-9);
  const first = luma(code(0), code(1), code(2));
  const second = luma(code(3), code(4), code(5));
  const mean = (first + second) / 2;
  return {
    y: [rounded(scale * (16 + 219 * first)), rounded(scale * (16 + 219 * second))],
    cb: rounded(scale * (128 + (224 * ((code(2) + code(5)) / 2 - mean)) / 1.8556)),
    cr: rounded(scale * (128 + (224 * ((code(0) + code(3)) / 2 - mean)) / 1.5748)),
  };
}

/** Cb Y Cr Y, a byte each. */
export function uyvyOf({ pixels }: CanvasFrame): Buffer {
  const bytes = Buffer.alloc((pixels.length / 6) * 4);
  for (let at = 0, out = 0; at < pixels.length; at += 6, out += 4) {
    const { y, cb, cr } = pairOf(pixels, at, 8);
    bytes.set([cb, y[0], cr, y[1]], out);
  }
  return bytes;
}

/** Three planes of 16-bit little-endian words that hold 10 bits. */
export function planes10Of({ pixels }: CanvasFrame): Buffer {
  const pairs = pixels.length / 6;
  const bytes = Buffer.alloc(pairs * 8);
  for (let pair = 0; pair < pairs; pair += 1) {
    const { y, cb, cr } = pairOf(pixels, pair * 6, 10);
    bytes.writeUInt16LE(y[0], pair * 4);
    bytes.writeUInt16LE(y[1], pair * 4 + 2);
    bytes.writeUInt16LE(cb, pairs * 4 + pair * 2);
    bytes.writeUInt16LE(cr, pairs * 6 + pair * 2);
  }
  return bytes;
}

/** Cb Y Cr Y of ten bits each, written bit by bit. */
export function uyvpOf({ pixels }: CanvasFrame): Buffer {
  const bytes = Buffer.alloc((pixels.length / 6) * 5);
  let bit = 0;
  for (let at = 0; at < pixels.length; at += 6) {
    const { y, cb, cr } = pairOf(pixels, at, 10);
    for (const sample of [cb, y[0], cr, y[1]]) {
      for (let place = 9; place >= 0; place -= 1, bit += 1) {
        if (((sample >> place) & 1) === 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
      }
    }
  }
  return bytes;
}
