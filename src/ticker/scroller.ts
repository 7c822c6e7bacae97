import type { Rectangle } from '../core/geometry.js';
import type { TickerStrip, TickerUpdate } from './update.js';

/** Air between a text and its repetition, and between a text and its successor, in cell heights. */
const GAP_HEIGHTS = 2;
/** So much further than it is to be seen, in cell widths, does a text run that leaves, to end with a sentence. */
const SENTENCE_WIDTHS = 1;

/** A strip and its pixels as words, of which one holds red, green, blue and alpha. */
type Text = { readonly strip: TickerStrip; readonly words: Uint32Array };

/** A text that is no longer the current one and only runs out, with its tokens from the first to before `endToken`. */
type Leaving = { text: Text; xPx: number; endPx: number; readonly endToken: number };

/**
 * Moves the running line and draws it, in the wall thread, once a tick. The text enters from the right and repeats for ever.
 * `advance` and `draw` allocate nothing.
 */
export class TickerScroller {
  readonly #heightPx: number;
  readonly #gapPx: number;
  /** Where texts come in: the width of the cell that was drawn last. */
  #widthPx: number;
  readonly #ownBackground: string;
  /** What is behind the text now. */
  #backgroundColour = '';
  #red = 0;
  #green = 0;
  #blue = 0;
  /** One row of background, as wide as the widest cell so far. */
  #background: Buffer = Buffer.alloc(0);
  #text: Text | null = null;
  /** Left edge of the current text's first copy that is still to be seen; further copies follow at even distances. */
  #originPx = 0;
  readonly #leaving: Leaving[] = [];

  /**
   * @param heightPx of the ticker cells that this scroller serves
   * @param widthPx of the cell, in which texts come in from the right
   * @param background `#rrggbb`
   */
  constructor(heightPx: number, widthPx: number, background: string) {
    this.#heightPx = heightPx;
    this.#widthPx = widthPx;
    this.#gapPx = Math.max(1, Math.round(heightPx * GAP_HEIGHTS));
    this.#ownBackground = background;
    this.#useBackground(background);
  }

  /** Takes what the painter made; updates for other heights are ignored. */
  apply(update: TickerUpdate): void {
    if (update.heightPx !== this.#heightPx) return;
    const text = textOf(update.strip);
    const current = this.#text;
    const isSameText = current?.strip.tokenStartsPx.length === update.strip.tokenStartsPx.length;
    this.#useBackground(update.strip.background ?? this.#ownBackground);
    if (update.kind === 'replace') this.#replace(text);
    else if (update.kind === 'refresh' && current !== null && isSameText) this.#refresh(current.strip, text);
    else this.#follow(text);
    for (const strip of update.retired ?? []) this.#refreshLeaving(strip);
  }

  /** One tick further. */
  advance(): void {
    if (this.#text === null) return;
    const { strip } = this.#text;
    const step = strip.pixelsPerTick;
    this.#originPx -= step;
    const periodPx = strip.bitmap.widthPx + this.#gapPx;
    if (this.#originPx + periodPx <= 0) this.#originPx += periodPx;
    for (let index = this.#leaving.length - 1; index >= 0; index--) {
      const leaving = this.#leaving[index];
      if (leaving === undefined) continue;
      leaving.xPx -= step;
      if (leaving.xPx + leaving.endPx > 0) continue;
      const last = this.#leaving.pop();
      if (last !== undefined && last !== leaving) this.#leaving[index] = last;
    }
  }

  /**
   * Draws the line into a wall picture.
   * @param canvas RGB, 8 bits each, row by row
   * @param rectangle the ticker's cell; what lies outside the canvas is left out
   */
  draw(canvas: Uint8Array, canvasWidthPx: number, rectangle: Rectangle): void {
    if (rectangle.widthPx > this.#background.length / 3) this.#background = this.#backgroundRow(rectangle.widthPx);
    this.#widthPx = rectangle.widthPx;
    this.#fill(canvas, canvasWidthPx, rectangle);
    for (let index = 0; index < this.#leaving.length; index++) {
      const leaving = this.#leaving[index];
      if (leaving !== undefined)
        this.#blend(canvas, canvasWidthPx, rectangle, leaving.text, leaving.xPx, leaving.endPx);
    }
    if (this.#text === null) return;
    const lengthPx = this.#text.strip.bitmap.widthPx;
    for (let x = this.#originPx; x < rectangle.widthPx; x += lengthPx + this.#gapPx) {
      this.#blend(canvas, canvasWidthPx, rectangle, this.#text, x, lengthPx);
    }
  }

  #refresh(before: TickerStrip, text: Text): void {
    this.#text = text;
    this.#originPx += anchorShiftPx(before, text.strip, this.#originPx);
  }

  /** A text that runs out gets its new counts where it stands, and still ends behind the same token. */
  #refreshLeaving(strip: TickerStrip): void {
    for (const leaving of this.#leaving) {
      const before = leaving.text.strip;
      const isSameText = before.textNumber !== undefined && before.textNumber === strip.textNumber;
      if (!isSameText || before.tokenStartsPx.length !== strip.tokenStartsPx.length) continue;
      leaving.xPx += anchorShiftPx(before, strip, leaving.xPx);
      leaving.text = textOf(strip);
      leaving.endPx = strip.tokenStartsPx[leaving.endToken] ?? strip.bitmap.widthPx;
    }
  }

  /** The new text is there at once. */
  #replace(text: Text): void {
    this.#leaving.length = 0;
    this.#text = text;
    this.#originPx = 0;
  }

  #useBackground(background: string): void {
    if (background === this.#backgroundColour) return;
    this.#backgroundColour = background;
    const colour = Number.parseInt(background.slice(1), 16);
    this.#red = (colour >> 16) & 255;
    this.#green = (colour >> 8) & 255;
    this.#blue = colour & 255;
    this.#background = this.#backgroundRow(Math.max(this.#widthPx, this.#background.length / 3));
  }

  /** The new text comes in behind what is to be seen now; a text that was waiting outside is forgotten. */
  #follow(text: Text): void {
    const before = this.#text;
    this.#text = text;
    if (before !== null && this.#originPx < this.#widthPx) this.#letLeave(before);
    let endPx = Number.NEGATIVE_INFINITY;
    for (const leaving of this.#leaving) endPx = Math.max(endPx, leaving.xPx + leaving.endPx);
    this.#originPx = Math.max(this.#widthPx, endPx + this.#gapPx);
  }

  /**
   * Every copy that is to be seen runs out. One that reaches beyond the right edge ends with the sentence that stands there
   * if that is not far, so that no passer-by reads "done today" without its number; else behind the token.
   */
  #letLeave(text: Text): void {
    const lengthPx = text.strip.bitmap.widthPx;
    const starts = text.strip.tokenStartsPx;
    for (let xPx = this.#originPx; xPx < this.#widthPx; xPx += lengthPx + this.#gapPx) {
      let endToken = 0;
      while (endToken < starts.length && xPx + (starts[endToken] ?? 0) < this.#widthPx) endToken += 1;
      const sentenceEnd = text.strip.separators?.find((token) => token >= endToken) ?? starts.length;
      const sentenceEndPx = xPx + (starts[sentenceEnd] ?? lengthPx);
      if (sentenceEndPx <= this.#widthPx * (1 + SENTENCE_WIDTHS)) endToken = sentenceEnd;
      this.#leaving.push({ text, xPx, endPx: starts[endToken] ?? lengthPx, endToken });
    }
  }

  #backgroundRow(widthPx: number): Buffer {
    const row = Buffer.alloc(widthPx * 3);
    for (let index = 0; index < row.length; index += 3) {
      row[index] = this.#red;
      row[index + 1] = this.#green;
      row[index + 2] = this.#blue;
    }
    return row;
  }

  #fill(canvas: Uint8Array, canvasWidthPx: number, rectangle: Rectangle): void {
    const left = Math.max(0, rectangle.x);
    const right = Math.min(canvasWidthPx, rectangle.x + rectangle.widthPx);
    if (right <= left) return;
    const bottom = Math.min(canvas.length / (canvasWidthPx * 3), rectangle.y + rectangle.heightPx);
    for (let y = Math.max(0, rectangle.y); y < bottom; y++) {
      this.#background.copy(canvas, (y * canvasWidthPx + left) * 3, 0, (right - left) * 3);
    }
  }

  /** Lays a strip's columns 0 to `endPx` over the background, its left edge at `xPx` of the rectangle. */
  #blend(
    canvas: Uint8Array,
    canvasWidthPx: number,
    rectangle: Rectangle,
    text: Text,
    xPx: number,
    endPx: number,
  ): void {
    const { words, strip } = text;
    const { widthPx, heightPx } = strip.bitmap;
    const red = this.#red;
    const green = this.#green;
    const blue = this.#blue;
    const from = Math.max(0, -xPx, -(rectangle.x + xPx));
    const to = Math.min(endPx, rectangle.widthPx - xPx, canvasWidthPx - rectangle.x - xPx);
    const canvasHeightPx = canvas.length / (canvasWidthPx * 3);
    const lastRow = Math.min(heightPx, rectangle.heightPx, canvasHeightPx - rectangle.y);
    for (let row = Math.max(0, -rectangle.y); row < lastRow; row++) {
      const sourceEnd = row * widthPx + to;
      let target = ((rectangle.y + row) * canvasWidthPx + rectangle.x + xPx + from) * 3;
      for (let source = row * widthPx + from; source < sourceEnd; source++, target += 3) {
        const pixel = words[source] ?? 0;
        if (pixel === 0) continue;
        const alpha = pixel >>> 24;
        const rest = 255 - alpha;
        canvas[target] = nearest255th(red * rest + (pixel & 255) * alpha);
        canvas[target + 1] = nearest255th(green * rest + ((pixel >> 8) & 255) * alpha);
        canvas[target + 2] = nearest255th(blue * rest + ((pixel >> 16) & 255) * alpha);
      }
    }
  }
}

/**
 * How far a strip must be moved when another takes its place, so that the first token that is to be seen from its
 * beginning stays where it is. Left of that there is at most the rest of one token, which runs out of sight.
 * @param xPx where the strip's left edge stands, out of sight being below 0
 */
function anchorShiftPx(before: TickerStrip, after: TickerStrip, xPx: number): number {
  const starts = before.tokenStartsPx;
  for (let index = 0; index < starts.length; index++) {
    const startPx = starts[index] ?? 0;
    if (xPx + startPx >= 0) return startPx - (after.tokenStartsPx[index] ?? 0);
  }
  // Only the last token, or the gap behind it, is to be seen: what follows keeps its place.
  return before.bitmap.widthPx - after.bitmap.widthPx;
}

/** `value` ÷ 255, rounded to the nearest whole, for whole numbers from 0 to 255². */
function nearest255th(value: number): number {
  const shifted = value + 128;
  return (shifted + (shifted >> 8)) >> 8;
}

/** Pixels are read as 32-bit words, alpha in the highest byte: every machine that runs Node is little-endian here. */
function textOf(strip: TickerStrip): Text {
  const { pixels, widthPx, heightPx } = strip.bitmap;
  return { strip, words: new Uint32Array(pixels.buffer, pixels.byteOffset, widthPx * heightPx) };
}
