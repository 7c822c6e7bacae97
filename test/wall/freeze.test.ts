import { describe, expect, it } from 'vitest';
import { TickerScroller } from '../../src/ticker/scroller.js';
import { Compositor } from '../../src/wall/compositor.js';
import type { SceneItem } from '../../src/wall/scene.js';
import { pixel, plain, scene, type Rgb } from './pictures.js';

const NOW = { monotonicMs: 5_000, epochMs: 0, tick: 1 };
const BLACK = [0, 0, 0];

describe('compositor: freeze', () => {
  const size = { widthPx: 8, heightPx: 4 };
  const plate = (colour: Rgb, widthPx: number): Extract<SceneItem, { kind: 'bitmap' }> => ({
    kind: 'bitmap',
    x: 0,
    y: 0,
    bitmap: plain({ widthPx, heightPx: 4 }, colour),
  });

  it('holds the picture of its moment under its sign, over takes, and shows what is on air when it ends', () => {
    const compositor = new Compositor(
      size,
      (heightPx, widthPx, background) => new TickerScroller(heightPx, widthPx, background),
      (failure) => {
        throw failure;
      },
    );
    compositor.setScene(scene(1, plate([10, 20, 30], 8)));
    const canvas = new Uint8Array(8 * 4 * 3);
    compositor.setFreeze(plate([250, 250, 250], 2));
    for (const number of [2, 3]) {
      compositor.compose(canvas, NOW);
      expect([pixel(canvas, 8, 0, 0), pixel(canvas, 8, 7, 3)]).toEqual([
        [250, 250, 250],
        [10, 20, 30],
      ]);
      compositor.setScene(scene(number, plate([40, 50, 60], 8)));
    }
    compositor.setBlackout(true);
    compositor.compose(canvas, NOW);
    expect(pixel(canvas, 8, 0, 0)).toEqual(BLACK);
    compositor.setBlackout(false);
    compositor.setFreeze(null);
    compositor.compose(canvas, NOW);
    expect([pixel(canvas, 8, 0, 0), pixel(canvas, 8, 7, 3)]).toEqual([
      [40, 50, 60],
      [40, 50, 60],
    ]);
  });
});
