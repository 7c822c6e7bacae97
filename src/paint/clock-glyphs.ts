import { type Bitmap, createBitmap } from '../core/bitmap.js';
import type { GlyphAtlas } from '../wall/scene.js';
import { advanceEm } from './advance.js';
import { lineMarkup } from './line.js';
import { rasterise } from './svg.js';
import { BASELINE_EM } from './text.js';

/** What dates and times are written with, in Chinese and in figures. */
const DIGITS = Array.from('0123456789');
const CHARACTERS = [...DIGITS, ...Array.from(':-/. 年月日星期周一二三四五六上下午')];
const WEIGHT = 'bold';
const LINE_EM = 1.2;
/** The colon of a time stands between figures, which are higher than the small letters it was drawn for. */
const COLON_RAISE_EM = 0.075;
const DIGIT = /\d/;

/** How the glyphs of the clock look. */
export type ClockGlyphsRequest = { readonly fontSizePx: number; readonly colour?: string };

/**
 * Paints the glyphs of date and time. Each is as wide as the pen moves, in whole pixels, all digits equally wide, so that
 * a compositor sets a time by putting glyphs side by side.
 */
export async function paintClockGlyphs({ fontSizePx, colour = '#f4f1e8' }: ClockGlyphsRequest): Promise<GlyphAtlas> {
  const heightPx = Math.ceil(LINE_EM * fontSizePx);
  const widestDigitEm = Math.max(...(await Promise.all(DIGITS.map((digit) => advanceEm(digit, WEIGHT)))));
  const glyphs: Record<string, Bitmap> = {};
  for (const character of CHARACTERS) {
    const advancePx = (await advanceEm(character, WEIGHT)) * fontSizePx;
    const widthPx = Math.ceil(DIGIT.test(character) ? widestDigitEm * fontSizePx : advancePx);
    const raisePx = character === ':' ? COLON_RAISE_EM * fontSizePx : 0;
    const markup = lineMarkup({
      text: character,
      xPx: (widthPx - advancePx) / 2,
      baselinePx: Math.round((heightPx - fontSizePx) / 2 + BASELINE_EM * fontSizePx - raisePx),
      fontSizePx,
      weight: WEIGHT,
      colour,
    });
    glyphs[character] = createBitmap({ widthPx, heightPx }, await rasterise({ widthPx, heightPx }, markup));
  }
  return { heightPx, glyphs };
}
