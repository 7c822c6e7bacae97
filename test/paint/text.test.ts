import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/core/bitmap.js';
import { entryPoint } from '../../src/core/entry-point.js';
import { advanceEm } from '../../src/paint/advance.js';
import { checkFonts } from '../../src/paint/fonts.js';
import { shiftBetween } from '../../src/paint/spacing.js';
import { fitText, paintLine, paintText, textAdvancePx } from '../../src/paint/text.js';

/** First and last row and column with any ink. */
function inkBounds({ pixels, widthPx, heightPx }: Bitmap): {
  left: number;
  right: number;
  top: number;
  bottom: number;
} {
  const bounds = { left: widthPx, right: -1, top: heightPx, bottom: -1 };
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if ((pixels[(y * widthPx + x) * 4 + 3] ?? 0) === 0) continue;
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y);
    }
  }
  return bounds;
}

const STYLE = { fontSizePx: 38, weight: 'bold', colour: '#ffffff' } as const;

describe('the advance of a text', () => {
  // From the hmtx table of Noto Sans CJK SC 2.004, in units of 1/1000 em.
  it.each([
    ['国', 1_000, 1_000],
    ['，', 1_000, 1_000],
    ['0', 555, 590],
    ['8', 555, 590],
    ['A', 608, 641],
    [' ', 224, 227],
    ['12345', 5 * 555, 5 * 590],
  ])('%j is that of the font', async (text, regular, bold) => {
    expect(await advanceEm(text, 'regular')).toBeCloseTo(regular / 1_000, 2);
    expect(await advanceEm(text, 'bold')).toBeCloseTo(bold / 1_000, 2);
  });

  it('adds up for lines of any length', async () => {
    expect(await textAdvancePx('字'.repeat(500), { fontSizePx: 20, weight: 'bold' })).toBeCloseTo(10_000, 6);
    expect(await textAdvancePx('', STYLE)).toBe(0);
  });

  it('is the same for every digit', async () => {
    const advances = await Promise.all(Array.from('0123456789').map((digit) => advanceEm(digit, 'bold')));
    expect(new Set(advances).size).toBe(1);
  });
});

describe('Chinese spacing', () => {
  it.each([
    ['）', '，', -0.5],
    ['」', '「', -0.5],
    ['（', '《', -0.5],
    ['国', '，', 0],
    ['，', '国', 0],
    ['区', 'A', 0.125],
    ['3', '件', 0.125],
    ['3', ' ', 0],
  ])('moves %s%s by %d em', (left, right, shift) => {
    expect(shiftBetween(left, right)).toBe(shift);
  });

  it('is in the painted text', async () => {
    expect(await textAdvancePx('（甲），乙', { fontSizePx: 100, weight: 'bold' })).toBeCloseTo(450, 0);
  });
});

describe('a painted text', () => {
  it.each(['ÅÉjgpqy|Ç', 'Ẫ国办厅（）', 'fjf_', '\u00a0W\u00a0', '—…“”'])('%j is not clipped', async (text) => {
    const bitmap = await paintText({ ...STYLE, text });
    const ink = inkBounds(bitmap);
    expect(ink.right).toBeGreaterThan(ink.left);
    expect(ink.left).toBeGreaterThan(0);
    expect(ink.top).toBeGreaterThan(0);
    expect(ink.right).toBeLessThan(bitmap.widthPx - 1);
    expect(ink.bottom).toBeLessThan(bitmap.heightPx - 1);
  });

  it('has the colour it was asked for, also where it is thin', async () => {
    const { pixels } = await paintText({ ...STYLE, colour: '#ffd24a', text: '办' });
    for (let at = 0; at < pixels.length; at += 4) {
      if ((pixels[at + 3] ?? 0) <= 64) continue;
      const distance = Math.hypot((pixels[at] ?? 0) - 255, (pixels[at + 1] ?? 0) - 210, (pixels[at + 2] ?? 0) - 74);
      expect(distance).toBeLessThanOrEqual(4);
    }
  });

  it('takes markup for text', async () => {
    const hostile = '</text><rect width="900" height="900" fill="#00ff00"/>&amp;';
    const { pixels } = await paintText({ ...STYLE, text: hostile });
    let green = 0;
    for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 0 && pixels[at + 1] === 255) green += 1;
    expect(green).toBe(0);
    expect((await paintText({ ...STYLE, text: '&amp;' })).widthPx).toBeGreaterThan(
      (await paintText({ ...STYLE, text: '&' })).widthPx * 2,
    );
  });

  it('leaves out what cannot be painted', async () => {
    const plain = await paintText({ ...STYLE, text: 'ab c' });
    expect((await paintText({ ...STYLE, text: 'a\u0000b\n\u202ec\ud800\uffff' })).pixels).toEqual(plain.pixels);
  });

  it('begins where it says', async () => {
    const { bitmap, originPx, advancePx } = await paintLine({ ...STYLE, text: '█' });
    expect(inkBounds(bitmap)).toMatchObject({ left: originPx, right: originPx + Math.ceil(advancePx) - 1 });
  });

  it('refuses a line that no picture can hold', async () => {
    await expect(paintText({ ...STYLE, text: '长'.repeat(1_000) })).rejects.toThrow(RangeError);
  });
});

describe('a text that must fit', () => {
  it('stays whole or ends in an ellipsis, never wider than allowed', async () => {
    expect(await fitText('大厅', 200, STYLE)).toBe('大厅');
    for (const widthPx of [40, 77, 150, 301]) {
      const text = await fitText('不动产登记与公积金联合办理综合窗口', widthPx, STYLE);
      expect(text.endsWith('…')).toBe(true);
      if (widthPx > 76) expect(text.length).toBe(Math.floor((widthPx - 38) / 38) + 1);
      expect(await textAdvancePx(text, STYLE)).toBeLessThanOrEqual(widthPx);
    }
  });

  it('is cut between what people see as characters', async () => {
    const text = await fitText('e\u0301'.repeat(30), 100, STYLE);
    expect(text).toMatch(/^(e\u0301)+…$/);
  });
});

describe('the check of fonts', () => {
  it('finds the Chinese font of this machine', async () => {
    await checkFonts();
  });

  it('says what to install where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-fonts-'));
    try {
      await mkdir(join(folder, 'fonts'));
      const configuration = join(folder, 'fonts.conf');
      await writeFile(
        configuration,
        `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts/truetype</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
      );
      const module = entryPoint(new URL('../../src/paint/text.ts', import.meta.url).href, './fonts.js').href;
      const script = `import(${JSON.stringify(module)}).then((fonts) => fonts.checkFonts()).then(() => console.log('found'), (failure) => console.log(failure.code, failure.parameters.package))`;
      const environment = { ...process.env, FONTCONFIG_FILE: configuration };
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env: environment });
      expect(stdout.trim()).toBe('font-missing fonts-noto-cjk');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
