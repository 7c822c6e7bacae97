import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CameraPool } from '../../src/camera/camera-pool.js';
import { KeyPictureRequest } from '../../src/camera/ingest/key-picture-request.js';
import { OnvifDirectory } from '../../src/camera/onvif/onvif-directory.js';
import { cameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { CameraHall } from '../../src/rehearsal/camera/camera-hall.js';
import { CACHE_DIRECTORY, cameraAt } from '../rehearsal/camera/hall.js';
import { OnvifServer } from './onvif-server.js';

const LONG_GROUP_OF_PICTURES = 250;

describe('when a camera is asked for a key picture', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function requestOf(ask: (signal: AbortSignal) => Promise<boolean>): { request: KeyPictureRequest; asked: number[] } {
    const asked: number[] = [];
    const beganAtMs = Date.now();
    const request = new KeyPictureRequest((signal) => {
      asked.push(Date.now() - beganAtMs);
      return ask(signal);
    }, silentLogger);
    request.begin();
    return { request, asked };
  }

  it('is asked a few times while a connection has none', async () => {
    const { request, asked } = requestOf(() => Promise.resolve(true));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([400, 1_400, 2_400, 3_400]);
    await request.close();
  });

  it('is not asked when one came by itself, and no more after it came', async () => {
    const prompt = requestOf(() => Promise.resolve(true));
    prompt.request.end();
    const late = requestOf(() => Promise.resolve(true));
    await vi.advanceTimersByTimeAsync(1_000);
    late.request.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([prompt.asked, late.asked]).toEqual([[], [400]]);
  });

  it('is asked once where there is nobody to ask, and where it cannot do it', async () => {
    const nobody = requestOf(() => Promise.resolve(false));
    const unable = requestOf(() => Promise.reject(new Error('ter:ActionNotSupported')));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([nobody.asked, unable.asked]).toEqual([[400], [400]]);
  });

  it('leaves no question behind', async () => {
    let isOver = false;
    const { request } = requestOf(
      (signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            isOver = true;
            reject(new Error('aborted'));
          }),
        ),
    );
    await vi.advanceTimersByTimeAsync(500);
    await request.close();
    expect(isOver).toBe(true);
  });
});

describe('a camera with ten seconds between its key pictures', () => {
  it('sends one when it is asked', async () => {
    const hall = await CameraHall.start({
      cameras: [{ id: 'slow', name: '测试', clip: 'test-card', password: 'secret', gopFrames: LONG_GROUP_OF_PICTURES }],
      cacheDirectory: CACHE_DIRECTORY,
      discovery: false,
      log: silentLogger,
    });
    const { id, onvifAddress: address, username, password } = cameraAt(hall, 0);
    const camera = cameraOptions.parse({ id, name: id, onvif: { address, username, password } });
    const pool = CameraPool.start({ cameras: [camera], log: silentLogger, redactor: new Redactor() });
    try {
      // Its recording has just begun; without the question it would go on to its end.
      const first = async (): Promise<number[]> =>
        (await hall.frameTimes('slow')).sub.slice(0, LONG_GROUP_OF_PICTURES / 2).map(({ clipFrame }) => clipFrame);
      await expect.poll(first, { timeout: 20_000, interval: 200 }).toContain(0);
      const frames = await first();
      expect(frames[frames.indexOf(0) - 1]).toBeLessThan(LONG_GROUP_OF_PICTURES - 50);
    } finally {
      await pool.close();
      await hall.close();
    }
  }, 180_000);
});

describe('a camera that cannot do it', () => {
  it('says so, and there is nobody to ask before it has told its streams', async () => {
    const server = await OnvifServer.start();
    const directory = new OnvifDirectory({ address: server.address, username: 'admin', password: 'pass' });
    const { signal } = new AbortController();
    try {
      expect(await directory.requestKeyPicture(null, signal)).toBe(false);
      await directory.address(null, 0, signal);
      await expect(directory.requestKeyPicture(null, signal)).rejects.toMatchObject({ code: 'unreadable' });
      expect(server.asked.at(-1)).toBe('SetSynchronizationPoint');
    } finally {
      await server.close();
    }
  });
});
