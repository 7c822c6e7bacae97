import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/core/bitmap.js';
import type { Size } from '../../src/core/geometry.js';
import { paintBoard, smallestBoardTextPx, type BoardRequest, type BoardRow } from '../../src/paint/board.js';

const row = (caption: string, count: string | null, unit = ''): BoardRow => ({
  caption,
  value:
    count === null
      ? null
      : [
          { kind: 'count', text: count },
          { kind: 'words', text: unit },
        ],
});

const HALL = [
  row('正在等候', '12', ' 人'),
  row('正在办理', 'A023'),
  row('今日办结', '1,204', ' 件'),
  row('平均等候', '7', ' 分钟'),
];

function request(size: Size, more: Partial<BoardRequest> = {}): BoardRequest {
  return {
    size,
    title: '综合窗口',
    rows: HALL,
    missingWords: '暂无数据',
    note: null,
    colour: '#ffffff',
    numberColour: '#ffff00',
    background: '#000000',
    ...more,
  };
}

/** The smallest rectangle that holds every pixel of a kind. */
function extent(
  { pixels, widthPx, heightPx }: Bitmap,
  isMeant: (red: number, green: number, blue: number) => boolean,
): { left: number; right: number; top: number; bottom: number; count: number } {
  let [left, right, top, bottom, count] = [widthPx, -1, heightPx, -1, 0];
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = (y * widthPx + x) * 4;
      if (!isMeant(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      count += 1;
    }
  }
  return { left, right, top, bottom, count };
}

const isLit = (red: number, green: number, blue: number): boolean => Math.max(red, green, blue) > 24;
const isNumber = (red: number, green: number, blue: number): boolean => red > 150 && green > 150 && blue < 60;

const SIZES: readonly Size[] = [
  { widthPx: 318, heightPx: 245 },
  { widthPx: 318, heightPx: 492 },
  { widthPx: 960, heightPx: 150 },
  { widthPx: 960, heightPx: 540 },
  { widthPx: 96, heightPx: 48 },
  { widthPx: 128, heightPx: 1_024 },
  { widthPx: 1_920, heightPx: 64 },
];

const CONTENTS: readonly (readonly [string, Partial<BoardRequest>])[] = [
  ['the rows of a hall', {}],
  ['no title', { title: null }],
  ['one row', { rows: HALL.slice(0, 1) }],
  ['letters that reach far up and down', { title: 'Ågj', rows: [row('Éjgpq', '1,204', ' jgy'), row('Åg', 'ÉQjg')] }],
  [
    'long words',
    {
      title: '政务服务中心综合窗口与自助服务区',
      rows: [row('不动产登记与公积金联合办理', '999,999,999,999', ' 人次')],
    },
  ],
  ['twelve rows', { rows: Array.from({ length: 12 }, (_, index) => row(`窗口 ${index + 1}`, `A${index}`)) }],
  ['values that are missing', { rows: HALL.map(({ caption }) => row(caption, null)), note: '最后数据 10:23:05' }],
];

describe('a board', () => {
  it.each(CONTENTS)('with %s fits in every cell, and nothing of it touches the edge', async (_, more) => {
    for (const size of SIZES) {
      const bitmap = await paintBoard(request(size, more));
      expect(bitmap).toMatchObject({ ...size, opaque: true });
      const { left, right, top, bottom, count } = extent(bitmap, isLit);
      const where = `${size.widthPx}×${size.heightPx}: ${left}–${right}, ${top}–${bottom}`;
      expect(count, where).toBeGreaterThan(0);
      expect(Math.min(left, top), where).toBeGreaterThanOrEqual(1);
      expect(right, where).toBeLessThan(size.widthPx - 1);
      expect(bottom, where).toBeLessThan(size.heightPx - 1);
    }
  });

  it('is set as large as its cell allows: it fills it in one direction', async () => {
    for (const size of SIZES) {
      const { left, right, top, bottom } = extent(await paintBoard(request(size)), isLit);
      const share = Math.max((right - left) / size.widthPx, (bottom - top) / size.heightPx);
      expect(share, `${size.widthPx}×${size.heightPx}`).toBeGreaterThan(0.7);
    }
  });

  it('has counts in their colour, and none where there is no value', async () => {
    const size = { widthPx: 480, heightPx: 300 };
    expect(extent(await paintBoard(request(size)), isNumber).count).toBeGreaterThan(200);
    const missing = request(size, { rows: HALL.map(({ caption }) => row(caption, null)) });
    const bitmap = await paintBoard(missing);
    expect(extent(bitmap, isNumber).count).toBe(0);
    const wordless = await paintBoard({ ...missing, missingWords: ' ' });
    expect(extent(bitmap, isLit).count).toBeGreaterThan(extent(wordless, isLit).count + 200);
  });

  it('does not change its size while counts change, nor when one goes', async () => {
    const size = { widthPx: 318, heightPx: 245 };
    const rows = (count: string | null): BoardRow[] => [row('正在等候', count, ' 人'), ...HALL.slice(1)];
    const sizes = await Promise.all(
      ['0', '9', '10', '999', null].map((count) => smallestBoardTextPx(request(size, { rows: rows(count) }))),
    );
    expect(new Set(sizes).size).toBe(1);
  });

  it('says how high its smallest text is, which grows with the cell', async () => {
    const small = await smallestBoardTextPx(request({ widthPx: 96, heightPx: 48 }));
    const large = await smallestBoardTextPx(request({ widthPx: 960, heightPx: 540 }));
    expect(small).toBeLessThan(20);
    expect(large).toBeGreaterThan(20);
  });
});
