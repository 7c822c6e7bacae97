import type { Tables } from './tables.js';

/** Looks every byte of a picture up in its channel's table, in place. @param words three for every four pixels */
export function grade(words: Uint32Array, [a, b, c]: Tables<Uint8Array>): void {
  for (let index = 0; index < words.length; index += 3) {
    const x = words[index] as number;
    const y = words[index + 1] as number;
    const z = words[index + 2] as number;
    words[index] = of(a, x) | (of(b, x >>> 8) << 8) | (of(c, x >>> 16) << 16) | (of(a, x >>> 24) << 24);
    words[index + 1] = of(b, y) | (of(c, y >>> 8) << 8) | (of(a, y >>> 16) << 16) | (of(b, y >>> 24) << 24);
    words[index + 2] = of(c, z) | (of(a, z >>> 8) << 8) | (of(b, z >>> 16) << 16) | (of(c, z >>> 24) << 24);
  }
}

/**
 * The same with tables in 256ths, each pixel's threshold added before the fraction is cut off.
 * @param thresholds one for each pixel, up to whole groups of four
 */
export function gradeDithered(words: Uint32Array, [a, b, c]: Tables<Uint16Array>, thresholds: Uint8Array): void {
  for (let index = 0, pixel = 0; index < words.length; index += 3, pixel += 4) {
    const x = words[index] as number;
    const y = words[index + 1] as number;
    const z = words[index + 2] as number;
    const p = thresholds[pixel] as number;
    const q = thresholds[pixel + 1] as number;
    const r = thresholds[pixel + 2] as number;
    const s = thresholds[pixel + 3] as number;
    words[index] =
      ((fineOf(a, x) + p) >> 8) |
      ((fineOf(b, x >>> 8) + p) & HIGH) |
      (((fineOf(c, x >>> 16) + p) & HIGH) << 8) |
      (((fineOf(a, x >>> 24) + q) & HIGH) << 16);
    words[index + 1] =
      ((fineOf(b, y) + q) >> 8) |
      ((fineOf(c, y >>> 8) + q) & HIGH) |
      (((fineOf(a, y >>> 16) + r) & HIGH) << 8) |
      (((fineOf(b, y >>> 24) + r) & HIGH) << 16);
    words[index + 2] =
      ((fineOf(c, z) + r) >> 8) |
      ((fineOf(a, z >>> 8) + s) & HIGH) |
      (((fineOf(b, z >>> 16) + s) & HIGH) << 8) |
      (((fineOf(c, z >>> 24) + s) & HIGH) << 16);
  }
}

/** The whole part of 256ths. */
const HIGH = 0xff00;

/** What the lowest byte of a word becomes. One function for each kind of table: the compiler makes the faster code of it. */
function of(table: Uint8Array, word: number): number {
  return table[word & 0xff] as number;
}

function fineOf(table: Uint16Array, word: number): number {
  return table[word & 0xff] as number;
}
