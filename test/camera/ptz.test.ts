import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CameraPool, type Mover } from '../../src/camera/camera-pool.js';
import { cameraOptions, type CameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { CameraHall, type HallCamera } from '../../src/rehearsal/camera/camera-hall.js';
import { CACHE_DIRECTORY, cameraAt } from '../rehearsal/camera/hall.js';
import { PtzClient } from '../rehearsal/camera/ptz-client.js';

const PATIENCE = { timeout: 10_000, interval: 50 };
const RIGHT = { pan: 1, tilt: 0, zoom: 0 };

let hall: CameraHall;
/** Looks at the camera from the side: a client that we did not write. */
let witness: PtzClient;
let pool: CameraPool;
let mover: Mover;

function optionsOf({ id, onvifAddress, username, password }: HallCamera): CameraOptions {
  return cameraOptions.parse({ id, name: id, onvif: { address: onvifAddress, username, password } });
}

beforeAll(async () => {
  const card = { name: '测试', clip: 'test-card', password: 'p@ss&<w>', gopFrames: 25 } as const;
  hall = await CameraHall.start({
    cameras: [
      { ...card, id: 'turnable', ptz: true },
      { ...card, id: 'fixed' },
    ],
    cacheDirectory: CACHE_DIRECTORY,
    discovery: false,
    log: silentLogger,
  });
  witness = await PtzClient.connect(cameraAt(hall, 0));
}, 120_000);

afterAll(() => hall.close());

beforeEach(async () => {
  pool = CameraPool.start({ cameras: hall.cameras.map(optionsOf), log: silentLogger, redactor: new Redactor() });
  mover = pool.ptz('turnable');
  await expect.poll(() => mover.status, PATIENCE).toEqual({ isMoving: false, reason: null });
  await mover.goHome();
  await expect.poll(() => witness.position(), PATIENCE).toEqual({ x: 0, y: 0, zoom: 0 });
});

afterEach(async () => {
  await pool.close();
  await hall.fault('turnable', { kind: 'none' });
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a camera that turns', () => {
  it('turns as long as somebody says so, and says that it does', async () => {
    const told: unknown[] = [];
    pool.on('status', ({ camera, ptz }) => camera === 'turnable' && told.push(ptz?.isMoving));
    for (let count = 0; count < 8; count += 1) {
      await mover.move(RIGHT);
      await pause(200);
    }
    expect(await witness.turning()).toBeGreaterThan(0);
    expect(pool.status()[0]?.ptz).toEqual({ isMoving: true, reason: null });
    await mover.stop();
    expect(await witness.turning()).toBe(0);
    expect((await witness.position()).x).toBeGreaterThan(0.5);
    expect(pool.status()[0]?.ptz).toEqual({ isMoving: false, reason: null });
    expect(told.filter((now, index) => now !== told[index - 1])).toEqual([true, false]);
  });

  it('is stopped when nobody says any more that it should turn', async () => {
    await mover.move({ pan: -0.5, tilt: 0.5, zoom: 0.5 });
    expect(await witness.turning()).toBeGreaterThan(0);
    await expect.poll(() => mover.status?.isMoving, { timeout: 3_000, interval: 20 }).toBe(false);
    expect(await witness.turning()).toBe(0);
    const { x, y, zoom } = await witness.position();
    expect([x < 0, y > 0, zoom > 0]).toEqual([true, true, true]);
  });

  it('does what is wanted last, and ends a zoom that is not wanted any more', async () => {
    const done = [mover.move({ ...RIGHT, zoom: 1 }), mover.move({ pan: 0, tilt: 1, zoom: 1 }), mover.move(RIGHT)];
    await Promise.all(done);
    const { zoom } = await witness.position();
    await pause(300);
    expect((await witness.position()).zoom).toBe(zoom);
    await Promise.all([mover.move({ pan: -1, tilt: 0, zoom: 0 }), mover.stop()]);
    expect(await witness.turning()).toBe(0);
  });

  it('is stopped when the service ends, or is given another configuration', async () => {
    await mover.move(RIGHT);
    await pool.close();
    expect(await witness.turning()).toBe(0);
    await expect(mover.move(RIGHT)).rejects.toMatchObject({ code: 'no-ptz' });
  });

  it('goes to positions that it has kept, by names in any language, and home', async () => {
    await mover.move({ ...RIGHT, zoom: 0.5 });
    await pause(400);
    await mover.stop();
    const kept = await witness.position();
    await mover.save('三号窗口 <"&">', null);
    const preset = (await mover.presets()).find(({ name }) => name === '三号窗口 <"&">');
    if (preset === undefined) throw new Error('it was not kept');
    await mover.goHome();
    await expect.poll(() => witness.position(), PATIENCE).toEqual({ x: 0, y: 0, zoom: 0 });
    await mover.recall(preset.token);
    await expect.poll(() => witness.position(), PATIENCE).toEqual(kept);
    await mover.save('四号窗口', preset.token);
    expect(await mover.presets()).toEqual([{ token: preset.token, name: '四号窗口' }]);
    await mover.remove(preset.token);
    expect(await mover.presets()).toEqual([]);
    await expect(mover.recall(preset.token)).rejects.toMatchObject({ code: 'ptz-failed' });
    expect(mover.status?.reason).toBe('unreadable');
  });

  it('that does not answer says why, and is asked again when it is back', async () => {
    await hall.fault('turnable', { kind: 'stop' });
    await expect(mover.presets()).rejects.toMatchObject({ code: 'ptz-failed', parameters: { reason: 'refused' } });
    expect(mover.status).toEqual({ isMoving: false, reason: 'refused' });
    await hall.fault('turnable', { kind: 'start' });
    await mover.move(RIGHT);
    expect(mover.status).toEqual({ isMoving: true, reason: null });
  });

  it('is asked few questions at once, however many there are', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => mover.presets()));
    const codes = answers.map((answer) =>
      answer.status === 'rejected' ? (answer.reason as { code: string }).code : '',
    );
    expect(codes.filter((code) => code === 'busy')).toHaveLength(12);
  });
});

it('a camera that is fixed cannot be turned', async () => {
  await expect.poll(() => pool.status()[1]?.state, PATIENCE).toBe('live');
  expect(pool.status()[1]?.ptz).toBeNull();
  await expect(pool.ptz('fixed').move(RIGHT)).rejects.toMatchObject({ code: 'no-ptz' });
  await expect(pool.ptz('fixed').presets()).rejects.toMatchObject({ code: 'no-ptz' });
});
