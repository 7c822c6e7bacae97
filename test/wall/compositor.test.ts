import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createBitmap } from '../../src/core/bitmap.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import type { Size } from '../../src/core/geometry.js';
import { TickerScroller } from '../../src/ticker/scroller.js';
import { Compositor } from '../../src/wall/compositor.js';
import type { SceneItem } from '../../src/wall/scene.js';
import type { Scroller } from '../../src/wall/tickers.js';
import { pixel, plain, positionSlot, scene, tile, type Rgb } from './pictures.js';

const NOW = { monotonicMs: 5_000, epochMs: 0, tick: 1 };
const BLACK = [0, 0, 0];
const SLATE = [200, 100, 0];

function compositorOf(size: Size): Compositor {
  return new Compositor(
    size,
    (heightPx, widthPx, background) => new TickerScroller(heightPx, widthPx, background),
    (failure) => {
      throw failure;
    },
  );
}

/** Draws over a canvas full of another colour, so that a pixel left out shows. */
function draw(size: Size, items: readonly SceneItem[], now = NOW): Uint8Array {
  const compositor = compositorOf(size);
  compositor.setScene(scene(1, ...items));
  const canvas = new Uint8Array(size.widthPx * size.heightPx * 3).fill(123);
  compositor.compose(canvas, now);
  return canvas;
}

describe('compositor: pictures', () => {
  it('is black before the first scene and where nothing lies', () => {
    const canvas = new Uint8Array(7 * 5 * 3).fill(9);
    compositorOf({ widthPx: 7, heightPx: 5 }).compose(canvas, NOW);
    expect(canvas.every((value) => value === 0)).toBe(true);
    expect(draw({ widthPx: 7, heightPx: 5 }, []).every((value) => value === 0)).toBe(true);
  });

  it.each([
    [{ widthPx: 33, heightPx: 17 }, { widthPx: 11, heightPx: 7 }, 5, 3],
    [{ widthPx: 32, heightPx: 16 }, { widthPx: 32, heightPx: 16 }, 0, 0],
    [{ widthPx: 33, heightPx: 17 }, { widthPx: 11, heightPx: 7 }, -4, -2],
    [{ widthPx: 33, heightPx: 17 }, { widthPx: 11, heightPx: 7 }, 28, 13],
    [{ widthPx: 20, heightPx: 10 }, { widthPx: 41, heightPx: 31 }, -9, -11],
    [{ widthPx: 20, heightPx: 10 }, { widthPx: 4, heightPx: 4 }, 20, 0],
    [{ widthPx: 20, heightPx: 10 }, { widthPx: 4, heightPx: 4 }, -4, 9],
  ])('places a picture to the pixel: wall %o, picture %o at %i,%i', (wall, size, left, top) => {
    const canvas = draw(wall, [tile(left, top, positionSlot(size, 77, 4_500), size)]);
    for (let y = 0; y < wall.heightPx; y += 1) {
      for (let x = 0; x < wall.widthPx; x += 1) {
        const isInside = x >= left && x < left + size.widthPx && y >= top && y < top + size.heightPx;
        expect(pixel(canvas, wall.widthPx, x, y), `${x},${y}`).toEqual(isInside ? [x - left, y - top, 77] : BLACK);
      }
    }
  });

  it('draws in the order of the items', () => {
    const size = { widthPx: 6, heightPx: 6 };
    const canvas = draw({ widthPx: 10, heightPx: 10 }, [
      tile(0, 0, positionSlot(size, 1, 4_900), size),
      tile(4, 4, positionSlot(size, 2, 4_900), size),
      { kind: 'bitmap', x: 5, y: 5, bitmap: plain({ widthPx: 1, heightPx: 1 }, [9, 8, 7]) },
    ]);
    expect(pixel(canvas, 10, 3, 3)).toEqual([3, 3, 1]);
    expect(pixel(canvas, 10, 4, 4)).toEqual([0, 0, 2]);
    expect(pixel(canvas, 10, 5, 5)).toEqual([9, 8, 7]);
    expect(pixel(canvas, 10, 6, 5)).toEqual([2, 1, 2]);
    expect(pixel(canvas, 10, 9, 0)).toEqual(BLACK);
  });

  it('shows the newest frame of a slot', () => {
    const size = { widthPx: 4, heightPx: 4 };
    const slot = FrameSlot.create(size);
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, tile(0, 0, slot, size)));
    const canvas = new Uint8Array(48);
    for (let value = 1; value <= 9; value += 1) {
      slot.beginWrite().fill(value);
      slot.publish(4_999);
      compositor.compose(canvas, NOW);
      expect(canvas.every((byte) => byte === value)).toBe(true);
    }
  });

  it('shows the slate while the slot is empty, null, of another size, or its frame too old, and the picture again after', () => {
    const size = { widthPx: 5, heightPx: 3 };
    const slotOfAge = (ageMs: number): FrameSlot => positionSlot(size, 3, NOW.monotonicMs - ageMs);
    const first = (slot: FrameSlot | null): number[] => pixel(draw(size, [tile(0, 0, slot, size, 1_000)]), 5, 1, 1);
    expect(first(null)).toEqual(SLATE);
    expect(first(FrameSlot.create(size))).toEqual(SLATE);
    expect(first(positionSlot({ widthPx: 4, heightPx: 3 }, 3, 4_999))).toEqual(SLATE);
    expect(first(slotOfAge(1_001))).toEqual(SLATE);
    expect(first(slotOfAge(1_000))).toEqual([1, 1, 3]);

    const slot = slotOfAge(0);
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, tile(0, 0, slot, size, 1_000)));
    const canvas = new Uint8Array(45);
    const at = (monotonicMs: number): number[] => {
      compositor.compose(canvas, { monotonicMs, epochMs: 0, tick: 1 });
      return pixel(canvas, 5, 0, 0);
    };
    expect(at(6_001)).toEqual(SLATE);
    slot.beginWrite().fill(44);
    slot.publish(6_000);
    expect(at(6_001)).toEqual([44, 44, 44]);
    expect(at(7_001)).toEqual(SLATE);
  });

  it('never shows a torn frame while a writer in another thread does not stop', async () => {
    const size = { widthPx: 96, heightPx: 96 };
    const slot = FrameSlot.create(size);
    const writer = new Worker(
      `const { workerData: { memory, frames } } = require('node:worker_threads');
       const counters = new Int32Array(memory, 0, 2); const size = 96 * 96 * 3;
       for (let n = 1; n <= frames; n += 1) {
         Atomics.store(counters, 1, n);
         new Uint8Array(memory, 64 + (n % 3) * size, size).fill(n % 199);
         Atomics.store(counters, 0, n);
       }`,
      { eval: true, workerData: { memory: slot.handle.memory, frames: 30_000 } },
    );
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, tile(0, 0, slot, size, Number.POSITIVE_INFINITY)));
    const canvas = new Uint8Array(96 * 96 * 3);
    let pictures = 0;
    const ending = new AbortController();
    writer.once('exit', () => ending.abort());
    while (!ending.signal.aborted) {
      for (let round = 0; round < 100; round += 1) {
        compositor.compose(canvas, NOW);
        const [red, green] = canvas;
        if (red === SLATE[0] && green === SLATE[1]) continue;
        pictures += 1;
        if (canvas.some((value) => value !== red)) throw new Error('a torn frame is on the wall');
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(pictures).toBeGreaterThan(100);
  });
});

describe('compositor: bitmaps', () => {
  it('blends straight alpha with correct rounding, in every combination', () => {
    const wall = { widthPx: 256, heightPx: 256 };
    // Red: the value on top; row: alpha; what lies below is given by an opaque bitmap whose green is what is blended over.
    const top = new Uint8Array(256 * 256 * 4);
    for (let alpha = 0; alpha < 256; alpha += 1) {
      for (let value = 0; value < 256; value += 1) top.set([value, 255 - value, 255, alpha], (alpha * 256 + value) * 4);
    }
    const over = createBitmap(wall, top);
    for (const under of [0, 1, 77, 128, 254, 255]) {
      const canvas = draw(wall, [
        { kind: 'bitmap', x: 0, y: 0, bitmap: plain(wall, [under, under, under]) },
        { kind: 'bitmap', x: 0, y: 0, bitmap: over },
      ]);
      const wrong: string[] = [];
      for (let alpha = 0; alpha < 256; alpha += 1) {
        for (let value = 0; value < 256; value += 1) {
          const expected = [value, 255 - value, 255].map((above) =>
            Math.round((above * alpha + under * (255 - alpha)) / 255),
          );
          const got = pixel(canvas, 256, value, alpha);
          if (got.join() !== expected.join()) wrong.push(`${value} over ${under} at ${alpha}: ${got.join()}`);
        }
      }
      expect(wrong).toEqual([]);
    }
  });

  it('clips bitmaps, opaque or not, at every edge', () => {
    const wall = { widthPx: 9, heightPx: 7 };
    for (const alpha of [255, 128]) {
      for (const [left, top] of [
        [-2, -1],
        [7, 5],
        [-2, 5],
        [7, -1],
        [-20, 0],
        [0, 30],
      ] as const) {
        const bitmap = plain({ widthPx: 4, heightPx: 3 }, [200, 40, 10], alpha);
        const canvas = draw(wall, [{ kind: 'bitmap', x: left, y: top, bitmap }]);
        const shown: Rgb = alpha === 255 ? [200, 40, 10] : [100, 20, 5];
        for (let y = 0; y < 7; y += 1) {
          for (let x = 0; x < 9; x += 1) {
            const isInside = x >= left && x < left + 4 && y >= top && y < top + 3;
            expect(pixel(canvas, 9, x, y), `${alpha} ${left},${top} ${x},${y}`).toEqual(isInside ? shown : BLACK);
          }
        }
      }
    }
  });
});

describe('compositor: scenes', () => {
  it('changes everything at once, keeps the old scene when the new one is impossible, and goes black and back', () => {
    const size = { widthPx: 8, heightPx: 4 };
    const compositor = compositorOf(size);
    const canvas = new Uint8Array(96);
    const red = scene(7, { kind: 'bitmap', x: 0, y: 0, bitmap: plain(size, [255, 0, 0]) });
    compositor.setScene(red);
    const impossible: SceneItem = {
      kind: 'clock',
      rectangle: { x: 0, y: 0, ...size },
      glyphs: { heightPx: 1, glyphs: {} },
      plate: { colour: '#000000', opacity: 1 },
      timeZone: 'Mars/Olympus',
      language: 'zh-CN',
    };
    expect(() => compositor.setScene(scene(8, impossible))).toThrow(RangeError);
    expect(compositor.sceneNumber).toBe(7);
    compositor.compose(canvas, NOW);
    expect(pixel(canvas, 8, 7, 3)).toEqual([255, 0, 0]);
    compositor.setBlackout(true);
    compositor.compose(canvas, NOW);
    expect(canvas.every((value) => value === 0)).toBe(true);
    compositor.setBlackout(false);
    compositor.compose(canvas, NOW);
    expect(pixel(canvas, 8, 0, 0)).toEqual([255, 0, 0]);
  });

  it('draws the rest when one item cannot be drawn, and says so once', () => {
    const size = { widthPx: 8, heightPx: 4 };
    const failures: unknown[] = [];
    const broken: Scroller = {
      apply: () => undefined,
      advance: () => undefined,
      draw: () => {
        throw new Error('strip');
      },
    };
    const compositor = new Compositor(
      size,
      () => broken,
      (failure) => failures.push(failure),
    );
    compositor.setScene(
      scene(
        1,
        { kind: 'ticker', rectangle: { x: 0, y: 0, widthPx: 8, heightPx: 2 }, background: '#000000' },
        { kind: 'bitmap', x: 0, y: 3, bitmap: plain({ widthPx: 8, heightPx: 1 }, [1, 2, 3]) },
      ),
    );
    const canvas = new Uint8Array(96);
    for (let tick = 0; tick < 3; tick += 1) compositor.compose(canvas, NOW);
    expect(pixel(canvas, 8, 7, 3)).toEqual([1, 2, 3]);
    expect(failures).toHaveLength(1);
  });
});

describe('compositor: running line', () => {
  const wall = { widthPx: 40, heightPx: 12 };
  const ticker = (y: number, widthPx: number): SceneItem => ({
    kind: 'ticker',
    rectangle: { x: 0, y, widthPx, heightPx: 4 },
    background: '#102030',
  });

  /** How far from the left the white text begins, or null. */
  function textAt(canvas: Uint8Array, y: number): number | null {
    for (let x = 0; x < wall.widthPx; x += 1) if (pixel(canvas, 40, x, y)[0] === 255) return x;
    return null;
  }

  it('runs on at its own pace over takes and under a blackout, also for a text that came before its cell', () => {
    const compositor = compositorOf(wall);
    const strip = {
      bitmap: plain({ widthPx: 200, heightPx: 4 }, [255, 255, 255]),
      tokenStartsPx: [0],
      pixelsPerTick: 2,
    };
    compositor.applyTicker({ kind: 'follow', heightPx: 4, strip });
    compositor.setScene(scene(1, ticker(8, 40)));
    const canvas = new Uint8Array(40 * 12 * 3);
    const compose = (): void => compositor.compose(canvas, NOW);
    compose();
    expect(textAt(canvas, 8)).toBe(38);
    expect(pixel(canvas, 40, 0, 11)).toEqual([0x10, 0x20, 0x30]);
    expect(pixel(canvas, 40, 0, 7)).toEqual(BLACK);
    compose();
    expect(textAt(canvas, 8)).toBe(36);
    compositor.setScene(scene(2));
    compose();
    compositor.setBlackout(true);
    compose();
    compositor.setBlackout(false);
    compositor.setScene(scene(3, ticker(0, 40)));
    compose();
    expect(textAt(canvas, 0)).toBe(30);
  });
});
