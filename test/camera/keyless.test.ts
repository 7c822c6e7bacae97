import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraPool } from '../../src/camera/camera-pool.js';
import { KeyWatch } from '../../src/camera/ingest/key-watch.js';
import { cameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { truthOf } from '../../src/engine/tile-truth.js';
import { scratchFolder } from './clips.js';
import { coloursAt, joinedAt, makeHalves, until } from './halves.js';
import { RtspServer } from './rtsp-server.js';

const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
/** Every two seconds a strip that is coded anew goes over the picture. */
const INTRA_REFRESH = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-x264-params',
  'intra-refresh=1:keyint=50:bframes=0',
];
/** Along both halves, where the strip comes at different times, and the top. */
const PLACES = [[8, 60], [40, 60], [72, 60], [88, 60], [120, 60], [152, 60], [8, 3], [152, 3]] as const; // prettier-ignore
const COLOURS = 'rrrbbbgg';

let server: RtspServer;
let pool: CameraPool | null = null;

beforeAll(async () => {
  await makeHalves(file('refreshed.mp4'), '320x180', 70, ...INTRA_REFRESH);
  // From the middle of a refresh on; without supplemental information, and so without recovery points (H.264, D.2.8).
  await joinedAt(file('refreshed.mp4'), 2.4, file('marked.mp4'));
  await joinedAt(file('refreshed.mp4'), 2.4, file('unmarked.mp4'), '-bsf:v', 'filter_units=remove_types=6');
  await makeHalves(file('small.mp4'), '160x90', 60, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50');
  const names = ['marked', 'unmarked', 'small'];
  server = await RtspServer.start({
    mounts: Object.fromEntries(names.map((name) => [`/${name}`, file(`${name}.mp4`)])),
  });
});

afterEach(async () => {
  await pool?.close();
  pool = null;
});

afterAll(async () => {
  await server.close();
  scratch.remove();
});

function start(...cameras: { readonly id: string; readonly main: string; readonly sub?: string }[]): CameraPool {
  const address = (path: string): string => `rtsp://127.0.0.1:${server.port}${path}`;
  const parsed = cameras.map(({ id, main, sub }) => {
    const rtsp = { main: address(main), ...(sub === undefined ? {} : { sub: address(sub) }) };
    return cameraOptions.parse({ id, name: id, rtsp });
  });
  pool = CameraPool.start({ cameras: parsed, log: silentLogger, redactor: new Redactor() });
  return pool;
}

describe('a camera that refreshes its picture part by part', () => {
  it('is shown from a recovery point on, and only when the picture is whole', async () => {
    const cameras = start({ id: 'marked', main: '/marked' });
    const picture = cameras.acquire({ camera: 'marked', widthPx: 160, heightPx: 90, fit: 'cover' });
    await picture.ready();
    expect(coloursAt(picture, PLACES)).toBe(COLOURS);
    await until(() => picture.slot.publishedCount > 100);
    expect(coloursAt(picture, PLACES)).toBe(COLOURS);
    // Somebody who comes later begins with what is kept.
    const other = cameras.acquire({ camera: 'marked', widthPx: 161, heightPx: 90, fit: 'cover' });
    await other.ready();
    expect(coloursAt(other, PLACES)).toBe(COLOURS);
  });

  it('and marks no point to begin at: says so, lets its small stream stand in, and is shown when it must be whole', async () => {
    const cameras = start({ id: 'alone', main: '/unmarked' }, { id: 'both', main: '/unmarked', sub: '/small' });
    const alone = cameras.acquire({ camera: 'alone', widthPx: 160, heightPx: 90, fit: 'cover' });
    const truth = (): unknown => {
      const status = cameras.status().find(({ camera }) => camera === 'alone');
      return status === undefined ? null : truthOf(status, alone.report());
    };
    await until(() => cameras.status().every(({ state }) => state === 'live'));
    const both = cameras.acquire({ camera: 'both', widthPx: 320, heightPx: 180, fit: 'cover' });
    await both.ready();
    expect(
      coloursAt(
        both,
        PLACES.map(([x, y]) => [x * 2, y * 2] as const),
      ),
    ).toBe(COLOURS);
    await until(() => alone.report().awaitsKeyPicture);
    expect(truth()).toEqual({ state: 'connecting', reason: 'no-key-picture', lastLiveAtMs: null });
    expect([alone.slot.publishedCount, both.isLive()]).toEqual([0, true]);
    await alone.ready();
    expect(coloursAt(alone, PLACES)).toBe(COLOURS);
    await until(() => alone.slot.publishedCount > 25);
    expect(truth()).toMatchObject({ state: 'live', reason: null });
    expect(coloursAt(alone, PLACES)).toBe(COLOURS);
    // Who comes now need not wait until that is noticed again.
    const other = cameras.acquire({ camera: 'alone', widthPx: 161, heightPx: 90, fit: 'cover' });
    await other.ready();
    expect(coloursAt(other, PLACES)).toBe(COLOURS);
    expect(both.isLive()).toBe(true);
  }, 90_000);
});

describe('KeyWatch', () => {
  /** Pictures a second apart, from the first to the last of these seconds. */
  const come = (watch: KeyWatch, from: number, to: number, isKey: (second: number) => boolean = () => false): void => {
    for (let second = from; second <= to; second += 1) {
      watch.observe({ isKey: isKey(second), arrivedAtMs: second * 1_000 });
    }
  };

  it('gives a stream twenty seconds for its first key picture, and for its next', () => {
    const watch = new KeyWatch();
    come(watch, 100, 120);
    expect(watch.isKeyless).toBe(false);
    come(watch, 121, 121);
    expect(watch.isKeyless).toBe(true);
    come(watch, 122, 122, () => true);
    expect(watch.isKeyless).toBe(false);
    come(watch, 123, 143);
    expect(watch.isKeyless).toBe(true);
  });

  it('is patient with a stream whose key pictures are known to be rare', () => {
    const watch = new KeyWatch();
    come(watch, 0, 60, (second) => second % 30 === 0);
    come(watch, 61, 120);
    expect(watch.isKeyless).toBe(false);
    come(watch, 121, 121);
    expect(watch.isKeyless).toBe(true);
  });

  it('counts from the beginning of each connection, and remembers what it found', () => {
    const watch = new KeyWatch();
    come(watch, 0, 15);
    watch.begin();
    come(watch, 100, 115);
    expect(watch.isKeyless).toBe(false);
    come(watch, 116, 121);
    watch.begin();
    expect(watch.isKeyless).toBe(true);
    come(watch, 200, 201);
    expect(watch.isKeyless).toBe(true);
  });
});
