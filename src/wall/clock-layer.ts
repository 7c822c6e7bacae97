import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';
import { ClockText } from './clock-text.js';
import type { Layer, Moment } from './layer.js';
import { blend, clip, mix, parseColour } from './pixels.js';
import type { ClockItem, GlyphAtlas } from './scene.js';

/** Date and time on a plate. Text is chosen once a second; in between, the same glyphs are laid over the picture again. */
export class ClockLayer implements Layer {
  readonly #size: Size;
  readonly #rectangle: Rectangle;
  readonly #plate: Rectangle | null;
  readonly #atlas: GlyphAtlas;
  readonly #text: ClockText;
  /** What each value of each channel becomes under the plate: 3 × 256. */
  readonly #plateTable = new Uint8Array(768);
  #second = Number.NaN;
  #glyphs: readonly Bitmap[] = [];
  #widthPx = 0;

  /** @throws RangeError for an unknown time zone or colour */
  constructor(canvas: Size, item: ClockItem) {
    this.#size = canvas;
    this.#rectangle = item.rectangle;
    this.#plate = clip(item.rectangle, canvas);
    this.#atlas = item.glyphs;
    this.#text = new ClockText(item);
    const alpha = Math.round(Math.min(1, Math.max(0, item.plate.opacity)) * 255);
    parseColour(item.plate.colour).forEach((value, channel) => {
      for (let under = 0; under < 256; under += 1) this.#plateTable[channel * 256 + under] = mix(value, under, alpha);
    });
  }

  draw(canvas: Uint8Array, now: Moment): void {
    const second = Math.floor(now.epochMs / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#write(now.epochMs);
    }
    this.#drawPlate(canvas);
    let x = this.#rectangle.x + Math.floor((this.#rectangle.widthPx - this.#widthPx) / 2);
    const y = this.#rectangle.y + Math.floor((this.#rectangle.heightPx - this.#atlas.heightPx) / 2);
    for (const glyph of this.#glyphs) {
      blend(canvas, this.#size, glyph, x, y);
      x += glyph.widthPx;
    }
  }

  #write(epochMs: number): void {
    for (const text of this.#text.variants(epochMs)) {
      const glyphs = [...text].map((character) => this.#atlas.glyphs[character]);
      const known = glyphs.filter((glyph) => glyph !== undefined);
      const widthPx = known.reduce((sum, glyph) => sum + glyph.widthPx, 0);
      this.#glyphs = known;
      this.#widthPx = widthPx;
      // Half a glyph's height of air at either side, so that the text stands on its plate and not at its edge.
      if (known.length === glyphs.length && widthPx + this.#atlas.heightPx <= this.#rectangle.widthPx) return;
    }
  }

  #drawPlate(canvas: Uint8Array): void {
    if (this.#plate === null) return;
    const { x, y, widthPx, heightPx } = this.#plate;
    const table = this.#plateTable;
    for (let row = y; row < y + heightPx; row += 1) {
      let at = (row * this.#size.widthPx + x) * 3;
      for (const end = at + widthPx * 3; at < end; at += 3) {
        canvas[at] = table[canvas[at] ?? 0] ?? 0;
        canvas[at + 1] = table[256 + (canvas[at + 1] ?? 0)] ?? 0;
        canvas[at + 2] = table[512 + (canvas[at + 2] ?? 0)] ?? 0;
      }
    }
  }
}
