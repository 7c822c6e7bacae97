import { describe, expect, it } from 'vitest';
import { createBitmap, type Bitmap } from '../../src/core/bitmap.js';
import type { Rectangle, Size } from '../../src/core/geometry.js';
import type { WallLanguage } from '../../src/core/wall-locale.js';
import { Compositor } from '../../src/wall/compositor.js';
import type { ClockItem } from '../../src/wall/scene.js';
import { pixel, plain, scene } from './pictures.js';

const WALL: Size = { widthPx: 200, heightPx: 20 };
const GLYPH_WIDTH = 5;
const ALL = '0123456789:- 年月日星期一二三四五六';

/** A glyph that can be read back: opaque, its colour is its character code. */
function glyph(character: string): Bitmap {
  const code = character.charCodeAt(0);
  const rgba = new Uint8Array(GLYPH_WIDTH * 6 * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([code & 255, code >> 8, 1, 255], at);
  return createBitmap({ widthPx: GLYPH_WIDTH, heightPx: 6 }, rgba);
}

function clockItem(
  rectangle: Rectangle,
  timeZone: string,
  characters = ALL,
  opacity = 0,
  language: WallLanguage = 'zh-CN',
): ClockItem {
  const glyphs = Object.fromEntries([...characters].map((character) => [character, glyph(character)]));
  return {
    kind: 'clock',
    rectangle,
    glyphs: { heightPx: 6, glyphs },
    plate: { colour: '#646464', opacity },
    timeZone,
    language,
  };
}

/** Reads the glyphs in the middle row of the rectangle. */
function read(canvas: Uint8Array, rectangle: Rectangle): string {
  let text = '';
  const y = rectangle.y + Math.floor((rectangle.heightPx - 6) / 2);
  for (let x = rectangle.x; x < rectangle.x + rectangle.widthPx; x += 1) {
    const [low = 0, high = 0, mark] = pixel(canvas, WALL.widthPx, x, y);
    if (mark !== 1) continue;
    text += String.fromCharCode(low + high * 256);
    x += GLYPH_WIDTH - 1;
  }
  return text;
}

function show(item: ClockItem, epochMs: number): Uint8Array {
  const compositor = new Compositor(
    WALL,
    () => expect.unreachable(),
    (failure) => expect.unreachable(String(failure)),
  );
  compositor.setScene(scene(1, item));
  const canvas = new Uint8Array(WALL.widthPx * WALL.heightPx * 3);
  compositor.compose(canvas, { monotonicMs: 0, epochMs, tick: 1 });
  return canvas;
}

describe('clock', () => {
  const moment = Date.UTC(2026, 7, 14, 2, 3, 45, 900);

  it.each([
    [180, '2026年8月14日 星期五 10:03:45'],
    [110, '2026年8月14日 10:03:45'],
    // 19 glyphs of 5 px, and 6 px of air.
    [100, '10:03:45'],
    [101, '2026年8月14日 10:03:45'],
    [60, '10:03:45'],
    [40, '10:03:45'],
  ])('shows in %i px the longest text that fits', (widthPx, expected) => {
    const rectangle = { x: 3, y: 2, widthPx, heightPx: 10 };
    expect(read(show(clockItem(rectangle, 'Asia/Shanghai'), moment), rectangle)).toBe(expected);
  });

  it('takes a shorter text when glyphs are missing, and the time zone of the hall', () => {
    const rectangle = { x: 0, y: 0, widthPx: 200, heightPx: 20 };
    expect(read(show(clockItem(rectangle, 'Asia/Shanghai', '0123456789:- '), moment), rectangle)).toBe(
      '2026-08-14 10:03:45',
    );
    expect(read(show(clockItem(rectangle, 'America/New_York'), moment), rectangle)).toBe(
      '2026年8月13日 星期四 22:03:45',
    );
    const midnight = Date.UTC(2026, 7, 13, 16, 0, 0);
    expect(read(show(clockItem(rectangle, 'Asia/Shanghai'), midnight), rectangle)).toBe(
      '2026年8月14日 星期五 00:00:00',
    );
  });

  it('is written as everybody reads it on a wall in English', () => {
    const rectangle = { x: 0, y: 0, widthPx: 200, heightPx: 20 };
    const item = clockItem(rectangle, 'Asia/Shanghai', ALL, 0, 'en');
    expect(read(show(item, moment), rectangle)).toBe('2026-08-14 10:03:45');
  });

  it('changes with the second, also backwards, and not within it', () => {
    const rectangle = { x: 0, y: 0, widthPx: 60, heightPx: 20 };
    const compositor = new Compositor(
      WALL,
      () => expect.unreachable(),
      (failure) => expect.unreachable(String(failure)),
    );
    compositor.setScene(scene(1, clockItem(rectangle, 'UTC')));
    const canvas = new Uint8Array(WALL.widthPx * WALL.heightPx * 3);
    const at = (epochMs: number): string => {
      compositor.compose(canvas, { monotonicMs: 0, epochMs, tick: 1 });
      return read(canvas, rectangle);
    };
    expect(at(59_999)).toBe('00:00:59');
    expect(at(60_000)).toBe('00:01:00');
    expect(at(60_999)).toBe('00:01:00');
    expect(at(61_000)).toBe('00:01:01');
    expect(at(59_000)).toBe('00:00:59');
  });

  it('lies in the middle of its plate, which covers just the rectangle', () => {
    const rectangle = { x: 10, y: 4, widthPx: 50, heightPx: 12 };
    const compositor = new Compositor(
      WALL,
      () => expect.unreachable(),
      (failure) => expect.unreachable(String(failure)),
    );
    const under = { kind: 'bitmap' as const, x: 0, y: 0, bitmap: plain(WALL, [200, 0, 100]) };
    compositor.setScene(scene(1, under, clockItem(rectangle, 'UTC', ALL, 0.6)));
    const canvas = new Uint8Array(WALL.widthPx * WALL.heightPx * 3);
    compositor.compose(canvas, { monotonicMs: 0, epochMs: 0, tick: 1 });
    // 0.6 × 100 + 0.4 × 200 = 140; 0.6 × 100 + 0 = 60; 100 stays.
    expect(pixel(canvas, 200, 10, 4)).toEqual([140, 60, 100]);
    expect(pixel(canvas, 200, 59, 15)).toEqual([140, 60, 100]);
    for (const [x, y] of [
      [9, 4],
      [60, 4],
      [10, 3],
      [10, 16],
    ] as const)
      expect(pixel(canvas, 200, x, y)).toEqual([200, 0, 100]);
    // Eight glyphs of 5 × 6 in 50 × 12: 5 px and 3 px in.
    expect(pixel(canvas, 200, 14, 7)).toEqual([140, 60, 100]);
    expect(pixel(canvas, 200, 15, 7)).toEqual(['0'.charCodeAt(0), 0, 1]);
    expect(pixel(canvas, 200, 15, 6)).toEqual([140, 60, 100]);
    expect(pixel(canvas, 200, 54, 12)).toEqual(['0'.charCodeAt(0), 0, 1]);
  });

  it('may lie partly off the wall', () => {
    const rectangle = { x: 180, y: -3, widthPx: 60, heightPx: 12 };
    const canvas = show(clockItem(rectangle, 'UTC', ALL, 1), 0);
    expect(pixel(canvas, 200, 199, 9)).toEqual([0, 0, 0]);
    expect(pixel(canvas, 200, 199, 8)).toEqual([100, 100, 100]);
    expect(pixel(canvas, 200, 179, 0)).toEqual([0, 0, 0]);
    expect(pixel(canvas, 200, 190, 0)).toEqual(['0'.charCodeAt(0), 0, 1]);
  });
});
