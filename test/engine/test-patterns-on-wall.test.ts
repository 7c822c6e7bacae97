import { OBSWebSocket } from 'obs-websocket-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import type { WatchedFrame } from '../../scripts/bench/screen-watch.js';
import { CloseStack } from '../../src/core/closing.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { readCounter, type CounterReading } from '../../src/pattern/counter-cells.js';

const SIZE = { widthPx: 320, heightPx: 180 };

describe('a test pattern on a real wall', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  let hall: TestCardHall;

  beforeAll(async () => {
    const cell = { source: 'camera-1', x: 0, y: 0, width: SIZE.widthPx, height: SIZE.heightPx };
    const layouts = [{ id: 'one', name: 'one', cells: [cell] }];
    hall = closing.add(await startTestCardHall({ cameraCount: 1, gopFrames: 50, size: SIZE, layouts }));
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
  }, 60_000);
  afterAll(() => closing.close());

  const ask = async (requestType: string, requestData: Record<string, string | number | boolean>): Promise<unknown> => {
    const call = { vendorName: 'glasshall', requestType, requestData };
    return (await obs.call('CallVendorRequest', call)).responseData;
  };
  const read = (frame: WatchedFrame): CounterReading | null => readCounter(frame.rgb, SIZE);
  const onWall = async (): Promise<unknown> =>
    vendorRequests.GetWall.response.parse(await ask('GetWall', {})).testPattern;

  it('takes a second yes, is read back from the screen frame by frame, and ends by itself', async () => {
    await expect(ask('ShowTestPattern', { pattern: 'frame-counter' })).rejects.toThrow(/confirmation-needed/);
    expect(await onWall()).toBeNull();

    const readings = new Map<number, CounterReading & { readonly receivedAtMs: number }>();
    const stop = hall.watch.listen((frame) => {
      const reading = read(frame);
      // Whoever begins to watch may be sent the picture that stands a second time.
      if (reading !== null) readings.set(frame.frameNumber, { ...reading, receivedAtMs: Date.now() });
    });
    const begun = hall.watch.until((frame) => read(frame) !== null, 10_000);
    await ask('ShowTestPattern', { pattern: 'frame-counter', seconds: 2, confirm: true });
    expect(await onWall()).toMatchObject({ pattern: 'frame-counter', coveredCameras: ['camera-1'] });
    await begun;
    await hall.watch.until((frame) => read(frame) === null, 10_000);
    stop();
    await expect.poll(onWall, { timeout: 5_000 }).toBeNull();

    expect(readings.size).toBeGreaterThan(10);
    const frames = [...readings.values()];
    for (const [index, { tick, epochMs, receivedAtMs }] of frames.entries()) {
      if (index > 0) expect(tick).toBeGreaterThan(frames[index - 1]?.tick ?? 0);
      // Between drawing and receiving; the cells hold the lower 32 bits of the time.
      const latencyMs = ((receivedAtMs % 2 ** 32) - epochMs + 2 ** 32) % 2 ** 32;
      expect(latencyMs).toBeLessThan(60_000);
    }
  });
});
