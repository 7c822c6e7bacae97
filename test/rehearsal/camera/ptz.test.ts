import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { CameraHall } from '../../../src/rehearsal/camera/camera-hall.js';
import { PanTiltHead } from '../../../src/rehearsal/camera/ptz/pan-tilt-head.js';
import { CACHE_DIRECTORY, cameraAt } from './hall.js';
import { PtzClient } from './ptz-client.js';

describe('the head', () => {
  it('turns at the speed it is told until its time is up, and no farther than it can', () => {
    let nowMs = 0;
    const head = new PanTiltHead(() => nowMs);
    head.turn({ pan: 0.5, tilt: -1, zoom: 1 }, 1_000);
    nowMs = 400;
    expect(head.position).toEqual({ pan: 0.1, tilt: -0.2, zoom: expect.closeTo(0.16) as number });
    expect(head.isMoving).toBe(true);
    nowMs = 5_000;
    expect(head.position.tilt).toBe(-0.5);
    expect(head.isMoving).toBe(false);
    head.turn({ tilt: -1 }, 60_000);
    nowMs = 60_000;
    expect(head.position.tilt).toBe(-1);
  });

  it('leaves an axis that is not mentioned going, and stops one alone', () => {
    let nowMs = 0;
    const head = new PanTiltHead(() => nowMs);
    head.turn({ zoom: 1 }, 10_000);
    head.turn({ pan: 1, tilt: 0 }, 10_000);
    nowMs = 1_000;
    expect(head.position).toEqual({ pan: 0.5, tilt: 0, zoom: 0.4 });
    head.stop({ panTilt: true, zoom: false });
    nowMs = 2_000;
    expect(head.position).toEqual({ pan: 0.5, tilt: 0, zoom: 0.8 });
  });
});

describe('a client that we did not write', () => {
  let hall: CameraHall;
  let client: PtzClient;

  beforeAll(async () => {
    const card = { name: '测试', clip: 'test-card', password: 'secret', gopFrames: 25 } as const;
    hall = await CameraHall.start({
      cameras: [
        { ...card, id: 'turnable', ptz: true },
        { ...card, id: 'fixed' },
      ],
      cacheDirectory: CACHE_DIRECTORY,
      discovery: false,
      log: silentLogger,
    });
    client = await PtzClient.connect(cameraAt(hall, 0));
  }, 120_000);

  afterAll(() => hall.close());

  it('turns the camera, which stops when told and when its time is up', async () => {
    await client.move({ x: 1, y: 0, zoom: 0 });
    expect(await client.turning()).toBeGreaterThan(0);
    await client.stop();
    expect(await client.turning()).toBe(0);
    expect((await client.position()).x).toBeGreaterThan(0);
    await client.move({ x: -0.5, timeout: 1_000 });
    expect(await client.turning()).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await client.turning()).toBe(0);
  });

  it('keeps positions, also while the camera is away, and goes back to them', async () => {
    await client.goTo({ x: -0.4, y: 0.3, zoom: 0.5 });
    await expect.poll(() => client.position(), { timeout: 5_000 }).toEqual({ x: -0.4, y: 0.3, zoom: 0.5 });
    await client.save('取号机');
    await hall.fault('turnable', { kind: 'stop' });
    await hall.fault('turnable', { kind: 'start' });
    const token = (await client.presets())['取号机'] ?? '';
    await client.goHome();
    await expect.poll(() => client.position(), { timeout: 5_000 }).toEqual({ x: 0, y: 0, zoom: 0 });
    await client.recall(token);
    await expect.poll(() => client.position(), { timeout: 5_000 }).toEqual({ x: -0.4, y: 0.3, zoom: 0.5 });
    await client.remove(token);
    await expect(client.recall(token)).rejects.toThrow();
  });

  it('finds no such service at a camera that is fixed', async () => {
    const fixed = await PtzClient.connect(cameraAt(hall, 1));
    await expect(fixed.position()).rejects.toThrow();
  });
});
