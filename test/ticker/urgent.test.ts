import { expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { tickerOptions } from '../../src/ticker/options.js';
import { TickerScroller } from '../../src/ticker/scroller.js';
import { Ticker } from '../../src/ticker/ticker.js';
import type { TickerUpdate } from '../../src/ticker/update.js';

const HEIGHT = 48;
const WIDTH = 320;

it('runs what is urgent at once, on red from edge to edge, and the text again at once when that is over', async () => {
  const options = tickerOptions.parse({ text: '当前等候 {queue.waiting} 人', background: '#0b1420' });
  const ticker = new Ticker({ options, framesPerSecond: 25, log: silentLogger });
  const scroller = new TickerScroller(HEIGHT, WIDTH, options.background);
  const updates: TickerUpdate[] = [];
  ticker.on('update', (update) => {
    updates.push(update);
    scroller.apply(update);
  });
  await ticker.useHeights([{ heightPx: HEIGHT }]);
  for (let tick = 0; tick < 60; tick += 1) scroller.advance();

  ticker.setUrgent('请从{西门}离开');
  await vi.waitFor(() => expect(updates.at(-1)?.kind).toBe('replace'));
  const urgent = drawn(scroller);
  expect(urgent.slice(0, 3)).toEqual([0x8f, 0x10, 0x15]);
  expect(urgent.slice(-3)).toEqual([0x8f, 0x10, 0x15]);
  // Its first words can be read on the spot: white ink in the left half.
  expect(inkIn(urgent, WIDTH / 2)).toBeGreaterThan(100);
  // Braces are braces, and no count: nothing of it is asked for.
  expect(ticker.shownValues()).toEqual({});

  // Another usual text does not push it away, and is there when it is over.
  ticker.setText('今日休息');
  expect(ticker.text).toBe('今日休息');
  ticker.setUrgent(null);
  await vi.waitFor(() => expect(updates.filter(({ kind }) => kind === 'replace')).toHaveLength(2));
  const usual = drawn(scroller);
  expect(usual.slice(0, 3)).toEqual([0x0b, 0x14, 0x20]);
  expect(usual.slice(-3)).toEqual([0x0b, 0x14, 0x20]);
  await ticker.close();
});

function drawn(scroller: TickerScroller): number[] {
  const canvas = new Uint8Array(WIDTH * HEIGHT * 3);
  scroller.draw(canvas, WIDTH, { x: 0, y: 0, widthPx: WIDTH, heightPx: HEIGHT });
  return [...canvas];
}

function inkIn(pixels: readonly number[], widthPx: number): number {
  let ink = 0;
  for (let index = 0; index < pixels.length; index += 3) {
    const isWhite = (pixels[index] ?? 0) > 240 && (pixels[index + 1] ?? 0) > 240 && (pixels[index + 2] ?? 0) > 240;
    if (isWhite && (index / 3) % WIDTH < widthPx) ink += 1;
  }
  return ink;
}
