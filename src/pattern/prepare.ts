import type { WallLanguage, WallLocale } from '../core/wall-locale.js';
import { paintClockGlyphs } from '../paint/clock-glyphs.js';
import { paintLine, textAdvancePx } from '../paint/text.js';
import { paintTileLabel } from '../paint/tile-label.js';
import type { BitmapItem, ClockItem } from '../wall/scene.js';
import type { Digits, PatternPlace, Sign } from './pattern.js';
import { patternOf, type PatternName } from './registry.js';

/** A pattern with everything that drawing it takes. Structured-cloneable; bitmaps are shared, not copied. */
export type PreparedPattern = {
  readonly pattern: PatternName;
  readonly place: PatternPlace;
  readonly digits: Digits;
  /** Laid over it, in this order; counted from the area's top left corner. */
  readonly overlays: readonly (BitmapItem | ClockItem)[];
};

const TEST_PICTURE: Readonly<Record<WallLanguage, string>> = { 'zh-CN': '测试画面', en: 'Test picture' };
const WEIGHT = 'bold';
const DIGIT_COLOUR = '#ffffff';
const NOTHING_BEHIND = { colour: '#000000', opacity: 0 } as const;
/** The height that a line takes, in ems: figures alone, or with what reaches above and below them. */
const LINE_EM = { digits: 0.86, text: 1.26 } as const;

/** Paints the texts of a pattern for a place. */
export async function preparePattern(
  name: PatternName,
  place: PatternPlace,
  { timeZone, language }: WallLocale,
): Promise<PreparedPattern> {
  const pattern = patternOf(name);
  const { area } = place;
  const overlays: (BitmapItem | ClockItem)[] = [];
  // One after the other: a wall of many cabinets is not to take the processor from the wall's pictures.
  for (const sign of pattern.signs?.(place) ?? []) {
    const painted = await paintSign(sign);
    if (painted !== null) overlays.push(painted);
  }
  const clock = pattern.clock?.(area) ?? null;
  if (clock !== null) {
    const { box, fontSizePx } = clock;
    const glyphs = await paintClockGlyphs({ fontSizePx, colour: DIGIT_COLOUR });
    overlays.push({ kind: 'clock', rectangle: box, glyphs, plate: NOTHING_BEHIND, timeZone, language });
  }
  const room = pattern.label?.(place) ?? null;
  const label = room === null ? null : await paintTileLabel({ name: TEST_PICTURE[language], cell: room });
  if (room !== null && label !== null) {
    overlays.push({ kind: 'bitmap', bitmap: label.bitmap, x: room.x + label.x, y: room.y + label.y });
  }
  return {
    pattern: name,
    place,
    digits: await paintDigits(pattern.digitsPx?.(area) ?? null),
    overlays,
  };
}

async function paintSign({ texts, box, shape, largestPx, smallestPx, colour }: Sign): Promise<BitmapItem | null> {
  const highestPx = Math.min(largestPx, Math.floor(box.heightPx / LINE_EM[shape]));
  for (const text of texts) {
    const em = await textAdvancePx(text, { fontSizePx: 1, weight: WEIGHT });
    const fontSizePx = Math.min(highestPx, Math.floor(box.widthPx / em));
    if (fontSizePx < smallestPx) continue;
    const painted = await paintLine({ text, fontSizePx, weight: WEIGHT, colour, heightPx: box.heightPx });
    const x = box.x + Math.round((box.widthPx - painted.advancePx) / 2) - painted.originPx;
    return { kind: 'bitmap', x, y: box.y, bitmap: painted.bitmap };
  }
  return null;
}

async function paintDigits(fontSizePx: number | null): Promise<Digits> {
  if (fontSizePx === null) return [];
  const { glyphs } = await paintClockGlyphs({ fontSizePx, colour: DIGIT_COLOUR });
  return Array.from({ length: 10 }, (_, digit) => glyphs[String(digit)]).filter((glyph) => glyph !== undefined);
}
