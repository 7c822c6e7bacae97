import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/core/bitmap.js';
import { silentLogger } from '../../src/core/logger.js';
import type { CountReading } from '../../src/counts/count.js';
import { boardContent, parseBoard } from '../../src/source/board/content.js';
import { boardOptions } from '../../src/source/board/options.js';
import { PaintedSources } from '../../src/source/painted-sources.js';
import type { PaintedDefinition } from '../../src/source/registry.js';
import { eventually } from '../eventually.js';

const LOCALE = { timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const;

const BOARD = boardOptions.parse({
  id: 'board',
  name: '排队',
  title: '综合窗口',
  rows: [
    { caption: '等候', value: '{queue.waiting} 人' },
    { caption: '办理', value: '{queue.serving}（{cases.today} 件）' },
  ],
});

const SIZE = { widthPx: 320, heightPx: 180 };
const READ_AT_MS = Date.UTC(2026, 10, 25, 2, 23, 5);

function reading(id: string, values: CountReading['values'], state: CountReading['state'] = 'fresh'): CountReading {
  return { id, state, reason: null, values, readAtMs: READ_AT_MS };
}

const FRESH = [reading('queue', { waiting: 1_204, serving: 'A023' }), reading('cases', { today: 7 })];
const STALE = [reading('queue', { waiting: null, serving: null }, 'stale'), reading('cases', { today: 7 })];

const contentOf = (readings: readonly CountReading[]): ReturnType<typeof boardContent> =>
  boardContent(parseBoard(BOARD), readings, LOCALE);

const textsOf = (readings: readonly CountReading[]): (string | null)[] =>
  contentOf(readings).rows.map(({ value }) => value?.map(({ text }) => text).join('') ?? null);

describe('what a board says', () => {
  it('is its counts as the ticker words them', () => {
    expect(textsOf(FRESH)).toEqual(['1,204 人', 'A023（7 件）']);
    expect(contentOf(FRESH).note).toBeNull();
  });

  it('is no number at all where any count of a value is stale or missing, and since when', () => {
    expect(textsOf(STALE)).toEqual([null, null]);
    expect(contentOf(STALE)).toMatchObject({ missingWords: '暂无数据', note: '最后数据 10:23:05' });
    expect(textsOf([FRESH[0] ?? reading('queue', {})])).toEqual(['1,204 人', null]);
    expect(contentOf([]).note).toBeNull();
    const english = boardContent(parseBoard(BOARD), STALE, { ...LOCALE, language: 'en' });
    expect(english).toMatchObject({ missingWords: 'No data', note: 'Last data 10:23:05' });
  });

  it.each([-1, Number.NaN, Infinity, 1e13])('never shows the impossible count %d', (waiting) => {
    expect(textsOf([reading('queue', { waiting, serving: 'A1' }), reading('cases', { today: 1 })])[0]).toBeNull();
  });
});

describe('painted sources', () => {
  let directory: string;
  let readings: readonly CountReading[] = FRESH;
  const colour = (background: string, file: string): Promise<unknown> =>
    sharp({ create: { width: 64, height: 36, channels: 3, background } })
      .png()
      .toFile(join(directory, file));

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'glasshall-sources-'));
    await colour('#00c000', 'green.png');
    await writeFile(join(directory, 'text.png'), 'no picture');
    const whole = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#123456' } })
      .png()
      .toBuffer();
    await writeFile(join(directory, 'cut-off.png'), whole.subarray(0, whole.length / 2));
    await writeFile(join(directory, 'vector.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  });

  afterAll(() => rm(directory, { recursive: true }));

  function open(...definitions: PaintedDefinition[]): { sources: PaintedSources; changes: string[] } {
    const sources = new PaintedSources({
      definitions,
      locale: LOCALE,
      directory,
      readings: () => readings,
      log: silentLogger,
    });
    const changes: string[] = [];
    sources.on('changed', (id) => changes.push(id));
    return { sources, changes };
  }

  const image = (file: string): PaintedDefinition => ({
    kind: 'image',
    options: { id: 'image', name: '示意图', file },
  });
  const board: PaintedDefinition = { kind: 'board', options: BOARD };
  const paint = async (sources: PaintedSources, id: string): Promise<Bitmap> => {
    const painting = await sources.get(id)?.paint(SIZE, 'contain');
    if (painting === undefined) throw new Error(`no source ${id}`);
    return painting.bitmap;
  };
  const middle = ({ pixels, widthPx, heightPx }: Bitmap): readonly number[] => {
    const at = ((heightPx >> 1) * widthPx + (widthPx >> 1)) * 4;
    return [...pixels.subarray(at, at + 3)];
  };

  it('of every kind give an opaque picture of the size that is asked for, the same one as long as nothing changes', async () => {
    const { sources } = open(board, image('green.png'), {
      kind: 'image',
      options: { id: 'gone', name: '缺', file: 'none.png' },
    });
    for (const { id } of sources.list()) {
      const bitmap = await paint(sources, id);
      expect(bitmap).toMatchObject({ ...SIZE, opaque: true });
      expect(await paint(sources, id)).toBe(bitmap);
      expect(await sources.get(id)?.paint({ widthPx: 96, heightPx: 48 }, 'cover')).toMatchObject({
        bitmap: { widthPx: 96 },
      });
    }
    await sources.close();
    await sources.close();
  });

  it('tell of a board when a value changes, and only then; of a withdrawn one at once', async () => {
    readings = FRESH;
    const { sources, changes } = open(board);
    const before = await paint(sources, 'board');
    sources.countsChanged();
    readings = [...FRESH, reading('others', { some: 3 })];
    sources.countsChanged();
    expect(changes).toEqual([]);
    readings = [reading('queue', { waiting: 5, serving: 'A024' }), reading('cases', { today: 7 })];
    sources.countsChanged();
    expect(changes).toEqual(['board']);
    // Soon after another: it waits its turn, and goes on at once when a count may not be shown any more.
    readings = [reading('queue', { waiting: 6, serving: 'A024' }), reading('cases', { today: 7 })];
    sources.countsChanged();
    expect(changes).toHaveLength(1);
    readings = STALE;
    sources.countsChanged();
    expect(changes).toHaveLength(2);
    const after = await paint(sources, 'board');
    expect(after).not.toBe(before);
    readings = FRESH;
    sources.countsChanged();
    await eventually(() => expect(changes).toHaveLength(3));
    expect(await paint(sources, 'board')).not.toBe(after);
    await sources.close();
  });

  it('take an image as it is, and its file anew when the configuration is read again', async () => {
    await colour('#00c000', 'changing.png');
    const { sources, changes } = open(image('changing.png'));
    expect(middle(await paint(sources, 'image'))).toEqual([0, 0xc0, 0]);
    await sources.update([image('changing.png')], LOCALE);
    expect(changes).toEqual([]);
    await colour('#c00000', 'next.png');
    await rename(join(directory, 'next.png'), join(directory, 'changing.png'));
    await sources.update([image('changing.png')], LOCALE);
    expect(changes).toEqual(['image']);
    expect(middle(await paint(sources, 'image'))).toEqual([0xc0, 0, 0]);
    await sources.close();
  });

  it('keep the shape of an image, or fill the cell with it', async () => {
    await sharp({ create: { width: 50, height: 200, channels: 3, background: '#00c000' } })
      .webp({ lossless: true })
      .toFile(join(directory, 'tall.webp'));
    const { sources } = open(image('tall.webp'));
    const corner = async (fit: 'cover' | 'contain'): Promise<number | undefined> =>
      (await sources.get('image')?.paint(SIZE, fit))?.bitmap.pixels[1];
    expect([await corner('contain'), await corner('cover')]).toEqual([0, 0xc0]);
    await sources.close();
  });

  it.each(['none.png', 'text.png', 'cut-off.png', 'vector.png', '.'])(
    'say in words why %s is not shown',
    async (file) => {
      const { sources } = open(image(file));
      const bitmap = await paint(sources, 'image');
      expect(bitmap).toMatchObject({ ...SIZE, opaque: true });
      const lit = bitmap.pixels.filter((value, index) => index % 4 === 1 && value > 100).length;
      expect(lit).toBeGreaterThan(200);
      await sources.close();
    },
  );
});
