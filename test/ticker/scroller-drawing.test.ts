import { describe, expect, it } from 'vitest';
import { type Bitmap, createBitmap } from '../../src/core/bitmap.js';
import { TickerScroller } from '../../src/ticker/scroller.js';
import type { TickerStrip } from '../../src/ticker/update.js';
import { BACKGROUND, CANVAS, CELL, HEIGHT, stripOf, WIDTH } from './coloured-columns.js';

describe('drawing', () => {
  function stripFrom(rgba: readonly number[]): TickerStrip {
    const bitmap: Bitmap = createBitmap({ widthPx: rgba.length / 4, heightPx: 1 }, Buffer.from(rgba));
    return { bitmap, tokenStartsPx: [0], pixelsPerTick: rgba.length / 4 };
  }

  it('blends straight alpha to the nearest whole', () => {
    const line = new TickerScroller(1, 4, '#0a141e');
    // over(c, b, a) = round((c·a + b·(255 − a)) / 255)
    line.apply({
      kind: 'follow',
      heightPx: 1,
      strip: stripFrom([255, 255, 255, 255, 200, 100, 0, 128, 255, 0, 0, 1, 9, 9, 9, 0]),
    });
    line.advance();
    const canvas = Buffer.alloc(12);
    line.draw(canvas, 4, { x: 0, y: 0, widthPx: 4, heightPx: 1 });
    expect([...canvas]).toEqual([255, 255, 255, 105, 60, 15, 11, 20, 30, 10, 20, 30]);
  });

  it.each([
    { x: -5, y: -1, widthPx: 20, heightPx: HEIGHT },
    { x: 90, y: 6, widthPx: 40, heightPx: HEIGHT },
    { x: -200, y: 0, widthPx: 20, heightPx: HEIGHT },
    { x: 0, y: 200, widthPx: 20, heightPx: HEIGHT },
  ])('leaves out what lies outside the canvas: %o', (rectangle) => {
    const line = new TickerScroller(HEIGHT, rectangle.widthPx, BACKGROUND);
    line.apply({ kind: 'follow', heightPx: HEIGHT, strip: stripOf(1, [{ label: 50, widthPx: 300 }], 1) });
    for (let count = 0; count < rectangle.widthPx + 7; count++) line.advance();
    const canvas = Buffer.alloc(100 * 8 * 3, 0xcc);
    line.draw(canvas, 100, rectangle);
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 100; x++) {
        const column = x - rectangle.x;
        const row = y - rectangle.y;
        const isInside = column >= 0 && column < rectangle.widthPx && row >= 0 && row < HEIGHT;
        const expected = isInside ? `50,${column + 7},1` : '204,204,204';
        expect([...canvas.subarray((y * 100 + x) * 3).subarray(0, 3)].join(',')).toBe(expected);
      }
    }
  });

  it('allocates nothing', () => {
    const scroller = new TickerScroller(HEIGHT, WIDTH, BACKGROUND);
    scroller.apply({
      kind: 'follow',
      heightPx: HEIGHT,
      strip: stripOf(
        1,
        [
          { label: 50, widthPx: 30 },
          { label: 70, widthPx: 300 },
        ],
        2,
      ),
    });
    const canvas = Buffer.alloc(CANVAS.widthPx * CANVAS.heightPx * 3);
    const run = (ticks: number): void => {
      for (let count = 0; count < ticks; count++) {
        scroller.advance();
        scroller.draw(canvas, CANVAS.widthPx, CELL);
      }
    };
    run(20_000);
    const before = process.memoryUsage().heapUsed;
    run(20_000);
    // One object a tick of two fields would be 640,000 bytes.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300_000);
  });
});
