import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import { meanGreen, type WatchedFrame } from '../../scripts/bench/screen-watch.js';
import { CloseStack } from '../../src/core/closing.js';
import { readFrameCounter } from '../../src/rehearsal/camera/clips/frame-counter.js';
import { TEST_CARD_PATCHES } from '../../src/rehearsal/camera/clips/test-card.js';

/** A wall of odd size, with a cell at odd places: nothing may be rounded away. */
const SIZE = { widthPx: 701, heightPx: 453 };
const CELL = { x: 31, y: 17, width: 640, height: 360 };
const SMALL = { x: 381, y: 207, width: 320, height: 180 };

describe('the picture from camera to LED screen', () => {
  const closing = new CloseStack();
  let hall: TestCardHall;
  let frame: WatchedFrame;

  beforeAll(async () => {
    hall = await startTestCardHall({
      cameraCount: 2,
      gopFrames: 50,
      size: SIZE,
      layouts: [
        { id: 'card', name: 'card', cells: [{ source: 'camera-1', ...CELL }] },
        { id: 'small', name: 'small', cells: [{ source: 'camera-2', ...SMALL }] },
      ],
      wall: { clock: false, labels: false },
    });
    closing.add(hall);
    frame = await hall.watch.until((each) => counterOf(each) !== null, 30_000);
  }, 60_000);

  afterAll(() => closing.close());

  it('keeps every colour patch within ±3', () => {
    for (const patch of TEST_CARD_PATCHES) {
      const mean = meanColour(frame, {
        x: CELL.x + (patch.left + patch.width * 0.25) * CELL.width,
        y: CELL.y + (patch.top + patch.height * 0.25) * CELL.height,
        width: patch.width * 0.5 * CELL.width,
        height: patch.height * 0.5 * CELL.height,
      });
      patch.rgb.forEach((value, channel) => {
        expect(
          Math.abs((mean[channel] ?? 999) - value),
          `patch ${patch.rgb.join(',')} came as ${mean.join(',')}`,
        ).toBeLessThanOrEqual(3);
      });
    }
  });

  it('fills the cell to the pixel and leaves the rest of the wall black', () => {
    const { x, y, width, height } = CELL;
    for (let column = 0; column < width; column += 1) {
      expect(pixel(frame, x + column, y)[1], `top edge at ${column}`).toBeGreaterThan(200);
      expect(pixel(frame, x + column, y + height - 1)[1], `bottom edge at ${column}`).toBeGreaterThan(200);
    }
    for (let row = 0; row < height; row += 1) {
      expect(pixel(frame, x, y + row)[1], `left edge at ${row}`).toBeGreaterThan(200);
      expect(pixel(frame, x + width - 1, y + row)[1], `right edge at ${row}`).toBeGreaterThan(200);
    }
    for (let row = 0; row < SIZE.heightPx; row += 1) {
      for (let column = 0; column < SIZE.widthPx; column += 1) {
        const isInside = column >= x && column < x + width && row >= y && row < y + height;
        if (!isInside && pixel(frame, column, row).some((value) => value !== 0)) {
          throw new Error(`pixel ${column},${row} outside the cell is lit`);
        }
      }
    }
  });

  it('moves on with every frame of the camera', async () => {
    const counters: number[] = [];
    await hall.watch.until((each) => {
      const counter = counterOf(each);
      if (counter !== null && counter !== counters.at(-1)) counters.push(counter);
      return counters.length >= 25;
    }, 10_000);
    const steps = counters.slice(1).map((counter, index) => counter - (counters[index] ?? 0));
    // The clip begins again at 0 now and then; otherwise every picture is a later one, and the newest wins.
    expect(steps.filter((step) => step <= 0).length).toBeLessThanOrEqual(1);
  });

  it('goes dark outside the new cell and nowhere else when another layout is taken', async () => {
    const { OBSWebSocket } = await import('obs-websocket-js');
    const obs = new OBSWebSocket();
    await obs.connect(hall.wall.obsUrl);
    await obs.call('SetCurrentPreviewScene', { sceneName: 'small' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const shown: WatchedFrame[] = [];
    const stop = hall.watch.listen((each) => {
      if (shown.length < 100) shown.push({ ...each, rgb: Uint8Array.from(each.rgb) });
    });
    await obs.call('TriggerStudioModeTransition');
    await hall.watch.until((each) => meanGreen(each, 40, 20, 100, 60) === 0, 5_000);
    stop();
    await obs.disconnect();
    const isOld = (each: WatchedFrame): boolean => meanGreen(each, 40, 20, 100, 60) > 0;
    const isNew = (each: WatchedFrame): boolean => meanGreen(each, SMALL.x + 100, SMALL.y + 60, 100, 60) > 0;
    expect(shown.length).toBeGreaterThan(0);
    for (const each of shown) expect(isOld(each) || isNew(each), `frame ${each.frameNumber} is black`).toBe(true);
  });
});

function counterOf(frame: WatchedFrame): number | null {
  const cell = new Uint8Array(CELL.width * CELL.height * 3);
  for (let row = 0; row < CELL.height; row += 1) {
    const from = ((CELL.y + row) * frame.widthPx + CELL.x) * 3;
    cell.set(frame.rgb.subarray(from, from + CELL.width * 3), row * CELL.width * 3);
  }
  return readFrameCounter(cell, CELL.width, CELL.height);
}

function pixel(frame: WatchedFrame, x: number, y: number): readonly number[] {
  const at = (y * frame.widthPx + x) * 3;
  return [...frame.rgb.subarray(at, at + 3)];
}

function meanColour(frame: WatchedFrame, area: { x: number; y: number; width: number; height: number }): number[] {
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = Math.ceil(area.y); y < Math.floor(area.y + area.height); y += 1) {
    for (let x = Math.ceil(area.x); x < Math.floor(area.x + area.width); x += 1) {
      pixel(frame, x, y).forEach((value, channel) => (sums[channel] = (sums[channel] ?? 0) + value));
      count += 1;
    }
  }
  return sums.map((sum) => Math.round(sum / count));
}
