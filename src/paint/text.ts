/**
 * Everything on the wall that is not a camera's picture, painted with sharp into bitmaps: text, name plates, slates,
 * the glyphs of the clock. Text is set in Noto Sans CJK SC; its digits share one width. Nothing here knows about cells,
 * cameras or time: callers hand in words and sizes.
 */
import { type Bitmap, createBitmap } from '../core/bitmap.js';
import { advanceEm } from './advance.js';
import { type FontWeight, lineMarkup } from './line.js';
import { firstCharacter, lastCharacter, shiftBetween, type SpacedPiece } from './spacing.js';
import { rasterise, toOneLine } from './svg.js';

/** Room left and right of the pen's way, for shapes that reach beyond it (a `j`, an accent), in ems. */
const MARGIN_EM = 0.15;
/** The font's own ascent and descent (`hhea`: 1.160 and 0.288 em): nothing it holds reaches further. */
const ASCENT_EM = 1.16;
const DESCENT_EM = 0.288;
/** Where the baseline stands in the square of a Chinese character, from its top. */
export const BASELINE_EM = 0.88;
const LONGEST_PIECE_CHARACTERS = 32;
const WIDEST_TEXT_PX = 30_000;

/** How a text is painted. */
export type TextStyle = {
  readonly fontSizePx: number;
  readonly weight: FontWeight;
  /** `#rrggbb` */
  readonly colour: string;
};

/** A text with its style. By default the bitmap is as high as the font's line; with `heightPx`, the characters stand in the middle of that height. */
export type TextToPaint = TextStyle & { readonly text: string; readonly heightPx?: number };

/** A painted text and where the pen was. */
export type PaintedText = {
  readonly bitmap: Bitmap;
  /** Where the pen started, from the bitmap's left edge: put the bitmap this far left of where the text should begin. */
  readonly originPx: number;
  /** How far the pen moved, with fractions. */
  readonly advancePx: number;
  /** From the bitmap's top. */
  readonly baselinePx: number;
};

/** How far a line of any length moves the pen, in pixels with fractions. */
export async function textAdvancePx(text: string, style: Pick<TextStyle, 'fontSizePx' | 'weight'>): Promise<number> {
  let advance = 0;
  for (const piece of piecesOf(toOneLine(text))) advance += piece.shiftEm + (await advanceEm(piece.text, style.weight));
  return advance * style.fontSizePx;
}

/**
 * Paints one line on nothing (transparent), never clipped within the font's own bounds.
 * @throws RangeError when the line is wider than 30,000 pixels
 */
export async function paintLine(request: TextToPaint): Promise<PaintedText> {
  const { fontSizePx, weight, colour } = request;
  const heightPx = request.heightPx ?? Math.ceil((ASCENT_EM + DESCENT_EM) * fontSizePx);
  const baselinePx =
    request.heightPx === undefined
      ? Math.round(ASCENT_EM * fontSizePx)
      : Math.round((heightPx - fontSizePx) / 2 + BASELINE_EM * fontSizePx);
  const originPx = Math.ceil(MARGIN_EM * fontSizePx);
  const lines: string[] = [];
  let advancePx = 0;
  for (const piece of piecesOf(toOneLine(request.text))) {
    advancePx += piece.shiftEm * fontSizePx;
    lines.push(lineMarkup({ text: piece.text, xPx: originPx + advancePx, baselinePx, fontSizePx, weight, colour }));
    advancePx += (await advanceEm(piece.text, weight)) * fontSizePx;
  }
  const widthPx = Math.ceil(advancePx) + 2 * originPx;
  if (widthPx > WIDEST_TEXT_PX) throw new RangeError(`a line of ${widthPx} pixels cannot be painted in one piece`);
  const bitmap = createBitmap({ widthPx, heightPx }, await rasterise({ widthPx, heightPx }, lines.join('')));
  return { bitmap, originPx, advancePx, baselinePx };
}

/** Paints one line on nothing and gives the bitmap alone, with a margin of 0.15 em left and right. */
export async function paintText(request: TextToPaint): Promise<Bitmap> {
  return (await paintLine(request)).bitmap;
}

/**
 * The text, or as much of its beginning as fits with an ellipsis; the ellipsis alone when nothing fits.
 * Cuts between what people see as characters.
 */
export async function fitText(
  text: string,
  maximumWidthPx: number,
  style: Pick<TextStyle, 'fontSizePx' | 'weight'>,
): Promise<string> {
  const line = toOneLine(text).trim();
  if ((await textAdvancePx(line, style)) <= maximumWidthPx) return line;
  const characters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(line)].map(
    ({ segment }) => segment,
  );
  let fitting = 0;
  let tooMany = characters.length;
  while (fitting + 1 < tooMany) {
    const middle = (fitting + tooMany) >> 1;
    const candidate = `${characters.slice(0, middle).join('').trimEnd()}…`;
    if ((await textAdvancePx(candidate, style)) <= maximumWidthPx) fitting = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, fitting).join('').trimEnd()}…`;
}

/** Parts short enough to be measured, whose shifts and advances add up to the line's. */
function piecesOf(line: string): readonly SpacedPiece[] {
  const texts: string[] = [];
  let text = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(line)) {
    if (text !== '' && text.length + segment.length > LONGEST_PIECE_CHARACTERS) {
      texts.push(text);
      text = '';
    }
    // A pile of combining marks can be longer than any piece; what is over is left out.
    text += segment.slice(0, LONGEST_PIECE_CHARACTERS);
  }
  if (text !== '') texts.push(text);
  return texts.map((piece, index) => ({
    text: piece,
    shiftEm: shiftBetween(lastCharacter(texts[index - 1] ?? ''), firstCharacter(piece)),
  }));
}
