import { readFile, rename, writeFile } from 'node:fs/promises';
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

  it('asks for a second yes while the hall is open by its schedule, and not on a holiday', async () => {
    const written = JSON.parse(await readFile(hall.wall.file, 'utf8')) as Record<string, unknown>;
    const live = async (schedule: Record<string, unknown>): Promise<void> => {
      const service = async () => vendorRequests.GetService.response.parse(await ask('GetService', {})).configuration;
      const { loadedAtMs } = await service();
      const whole = { ...written, schedule: { rules: [], otherwise: 'one', ...schedule } };
      await writeFile(`${hall.wall.file}.new`, JSON.stringify(whole));
      await rename(`${hall.wall.file}.new`, hall.wall.file);
      await expect.poll(service, { timeout: 20_000 }).not.toMatchObject({ loadedAtMs });
      expect(await service()).toMatchObject({ problems: [] });
    };
    const openingHours = { 'monday-sunday': ['00:00-24:00'] };
    await live({ openingHours });
    await expect(ask('ShowTestPattern', { pattern: 'red' })).rejects.toThrow(/confirmation-needed/);
    await live({ openingHours, holidays: [{ name: '长假', from: '2020-01-01', to: '2020-01-01' }] });
    await expect(ask('ShowTestPattern', { pattern: 'red' })).rejects.toThrow(/confirmation-needed/);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await live({ openingHours, holidays: [{ name: '长假', from: yesterday, to: tomorrow }] });
    await ask('ShowTestPattern', { pattern: 'red', seconds: 5 });
    expect(await onWall()).toMatchObject({ pattern: 'red' });
    await ask('StopTestPattern', {});
    await live({});
  }, 90_000);

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
