import type { Tables } from './colour/tables.js';

/**
 * Picks pixels of a canvas in any order, such as that of a chain of LEDs, four at a time. `isNull` is asked once for four
 * pixels: a group with a null pixel in it takes the slow way.
 */
export class PixelGather {
  /** The first byte of each pixel in the canvas, negative where there is none, up to whole groups of four. */
  readonly #offsets: Int32Array;
  readonly #channels: readonly [number, number, number];

  /**
   * @param sources the canvas's pixel for each pixel that is wanted, counted row by row; negative: black
   * @param channels which of red, green and blue each byte carries
   */
  constructor(sources: Int32Array, channels: readonly [number, number, number]) {
    this.#offsets = new Int32Array(Math.ceil(sources.length / 4) * 4).fill(-1);
    sources.forEach((source, index) => (this.#offsets[index] = source < 0 ? -1 : source * 3));
    this.#channels = channels;
  }

  /** Picks the pixels as they are. @param words three for every four pixels */
  pick(canvas: Uint8Array, words: Uint32Array): void {
    const offsets = this.#offsets;
    const [c0, c1, c2] = this.#channels;
    for (let index = 0, word = 0; index < offsets.length; index += 4, word += 3) {
      const p = offsets[index] as number;
      const q = offsets[index + 1] as number;
      const r = offsets[index + 2] as number;
      const s = offsets[index + 3] as number;
      if ((p | q | r | s) < 0) {
        this.#pickSome(canvas, words, index, word, null);
        continue;
      }
      words[word] =
        at(canvas, p + c0) | (at(canvas, p + c1) << 8) | (at(canvas, p + c2) << 16) | (at(canvas, q + c0) << 24);
      words[word + 1] =
        at(canvas, q + c1) | (at(canvas, q + c2) << 8) | (at(canvas, r + c0) << 16) | (at(canvas, r + c1) << 24);
      words[word + 2] =
        at(canvas, r + c2) | (at(canvas, s + c0) << 8) | (at(canvas, s + c1) << 16) | (at(canvas, s + c2) << 24);
    }
  }

  /** Picks the pixels and looks every byte up in its channel's table. */
  pickThrough(canvas: Uint8Array, words: Uint32Array, tables: Tables<Uint8Array>): void {
    const offsets = this.#offsets;
    const [c0, c1, c2] = this.#channels;
    const [a, b, c] = tables;
    for (let index = 0, word = 0; index < offsets.length; index += 4, word += 3) {
      const p = offsets[index] as number;
      const q = offsets[index + 1] as number;
      const r = offsets[index + 2] as number;
      const s = offsets[index + 3] as number;
      if ((p | q | r | s) < 0) {
        this.#pickSome(canvas, words, index, word, tables);
        continue;
      }
      words[word] =
        at(a, at(canvas, p + c0)) |
        (at(b, at(canvas, p + c1)) << 8) |
        (at(c, at(canvas, p + c2)) << 16) |
        (at(a, at(canvas, q + c0)) << 24);
      words[word + 1] =
        at(b, at(canvas, q + c1)) |
        (at(c, at(canvas, q + c2)) << 8) |
        (at(a, at(canvas, r + c0)) << 16) |
        (at(b, at(canvas, r + c1)) << 24);
      words[word + 2] =
        at(c, at(canvas, r + c2)) |
        (at(a, at(canvas, s + c0)) << 8) |
        (at(b, at(canvas, s + c1)) << 16) |
        (at(c, at(canvas, s + c2)) << 24);
    }
  }

  /** Four pixels, some of them black. */
  #pickSome(
    canvas: Uint8Array,
    words: Uint32Array,
    index: number,
    word: number,
    tables: Tables<Uint8Array> | null,
  ): void {
    words[word] = 0;
    words[word + 1] = 0;
    words[word + 2] = 0;
    for (let byte = 0; byte < 12; byte += 1) {
      const offset = this.#offsets[index + Math.floor(byte / 3)] as number;
      if (offset < 0) continue;
      const value = at(canvas, offset + (this.#channels[byte % 3] as number));
      const shade = tables === null ? value : at(tables[byte % 3] as Uint8Array, value);
      words[word + (byte >> 2)] = (words[word + (byte >> 2)] as number) | (shade << ((byte & 3) * 8));
    }
  }
}

/** The byte at an index that is known to be there. */
function at(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}
