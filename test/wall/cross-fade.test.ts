import { describe, expect, it } from 'vitest';
import { TickerScroller } from '../../src/ticker/scroller.js';
import { Compositor } from '../../src/wall/compositor.js';
import type { SceneItem } from '../../src/wall/scene.js';
import { plain, scene } from './pictures.js';

/** The first has a whole number of 32-bit words, the second has bytes left over. */
const SIZES = [
  { widthPx: 16, heightPx: 4 },
  { widthPx: 7, heightPx: 5 },
];

function compositorOf(size: (typeof SIZES)[number]): Compositor {
  return new Compositor(
    size,
    (heightPx, widthPx, background) => new TickerScroller(heightPx, widthPx, background),
    (failure) => {
      throw failure;
    },
  );
}

function bitmapItem(size: (typeof SIZES)[number], colour: readonly [number, number, number]): SceneItem {
  return { kind: 'bitmap', x: 0, y: 0, bitmap: plain(size, colour) };
}

describe.each(SIZES)('fade on a wall of $widthPx × $heightPx', (size) => {
  const compose = (compositor: Compositor, atMs: number): Uint8Array => {
    const canvas = new Uint8Array(size.widthPx * size.heightPx * 3).fill(99);
    compositor.compose(canvas, { monotonicMs: atMs, epochMs: 0, tick: 1 });
    return canvas;
  };

  it('goes evenly from one scene to the other in every byte, and ends exactly', () => {
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, bitmapItem(size, [0, 200, 255])));
    compose(compositor, 900);
    compositor.setScene(scene(2, bitmapItem(size, [240, 0, 255])), 400);
    for (const [atMs, share] of [
      [1_000, 0],
      [1_100, 0.25],
      [1_200, 0.5],
      [1_300, 0.75],
      [1_400, 1],
      [9_000, 1],
    ] as const) {
      const canvas = compose(compositor, atMs);
      canvas.forEach((value, index) => {
        const wanted = [240 * share, 200 * (1 - share), 255][index % 3] ?? 0;
        expect(Math.abs(value - wanted), `byte ${index} at ${atMs}: ${value}, not ${wanted}`).toBeLessThanOrEqual(1);
      });
      if (share === 1) expect([...canvas.subarray(0, 3)]).toEqual([240, 0, 255]);
    }
  });

  it('goes on while the scene that comes is repainted, and is cut short by the next take', () => {
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, bitmapItem(size, [0, 0, 0])));
    compositor.setScene(scene(2, bitmapItem(size, [200, 200, 200])), 400);
    compose(compositor, 1_000);
    compositor.setScene(scene(3, bitmapItem(size, [200, 200, 200])));
    expect(compose(compositor, 1_200)[0]).toBe(100);
    compositor.setScene(scene(4, bitmapItem(size, [40, 40, 40])), 400);
    expect(compose(compositor, 1_300)[0]).toBe(200);
    expect(compose(compositor, 1_500)[0]).toBe(120);
  });

  it('is not seen through blackout', () => {
    const compositor = compositorOf(size);
    compositor.setScene(scene(1, bitmapItem(size, [255, 255, 255])));
    compositor.setScene(scene(2, bitmapItem(size, [255, 255, 255])), 400);
    compositor.setBlackout(true);
    expect(compose(compositor, 1_000).every((value) => value === 0)).toBe(true);
  });
});
