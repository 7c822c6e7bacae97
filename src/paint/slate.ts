import type { Bitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';
import type { WallLanguage } from '../core/wall-locale.js';
import { lineMarkup } from './line.js';
import { slateFontSizesPx, SMALLEST_TEXT_PX } from './sizes.js';
import { lastPictureWords, type SlateMood, slateWords } from './slate-words.js';
import { outerAirEm } from './spacing.js';
import { paintSvg } from './svg.js';
import { BASELINE_EM, fitText, textAdvancePx } from './text.js';

/** Dark and flat: at night a bright slate dazzles a street, and gradients near black break into bands on LEDs. */
const BACKGROUND = '#101720';
const NAME_COLOUR = '#e9e6dc';
const WORDS_COLOUR = '#b4bec9';
const TIME_COLOUR = '#8c98a5';
const ACCENTS: Readonly<Record<SlateMood, string>> = { waiting: '#4f7399', failing: '#b3812f', off: '#4a5460' };
const WEIGHT = 'bold';
const WIDEST_SHARE = 0.92;
const HIGHEST_SHARE = 0.94;
/** Between the lines, in ems of the smaller type. */
const GAP_EM = 0.45;
/** Under the name stands a bar, which needs more air than another line. */
const BAR_GAP_EM = 0.6;

/** What a slate is painted for. */
export type SlateRequest = {
  /** The slate has exactly this size. */
  readonly size: Size;
  readonly cameraName: string;
  /** A camera's state, as in the tile's status. */
  readonly state: string;
  /** A stable code, null while nothing is wrong. */
  readonly reason: string | null;
  /** Epoch milliseconds of the last picture; null or absent: the line is left out. */
  readonly lastPictureAtMs?: number | null;
  /** IANA time zone in which people read that time. */
  readonly timeZone?: string;
  readonly language?: WallLanguage;
};

type SlateLine = { readonly text: string; readonly fontSizePx: number; readonly colour: string };

/**
 * Paints what a tile shows instead of a picture: the camera's name, in smaller type what is wrong and when the last
 * picture came. Opaque. In small tiles the time goes first, then the name; what is wrong stays as long as it can be read.
 */
export async function paintSlate(request: SlateRequest): Promise<Bitmap> {
  const { size } = request;
  const language = request.language ?? 'zh-CN';
  const { mood, parts } = slateWords(request.state, request.reason, language);
  const background = `<rect width="${size.widthPx}" height="${size.heightPx}" fill="${BACKGROUND}"/>`;
  if (size.heightPx * HIGHEST_SHARE < SMALLEST_TEXT_PX) return paintSvg(size, background);

  const { namePx, wordsPx } = slateFontSizesPx(size);
  const name = { text: request.cameraName, fontSizePx: namePx, colour: NAME_COLOUR };
  const words = (text: string): SlateLine => ({ text, fontSizePx: wordsPx, colour: WORDS_COLOUR });
  const whole = words(parts.join(' · '));
  const isWholeFitting = (await fontSizeThatFits(whole, size.widthPx * WIDEST_SHARE)) !== null;
  const wrong = isWholeFitting ? [whole] : parts.map(words);
  const shortest = wrong.slice(0, 1);
  const at = request.lastPictureAtMs ?? null;
  const since =
    at === null
      ? []
      : [
          {
            text: lastPictureWords(at, { timeZone: request.timeZone ?? 'UTC', language }),
            fontSizePx: wordsPx,
            colour: TIME_COLOUR,
          },
        ];

  const candidates = [
    [name, ...wrong, ...since],
    [name, ...wrong],
    [name, ...shortest],
  ];
  const lines = candidates.find((candidate) => heightOf(candidate) <= size.heightPx * HIGHEST_SHARE) ?? shortest;
  return paintSvg(size, background + (await setLines(lines, size, ACCENTS[mood])));
}

/** The accent is a bar between the name and what is wrong with it. */
function barHeightPx(lines: readonly SlateLine[]): number {
  return lines.length > 1 ? Math.max(3, Math.round((lines[0]?.fontSizePx ?? 0) * 0.1)) : 0;
}

function wordsSizePx(lines: readonly SlateLine[]): number {
  return lines.at(-1)?.fontSizePx ?? 0;
}

function heightOf(lines: readonly SlateLine[]): number {
  const text = lines.reduce((sum, line) => sum + line.fontSizePx, 0);
  if (lines.length === 1) return text;
  return text + barHeightPx(lines) + ((lines.length - 2) * GAP_EM + 2 * BAR_GAP_EM) * wordsSizePx(lines);
}

async function setLines(lines: readonly SlateLine[], size: Size, accent: string): Promise<string> {
  const widestPx = Math.floor(size.widthPx * WIDEST_SHARE);
  const barPx = barHeightPx(lines);
  let markup = '';
  let top = (size.heightPx - heightOf(lines)) / 2;
  for (const [index, line] of lines.entries()) {
    const fontSizePx = (await fontSizeThatFits(line, widestPx)) ?? Math.min(SMALLEST_TEXT_PX, line.fontSizePx);
    const style = { fontSizePx, weight: WEIGHT, colour: line.colour } as const;
    const text = await fitText(line.text, widestPx, style);
    const air = outerAirEm(text);
    const airPx = (air.right - air.left) * fontSizePx;
    const xPx = Math.round((size.widthPx - (await textAdvancePx(text, style)) + airPx) / 2);
    const baselinePx = Math.round(top + (line.fontSizePx - fontSizePx) / 2 + BASELINE_EM * fontSizePx);
    markup += lineMarkup({ text, xPx, baselinePx, ...style });
    top += line.fontSizePx;
    if (index === 0 && barPx > 0) {
      top += BAR_GAP_EM * wordsSizePx(lines);
      markup += barMarkup(size.widthPx, Math.round(line.fontSizePx * 1.6), Math.round(top), barPx, accent);
      top += barPx + BAR_GAP_EM * wordsSizePx(lines);
    } else {
      top += GAP_EM * wordsSizePx(lines);
    }
  }
  return markup;
}

function barMarkup(slateWidthPx: number, widthPx: number, topPx: number, heightPx: number, colour: string): string {
  const left = Math.round((slateWidthPx - widthPx) / 2);
  return `<rect x="${left}" y="${topPx}" width="${widthPx}" height="${heightPx}" fill="${colour}"/>`;
}

/** A line that is a little too long gets smaller rather than cut; null when it would become too small to be read. */
async function fontSizeThatFits(line: SlateLine, widestPx: number): Promise<number | null> {
  const widthPx = await textAdvancePx(line.text, { fontSizePx: line.fontSizePx, weight: WEIGHT });
  if (widthPx <= widestPx) return line.fontSizePx;
  const smaller = Math.floor((line.fontSizePx * widestPx) / widthPx);
  return smaller >= SMALLEST_TEXT_PX ? smaller : null;
}
