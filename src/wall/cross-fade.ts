import type { Size } from '../core/geometry.js';
import type { Layer } from './layer.js';

/** What is still seen of the scene before. */
export type FadingScene = { readonly layers: readonly Layer[]; readonly canvas: Uint8Array };

const EVEN_BYTES = 0x00ff00ff;
const STEPS = 256;

/**
 * One scene turning into the next. Both are drawn while it lasts, so that pictures keep moving on both sides; the canvas of
 * the one before is kept for the next fade.
 */
export class CrossFade {
  readonly #canvas: Uint8Array;
  readonly #canvasWords: Uint32Array;
  readonly #views = new WeakMap<Uint8Array, Uint32Array>();
  #scene: FadingScene | null = null;
  #beginMs: number | null = null;
  #durationMs = 0;
  /** Share of the new scene, 0 to 256. */
  #share = 0;

  constructor(size: Size) {
    const bytes = size.widthPx * size.heightPx * 3;
    const memory = new ArrayBuffer(Math.ceil(bytes / 4) * 4);
    this.#canvas = new Uint8Array(memory, 0, bytes);
    this.#canvasWords = new Uint32Array(memory);
  }

  /** @param layers of the scene that goes; the first canvas after this begins the fade */
  begin(layers: readonly Layer[], durationMs: number): void {
    this.#scene = { layers, canvas: this.#canvas };
    this.#beginMs = null;
    this.#durationMs = durationMs;
  }

  /** The scene that is still seen, to be drawn into its canvas before `blend`; null when there is none. */
  before(nowMs: number): FadingScene | null {
    if (this.#scene === null) return null;
    this.#beginMs ??= nowMs;
    this.#share = Math.round(((nowMs - this.#beginMs) / this.#durationMs) * STEPS);
    if (this.#share >= STEPS) this.#scene = null;
    return this.#scene;
  }

  /** Mixes the scene before into a canvas of the new one, as far as the fade has come. */
  blend(into: Uint8Array): void {
    const newShare = this.#share;
    const oldShare = STEPS - newShare;
    const words = this.#wordsOf(into);
    const before = this.#canvasWords;
    // Two bytes a multiplication: each has 16 bits of room.
    for (let index = 0; index < words.length; index += 1) {
      const a = words[index] as number;
      const b = before[index] as number;
      const even = (Math.imul(a & EVEN_BYTES, newShare) + Math.imul(b & EVEN_BYTES, oldShare)) >>> 8;
      const odd = Math.imul((a >>> 8) & EVEN_BYTES, newShare) + Math.imul((b >>> 8) & EVEN_BYTES, oldShare);
      words[index] = (even & EVEN_BYTES) | (odd & ~EVEN_BYTES);
    }
    for (let index = words.length * 4; index < into.length; index += 1) {
      into[index] = ((into[index] ?? 0) * newShare + (this.#canvas[index] ?? 0) * oldShare) >> 8;
    }
  }

  /** A canvas as 32-bit words, kept for each buffer it comes in; empty where it does not lie on a word. */
  #wordsOf(canvas: Uint8Array): Uint32Array {
    const known = this.#views.get(canvas);
    if (known !== undefined) return known;
    const { buffer, byteOffset, length } = canvas;
    const words = byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >> 2) : new Uint32Array(0);
    this.#views.set(canvas, words);
    return words;
  }
}
