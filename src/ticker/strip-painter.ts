import type { Bitmap } from '../core/bitmap.js';
import { allocateShared } from '../core/shared-memory.js';
import { Paintings } from '../paint/paintings.js';
import { tickerFontSizePx } from '../paint/sizes.js';
import { firstCharacter, lastCharacter, shiftBetween } from '../paint/spacing.js';
import { paintSvg } from '../paint/svg.js';
import { type PaintedText, paintLine } from '../paint/text.js';
import { tickerSpeed } from './speed.js';
import type { StripToken } from './strip-token.js';
import type { TickerStrip } from './update.js';

/** How a strip looks, and how fast it will run. */
export type StripStyle = {
  readonly heightPx: number;
  /** `#rrggbb` */
  readonly colour: string;
  readonly numberColour: string;
  readonly charactersPerMinute: number;
  readonly framesPerSecond: number;
};

/** A strip's memory is bounded; a text that would take more (2,000 characters in a very high cell) is cut. */
const LARGEST_STRIP_BYTES = 32 * 1024 * 1024;
/** Digits and the values of the last while: what was counted an hour ago does not come again. */
const KEPT_VALUE_BYTES = 2 * 1024 * 1024;
/** Room at both ends for shapes that reach beyond the pen's way. */
const END_MARGIN_EM = 0.15;
const SEPARATOR_WIDTH_EM = 1.5;
const SEPARATOR_RADIUS_EM = 0.11;
const SEPARATOR_OPACITY = 0.6;
/** A number that gets shorter by about one digit keeps its room, so that 9 and 10 in turn do not move the line. */
const KEPT_ROOM_EM = 0.95;
const NUMBER = /^[0-9][0-9,.]*$/;

/** A value ready to be placed: its painted parts side by side, each with its own room. */
type SetValue = {
  readonly parts: readonly { readonly painted: PaintedText; readonly widthPx: number }[];
  readonly widthPx: number;
};

/** Paints one text at one height, again and again as its counts change. What was painted is kept and placed again. */
export class StripPainter {
  readonly #style: StripStyle;
  readonly #fontSizePx: number;
  /** What stands in the text itself: painted once, kept to its end. */
  readonly #texts = new Paintings<PaintedText>(Number.POSITIVE_INFINITY, bytesOf);
  /** What stands in the place of counts. */
  readonly #values = new Paintings<PaintedText>(KEPT_VALUE_BYTES, bytesOf);
  readonly #tokens: readonly StripToken[];
  /** Room that each token's value has, by index; only fields are in it. */
  readonly #roomsPx = new Map<number, number>();
  /** How many tokens fit into the bound; decided by the first painting, so that every refresh has as many. */
  #tokenCount: number;

  constructor(tokens: readonly StripToken[], style: StripStyle) {
    this.#tokens = tokens;
    this.#tokenCount = tokens.length;
    this.#style = style;
    this.#fontSizePx = tickerFontSizePx(style.heightPx);
  }

  /** Whether the text was too long for this height and the strip ends early. Known after the first painting. */
  get isCut(): boolean {
    return this.#tokenCount < this.#tokens.length;
  }

  /**
   * Paints the strip.
   * @param valueOf what stands in a count's place, formatted
   */
  async paint(valueOf: (source: string, field: string) => string): Promise<TickerStrip> {
    const { heightPx } = this.#style;
    const largestWidthPx = Math.floor(LARGEST_STRIP_BYTES / 4 / heightPx);
    const placements: { readonly painted: PaintedText; readonly xPx: number }[] = [];
    const tokenStartsPx: number[] = [];
    const separators: number[] = [];
    const marginPx = Math.ceil(END_MARGIN_EM * this.#fontSizePx);
    let penPx = marginPx;
    let previous = '';
    for (const [index, token] of this.#tokens.slice(0, this.#tokenCount).entries()) {
      const startPx = penPx + Math.round(shiftBetween(previous, firstOf(token)) * this.#fontSizePx);
      const room = await this.#set(token, index, valueOf);
      if (startPx + room.widthPx + marginPx > largestWidthPx) {
        this.#tokenCount = index;
        break;
      }
      tokenStartsPx.push(startPx);
      if (token.kind === 'separator') separators.push(index);
      let xPx = startPx + room.indentPx;
      for (const part of room.value.parts) {
        placements.push({ painted: part.painted, xPx });
        xPx += part.widthPx;
      }
      penPx = startPx + room.widthPx;
      previous = lastOf(token);
    }
    const bitmap = composeStrip(placements, penPx + marginPx, heightPx);
    const { charactersPerMinute, framesPerSecond } = this.#style;
    const { pixelsPerTick } = tickerSpeed(charactersPerMinute, this.#fontSizePx, framesPerSecond);
    return { bitmap, tokenStartsPx, separators, pixelsPerTick };
  }

  async #set(
    token: StripToken,
    index: number,
    valueOf: (source: string, field: string) => string,
  ): Promise<{ value: SetValue; indentPx: number; widthPx: number }> {
    if (token.kind === 'separator') {
      const painted = await this.#separator();
      return {
        value: { parts: [{ painted, widthPx: painted.advancePx }], widthPx: painted.advancePx },
        indentPx: 0,
        widthPx: painted.advancePx,
      };
    }
    if (token.kind === 'text') {
      const value = await this.#setText(this.#texts, token.text, this.#style.colour);
      return { value, indentPx: 0, widthPx: value.widthPx };
    }
    const text = valueOf(token.source, token.field);
    const value = NUMBER.test(text)
      ? await this.#setNumber(text)
      : await this.#setText(this.#values, text, this.#style.numberColour);
    const widthPx = this.#roomFor(index, value.widthPx);
    const indentPx = NUMBER.test(text) ? widthPx - value.widthPx : Math.floor((widthPx - value.widthPx) / 2);
    return { value, indentPx, widthPx };
  }

  /** Grows at once, shrinks only when more than a digit is to spare. */
  #roomFor(index: number, neededPx: number): number {
    const roomPx = this.#roomsPx.get(index) ?? 0;
    const isKept = neededPx <= roomPx && roomPx - neededPx <= KEPT_ROOM_EM * this.#fontSizePx;
    const nextPx = isKept ? roomPx : neededPx;
    this.#roomsPx.set(index, nextPx);
    return nextPx;
  }

  async #setText(pieces: Paintings<PaintedText>, text: string, colour: string): Promise<SetValue> {
    const painted = await this.#piece(pieces, text, colour);
    const widthPx = Math.max(1, Math.round(painted.advancePx));
    return { parts: [{ painted, widthPx }], widthPx };
  }

  /** Digit by digit, each in a room of whole pixels: the same digit is the same picture wherever it stands. */
  async #setNumber(text: string): Promise<SetValue> {
    const parts = await Promise.all(
      [...text].map(async (character) => {
        const painted = await this.#piece(this.#values, character, this.#style.numberColour);
        return { painted, widthPx: Math.ceil(painted.advancePx) };
      }),
    );
    return { parts, widthPx: parts.reduce((sum, part) => sum + part.widthPx, 0) };
  }

  #piece(pieces: Paintings<PaintedText>, text: string, colour: string): Promise<PaintedText> {
    const { heightPx } = this.#style;
    return pieces.get(`${colour} ${text}`, () =>
      paintLine({ text, colour, fontSizePx: this.#fontSizePx, weight: 'bold', heightPx }),
    );
  }

  #separator(): Promise<PaintedText> {
    const { heightPx, colour } = this.#style;
    const widthPx = Math.max(1, Math.round(SEPARATOR_WIDTH_EM * this.#fontSizePx));
    const radiusPx = Math.max(1, SEPARATOR_RADIUS_EM * this.#fontSizePx);
    const dot = `<circle cx="${widthPx / 2}" cy="${heightPx / 2}" r="${radiusPx}" fill="${colour}" fill-opacity="${SEPARATOR_OPACITY}"/>`;
    return this.#texts.get('separator', async () => ({
      bitmap: await paintSvg({ widthPx, heightPx }, dot),
      originPx: 0,
      advancePx: widthPx,
      baselinePx: heightPx,
    }));
  }
}

function bytesOf({ bitmap }: PaintedText): number {
  return bitmap.pixels.byteLength;
}

/** A value stands for a figure: its room must not depend on what it is just now. */
function firstOf(token: StripToken): string {
  return token.kind === 'text' ? firstCharacter(token.text) : token.kind === 'field' ? '0' : '';
}

function lastOf(token: StripToken): string {
  return token.kind === 'text' ? lastCharacter(token.text) : token.kind === 'field' ? '0' : '';
}

/** Lays painted texts side by side. Margins of neighbours overlap; where both have ink, the denser wins. */
function composeStrip(
  placements: readonly { readonly painted: PaintedText; readonly xPx: number }[],
  widthPx: number,
  heightPx: number,
): Bitmap {
  const strip = new Uint32Array(allocateShared(widthPx * heightPx * 4));
  for (const { painted, xPx } of placements) {
    const { bitmap } = painted;
    const source = new Uint32Array(bitmap.pixels.buffer, bitmap.pixels.byteOffset, bitmap.widthPx * bitmap.heightPx);
    const left = xPx - painted.originPx;
    const from = Math.max(0, -left);
    const to = Math.min(bitmap.widthPx, widthPx - left);
    for (let y = 0; y < heightPx; y++) {
      const sourceRow = y * bitmap.widthPx;
      const stripRow = y * widthPx + left;
      for (let x = from; x < to; x++) {
        const pixel = source[sourceRow + x] ?? 0;
        if (pixel >>> 24 > (strip[stripRow + x] ?? 0) >>> 24) strip[stripRow + x] = pixel;
      }
    }
  }
  return { widthPx, heightPx, pixels: new Uint8Array(strip.buffer), opaque: false };
}
