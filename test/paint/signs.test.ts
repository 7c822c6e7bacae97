import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/core/bitmap.js';
import { paintClockGlyphs } from '../../src/paint/clock-glyphs.js';
import { clockFontSizePx, labelFontSizePx, tickerFontSizePx, tickerHeightPx } from '../../src/paint/sizes.js';
import { lastPictureWords, slateWords } from '../../src/paint/slate-words.js';
import { paintSlate } from '../../src/paint/slate.js';
import { paintText } from '../../src/paint/text.js';
import { paintTileLabel } from '../../src/paint/tile-label.js';

function alphaSum({ pixels }: Bitmap): number {
  let sum = 0;
  for (let at = 3; at < pixels.length; at += 4) sum += pixels[at] ?? 0;
  return sum;
}

/** Mean of the brightest channel, 0 to 255. */
function meanBrightness({ pixels }: Bitmap): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4)
    sum += Math.max(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
  return sum / (pixels.length / 4);
}

/** Rows that hold something brighter than a slate's ground. */
function litRows({ pixels, widthPx, heightPx }: Bitmap): number[] {
  return Array.from({ length: heightPx }, (_, y) => y).filter((y) =>
    pixels.subarray(y * widthPx * 4, (y + 1) * widthPx * 4).some((value, index) => index % 4 !== 3 && value > 60),
  );
}

describe('sizes', () => {
  it('keep to what can be read on LEDs', () => {
    for (const heightPx of [64, 270, 540, 1_080, 2_160]) {
      const textPx = tickerFontSizePx(tickerHeightPx(heightPx));
      expect(textPx).toBeGreaterThanOrEqual(32);
      expect(textPx).toBeGreaterThanOrEqual(Math.floor(heightPx * 0.07));
      expect(clockFontSizePx(heightPx)).toBeGreaterThanOrEqual(20);
      expect(labelFontSizePx(heightPx)).toBeGreaterThanOrEqual(20);
    }
    expect(labelFontSizePx(540)).toBe(27);
    expect(tickerFontSizePx(48)).toBe(37);
  });
});

describe('a name plate', () => {
  it.each([
    { widthPx: 638, heightPx: 360 },
    { widthPx: 319, heightPx: 179 },
    { widthPx: 1_920, heightPx: 1_080 },
    { widthPx: 160, heightPx: 120 },
  ])('stands in the bottom left of its tile %o, whatever the name', async (cell) => {
    for (const name of ['大厅', '不动产登记与公积金联合办理综合窗口 12 号（二楼东侧）', 'Lobby <east> & west']) {
      const label = await paintTileLabel({ name, cell });
      expect(label).not.toBeNull();
      if (label === null) return;
      const { x, y, bitmap } = label;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(cell.widthPx * 0.1);
      expect(x + bitmap.widthPx).toBeLessThanOrEqual(cell.widthPx);
      expect(y).toBeGreaterThan(cell.heightPx / 2);
      expect(y + bitmap.heightPx).toBeLessThanOrEqual(cell.heightPx);
      expect(bitmap.heightPx).toBeGreaterThanOrEqual(20);
    }
  });

  it('is dark enough behind its letters to be read over white', async () => {
    const label = await paintTileLabel({ name: '大厅', cell: { widthPx: 640, heightPx: 360 } });
    if (label === null) return expect.unreachable();
    const { pixels, widthPx, heightPx } = label.bitmap;
    const at = (Math.floor(heightPx / 2) * widthPx + 3) * 4;
    const overWhite = (channel: number): number => {
      const alpha = (pixels[at + 3] ?? 0) / 255;
      return (pixels[at + channel] ?? 0) * alpha + 255 * (1 - alpha);
    };
    expect(Math.max(overWhite(0), overWhite(1), overWhite(2))).toBeLessThan(90);
    expect(pixels[at + 3]).toBeLessThan(255);
  });

  it.each([
    { widthPx: 40, heightPx: 400 },
    { widthPx: 640, heightPx: 60 },
    { widthPx: 16, heightPx: 16 },
  ])('is left out where it could not be read: %o', async (cell) => {
    expect(await paintTileLabel({ name: '大厅', cell })).toBeNull();
  });

  it('is left out for an empty name', async () => {
    expect(await paintTileLabel({ name: '  ', cell: { widthPx: 640, heightPx: 360 } })).toBeNull();
  });
});

describe('a slate', () => {
  const failing = {
    cameraName: '综合窗口 A 区',
    state: 'retrying',
    reason: 'timeout',
    timeZone: 'Asia/Shanghai',
  } as const;

  it.each([
    [1, 1],
    [16, 16],
    [33, 27],
    [101, 57],
    [160, 90],
    [319, 179],
    [641, 361],
    [90, 400],
    [1_920, 1_080],
  ])('of %d × %d is of exactly that size, opaque and dark', async (widthPx, heightPx) => {
    const slate = await paintSlate({ ...failing, size: { widthPx, heightPx }, lastPictureAtMs: 0 });
    expect([slate.widthPx, slate.heightPx, slate.opaque]).toEqual([widthPx, heightPx, true]);
    expect(meanBrightness(slate)).toBeLessThan(90);
  });

  it('says more in a large tile than in a small one, and nothing touches the edge', async () => {
    const blocks = async (widthPx: number, heightPx: number): Promise<number> => {
      const rows = litRows(await paintSlate({ ...failing, size: { widthPx, heightPx }, lastPictureAtMs: 1e12 }));
      expect(rows[0]).toBeGreaterThan(0);
      expect(rows.at(-1)).toBeLessThan(heightPx - 1);
      return rows.filter((row, index) => index === 0 || row - (rows[index - 1] ?? 0) > 3).length;
    };
    // Name, bar, what is wrong, since when; without the time; what is wrong alone.
    expect(await blocks(640, 360)).toBe(4);
    expect(await blocks(320, 100)).toBe(3);
    expect(await blocks(320, 40)).toBe(1);
  });

  it('looks different for every reason', async () => {
    const pictures = new Set<string>();
    const reasons = ['refused', 'unauthorised', 'timeout', 'ended', 'unreadable', 'no-stream'];
    for (const reason of reasons) {
      const slate = await paintSlate({ ...failing, reason, size: { widthPx: 320, heightPx: 180 } });
      pictures.add(Buffer.from(slate.pixels).toString('base64'));
    }
    expect(pictures.size).toBe(reasons.length);
  });

  it('never shows a code', () => {
    for (const state of ['connecting', 'live', 'stale', 'retrying', 'off', 'constructor']) {
      for (const reason of [null, 'refused', 'brand-new-code', 'toString']) {
        expect(slateWords(state, reason).parts.join('')).toMatch(/^[\p{Script=Han}…]+$/u);
        expect(slateWords(state, reason, 'en').parts.join('')).toMatch(/^[A-Z][A-Za-z …]+$/);
      }
    }
  });

  it('says when the last picture came in the time and language of the wall', () => {
    const chinese = { timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const;
    const atMs = Date.UTC(2025, 10, 23, 6, 2, 31);
    expect(lastPictureWords(atMs, chinese)).toBe('最后画面 14:02:31');
    expect(lastPictureWords(Date.UTC(2025, 10, 22, 16, 0, 5), chinese)).toBe('最后画面 00:00:05');
    expect(lastPictureWords(atMs, { timeZone: 'UTC', language: 'en' })).toBe('Last picture 06:02:31');
  });
});

describe('the glyphs of the clock', () => {
  it('have one height, digits one width, and none is clipped', async () => {
    const fontSizePx = 27;
    const { heightPx, glyphs } = await paintClockGlyphs({ fontSizePx });
    expect(new Set(Array.from('0123456789').map((digit) => glyphs[digit]?.widthPx)).size).toBe(1);
    for (const character of '0123456789:- 年月日星期一二三四五六') {
      const glyph = glyphs[character];
      if (glyph === undefined) return expect.unreachable(`no glyph for ${character}`);
      expect(glyph.heightPx).toBe(heightPx);
      const whole = alphaSum(await paintText({ text: character, fontSizePx, weight: 'bold', colour: '#f4f1e8' }));
      expect(Math.abs(alphaSum(glyph) - whole)).toBeLessThanOrEqual(whole * 0.02);
    }
  });
});
