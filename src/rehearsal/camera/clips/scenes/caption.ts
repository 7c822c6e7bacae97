import sharp from 'sharp';
import { FONT } from './furniture.js';
import { SCENE_SIZE } from './scene.js';
import { type Sprite, spriteOf } from './sprites.js';

const TITLE_SIZE_PX = 58;
const CLOCK_SIZE_PX = 54;
const GLYPH_HEIGHT_PX = 76;
const MARGIN_PX = 44;
const GLYPHS = '0123456789:.';
const OUTLINE =
  'fill="#fff" stroke="#000" stroke-opacity=".75" stroke-width="9" stroke-linejoin="round" paint-order="stroke"';

/** A sprite and where it goes. */
export type Placed = { readonly sprite: Sprite; readonly place: { readonly x: number; readonly y: number } };

/** What a camera writes into its picture: its name at the top left, and a running clock at the bottom right. */
export type Caption = {
  readonly title: Sprite;
  readonly titlePlace: { readonly x: number; readonly y: number };
  readonly clock: (text: string) => Placed[];
};

/** Draws the name and the figures of the clock, all figures equally wide so that nothing jumps. */
export async function loadCaption(title: string): Promise<Caption> {
  const glyphs = new Map<string, Sprite>();
  for (const glyph of GLYPHS) {
    glyphs.set(glyph, await written(glyph, CLOCK_SIZE_PX, isNarrow(glyph) ? 22 : 36, GLYPH_HEIGHT_PX, 'middle'));
  }
  const clock = (text: string): Placed[] => {
    const sprites = [...text].flatMap((glyph) => glyphs.get(glyph) ?? []);
    let x = SCENE_SIZE.widthPx - MARGIN_PX - sprites.reduce((sum, sprite) => sum + sprite.widthPx, 0);
    const y = SCENE_SIZE.heightPx - MARGIN_PX - GLYPH_HEIGHT_PX + 16;
    return sprites.map((sprite) => {
      const place = { x, y };
      x += sprite.widthPx;
      return { sprite, place };
    });
  };
  return {
    title: await written(title, TITLE_SIZE_PX, 1_000, 90, 'start'),
    titlePlace: { x: MARGIN_PX - 10, y: MARGIN_PX - 22 },
    clock,
  };
}

/** How far into the recording a frame is, as 00:00:00.000: the time of the recording, not one of the world. */
export function clockTextAt(seconds: number): string {
  const milliseconds = Math.round(seconds * 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = two(Math.floor(milliseconds / 3_600_000));
  const minutes = two(Math.floor(milliseconds / 60_000) % 60);
  return `${hours}:${minutes}:${two(Math.floor(milliseconds / 1_000) % 60)}.${String(milliseconds % 1_000).padStart(3, '0')}`;
}

function isNarrow(glyph: string): boolean {
  return glyph === ':' || glyph === '.';
}

async function written(
  words: string,
  sizePx: number,
  widthPx: number,
  heightPx: number,
  anchor: 'start' | 'middle',
): Promise<Sprite> {
  const x = anchor === 'start' ? 10 : widthPx / 2;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><text x="${x}" y="${sizePx + 4}" ${FONT} ` +
    `font-size="${sizePx}" font-weight="700" text-anchor="${anchor}" ${OUTLINE}>${words}</text></svg>`;
  const pixels = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  return spriteOf(pixels, widthPx, 0, widthPx, heightPx);
}
