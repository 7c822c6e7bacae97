import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraPool, type CameraPicture, type CameraStatus } from '../../src/camera/camera-pool.js';
import { cameraOptions, type CameraOptions } from '../../src/camera/options.js';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { ffmpeg, makeClip, scratchFolder } from './clips.js';
import { RtspServer } from './rtsp-server.js';
import { openSlowDoor } from './slow-door.js';

const USERNAME = 'viewer';
const PASSWORD = 'p@ss w:/rd#1%&';
const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);

let server: RtspServer;
let pool: CameraPool | null = null;
const logged: string[] = [];
const keep = (details: object, message: string): void => void logged.push(message + JSON.stringify(details));
const log: Logger = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };

/** One colour, uneven enough that every picture is another even when it is shrunk and its noise averaged. */
async function makeColour(name: string, colour: string, size: string, seconds: number): Promise<void> {
  const source = [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:size=${size}:rate=25,noise=c0s=14:c0f=t`,
    '-t',
    String(seconds),
  ];
  await ffmpeg(
    ...source,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '50',
    '-bf',
    '0',
    '-pix_fmt',
    'yuv420p',
    file(name),
  );
}

beforeAll(async () => {
  await makeColour('red.mp4', 'red', '320x180', 40);
  await makeColour('blue.mp4', 'blue', '640x360', 40);
  await makeClip(file('b.mp4'), '320x180', 40, '-bf', '2', '-preset', 'veryfast');
  await makeClip(file('short.mp4'), '320x180', 2);
  const mounts = {
    '/red': file('red.mp4'),
    '/blue': file('blue.mp4'),
    '/b': file('b.mp4'),
    '/short': file('short.mp4'),
  };
  server = await RtspServer.start({ mounts, username: USERNAME, password: PASSWORD });
});

afterEach(async () => {
  await pool?.close();
  pool = null;
  expect(ourFfmpegs()).toEqual([]);
});

afterAll(async () => {
  await server.close();
  scratch.remove();
});

/** Command lines of ffmpeg processes that this process started. */
function ourFfmpegs(): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = /^\d+ \(.*\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (Number(parent) === process.pid && command.includes('ffmpeg')) found.push(command);
    } catch {
      continue; // It has ended since the folder was read.
    }
  }
  return found;
}

function camera(id: string, main: string, more: object = {}, rtsp: object = {}): CameraOptions {
  const address = `rtsp://127.0.0.1:${server.port}${main}`;
  return cameraOptions.parse({
    id,
    name: id,
    rtsp: { main: address, username: USERNAME, password: PASSWORD, ...rtsp },
    ...more,
  });
}

function start(...cameras: CameraOptions[]): CameraPool {
  pool = CameraPool.start({ cameras, log, redactor: new Redactor() });
  return pool;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function statusOf(cameras: CameraPool, id: string): CameraStatus {
  const found = cameras.status().find((status) => status.camera === id);
  if (found === undefined) throw new Error(`no camera ${id}`);
  return found;
}

/** Red, green and blue in the middle of the newest picture. */
function middle({ slot }: CameraPicture): number[] {
  const { widthPx, heightPx } = slot.handle;
  const at = (Math.floor(heightPx / 2) * widthPx + Math.floor(widthPx / 2)) * 3;
  return [...(slot.read()?.pixels.subarray(at, at + 3) ?? [])];
}

const isRed = ([red = 0, , blue = 0]: number[]): boolean => red > 200 && blue < 60;
const isBlue = ([red = 0, , blue = 0]: number[]): boolean => blue > 200 && red < 60;

describe('a camera given by its RTSP addresses', () => {
  it.each(['tcp', 'udp'] as const)('gives pictures of exactly the cell over %s', async (transport) => {
    const cameras = start(camera('one', '/red', { transport }));
    const picture = cameras.acquire({ camera: 'one', widthPx: 161, heightPx: 91, fit: 'cover' });
    expect(picture.slot.handle).toMatchObject({ widthPx: 161, heightPx: 91 });
    expect(picture.isLive()).toBe(false);
    await picture.ready();
    expect(isRed(middle(picture))).toBe(true);
    expect(picture.isLive()).toBe(true);
    const before = picture.slot.publishedCount;
    await until(() => picture.slot.publishedCount > before + 10);
    expect(statusOf(cameras, 'one')).toMatchObject({
      state: 'live',
      reason: null,
      attempt: 0,
      nextTryAtMs: null,
      stream: { name: 'main', widthPx: 320, heightPx: 180, codec: expect.stringContaining('avc1.') as string },
    });
  });

  it('plays streams with B pictures', async () => {
    const cameras = start(camera('b', '/b'));
    const picture = cameras.acquire({ camera: 'b', widthPx: 320, heightPx: 180, fit: 'cover' });
    await until(() => picture.slot.publishedCount > 25);
  });

  it('shows its password to nobody: not in command lines, not in logs', async () => {
    logged.length = 0;
    const cameras = start(camera('good', '/red'), camera('gone', '/nothing'));
    const picture = cameras.acquire({ camera: 'good', widthPx: 160, heightPx: 90, fit: 'cover' });
    await picture.ready();
    await until(() => statusOf(cameras, 'gone').reason !== null);
    const commands = ourFfmpegs();
    expect(commands.length).toBeGreaterThanOrEqual(2);
    for (const form of [PASSWORD, encodeURIComponent(PASSWORD), 'p@ss', 'p%40ss']) {
      expect(commands.join('\n')).not.toContain(form);
      expect(logged.join('\n')).not.toContain(form);
    }
    expect(logged.join('\n')).toContain('404 Not Found');
  });
});

describe('a camera that is not there', () => {
  it('says why, and harms nobody', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const cameras = start(
      camera('good', '/red'),
      camera('wrong', '/red', {}, { password: 'other' }),
      camera('gone', '/nothing'),
      camera('off', '/red', {}, { main: `rtsp://127.0.0.1:${port}/x` }),
      camera('short', '/short'),
    );
    const seen = new Map<string, Set<string>>();
    cameras.on('status', ({ camera: id, reason }) => {
      if (reason !== null) seen.set(id, (seen.get(id) ?? new Set()).add(reason));
    });
    const missing = cameras.acquire({ camera: 'wrong', widthPx: 64, heightPx: 36, fit: 'cover' });
    const good = cameras.acquire({ camera: 'good', widthPx: 64, heightPx: 36, fit: 'cover' });
    await good.ready();
    await until(() => ['wrong', 'gone', 'off', 'short'].every((id) => seen.has(id)));
    expect(Object.fromEntries([...seen].map(([id, reasons]) => [id, [...reasons]]))).toEqual({
      wrong: ['unauthorised'],
      gone: ['not-found'],
      off: ['refused'],
      short: ['ended'],
    });
    await until(() => statusOf(cameras, 'wrong').attempt >= 2);
    expect(missing.slot.publishedCount).toBe(0);
    expect(() => cameras.acquire({ camera: 'unknown', widthPx: 1, heightPx: 1, fit: 'cover' })).toThrow(
      'there is no camera',
    );
  });

  it('hangs with its connection open: is stale, given up, and live again when it is back', async () => {
    const cameras = start(camera('one', '/red'));
    const picture = cameras.acquire({ camera: 'one', widthPx: 64, heightPx: 36, fit: 'cover' });
    await picture.ready();
    const states: string[] = [];
    cameras.on('status', ({ state, reason }) => states.push(`${state} ${reason ?? ''}`.trim()));
    server.freeze();
    try {
      await until(() => statusOf(cameras, 'one').state === 'retrying');
      expect(picture.isLive()).toBe(false);
      expect(states).toEqual(['stale timeout', 'retrying timeout']);
    } finally {
      server.thaw();
    }
    await until(() => statusOf(cameras, 'one').state === 'live' && picture.isLive());
  });
});

describe('a camera with a small and a large stream', () => {
  const both = (): CameraOptions => camera('two', '/blue', {}, { sub: `rtsp://127.0.0.1:${server.port}/red` });

  it('uses the small one for small cells and does not connect the large one', async () => {
    const cameras = start(both());
    const picture = cameras.acquire({ camera: 'two', widthPx: 320, heightPx: 180, fit: 'cover' });
    await picture.ready();
    expect(isRed(middle(picture))).toBe(true);
    expect(ourFfmpegs()).toHaveLength(2);
    expect(statusOf(cameras, 'two').stream?.name).toBe('sub');
  });

  it('shows the small one until the large one is there, and changes over without a gap', async () => {
    const slow = await openSlowDoor(server.port, 1_500);
    const rtsp = { main: `${slow.address}/blue`, sub: `rtsp://127.0.0.1:${server.port}/red` };
    const cameras = start(camera('two', '/blue', {}, rtsp));
    await until(() => statusOf(cameras, 'two').state === 'live');
    const picture = cameras.acquire({ camera: 'two', widthPx: 641, heightPx: 361, fit: 'cover' });
    await picture.ready();
    expect(isRed(middle(picture))).toBe(true);
    const others: number[][] = [];
    await until(() => {
      const pixel = middle(picture);
      if (!isRed(pixel) && !isBlue(pixel)) others.push(pixel);
      return isBlue(pixel);
    });
    expect(others).toEqual([]);
    await until(() => ourFfmpegs().length === 3);
    const before = picture.slot.publishedCount;
    await until(() => picture.slot.publishedCount > before + 10);
    expect(isBlue(middle(picture))).toBe(true);
    expect(statusOf(cameras, 'two').stream?.name).toBe('main');
    await cameras.close();
    slow.close();
  });

  it('falls back to the small one when the large one is not to be had', async () => {
    const cameras = start(camera('two', '/nothing', {}, { sub: `rtsp://127.0.0.1:${server.port}/red` }));
    await until(() => statusOf(cameras, 'two').state === 'live');
    const picture = cameras.acquire({ camera: 'two', widthPx: 641, heightPx: 361, fit: 'cover' });
    await picture.ready();
    expect(isRed(middle(picture))).toBe(true);
    expect(statusOf(cameras, 'two')).toMatchObject({ state: 'live', stream: { name: 'sub' } });
  });
});

describe('pictures', () => {
  it('are shared by everybody who wants the same, and go on for a moment after the last', async () => {
    const cameras = start(camera('one', '/red'));
    const request = { camera: 'one', widthPx: 160, heightPx: 90, fit: 'contain' } as const;
    const [first, second] = [cameras.acquire(request), cameras.acquire(request)];
    expect(second.slot).toBe(first.slot);
    expect(cameras.acquire({ ...request, fit: 'cover' }).slot).not.toBe(first.slot);
    await first.ready();
    first.release();
    first.release();
    second.release();
    const third = cameras.acquire(request);
    expect(third.slot).toBe(first.slot);
    await third.ready();
    third.release();
    const running = ourFfmpegs().length;
    await until(() => ourFfmpegs().length < running);
    expect(cameras.acquire(request).slot).not.toBe(first.slot);
  });

  it('may be asked for before the camera is there, and the pool closed in the middle of everything', async () => {
    const cameras = start(camera('one', '/red'), camera('two', '/blue'));
    cameras.acquire({ camera: 'one', widthPx: 160, heightPx: 90, fit: 'cover' });
    await Promise.all([cameras.close(), cameras.close()]);
    expect(cameras.status().map(({ state }) => state)).toEqual(['off', 'off']);
    expect(() => cameras.acquire({ camera: 'one', widthPx: 160, heightPx: 90, fit: 'cover' })).toThrow();
  });

  it('need no logger that listens', async () => {
    pool = CameraPool.start({ cameras: [camera('one', '/red')], log: silentLogger, redactor: new Redactor() });
    await pool.acquire({ camera: 'one', widthPx: 16, heightPx: 9, fit: 'cover' }).ready();
  });
});
