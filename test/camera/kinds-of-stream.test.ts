import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraPool, type CameraPicture } from '../../src/camera/camera-pool.js';
import { cameraOptions, type CameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { tileStatus } from '../../src/engine/tile-status.js';
import { scratchFolder } from './clips.js';
import { coloursAt, joinedAt, makeHalves, until } from './halves.js';
import { RtspServer } from './rtsp-server.js';

const scratch = scratchFolder();
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '50'];
const FIELDS = ['-vf', 'setfield=tff', '-flags', '+ildct+ilme', '-x264opts', 'tff=1'];
const CELL = { widthPx: 160, heightPx: 90 };
/** Of a picture that fills its cell: left, right, above. */
const WHOLE = { fit: 'cover', places: [[40, 60], [120, 60], [80, 3]], colours: 'rbg' } as const; // prettier-ignore
/** A strip from the middle of a portrait picture. */
const STRIP = { fit: 'cover', places: [[10, 45], [150, 45], [70, 2], [90, 87]], colours: 'rbrb' } as const; // prettier-ignore
/** A portrait picture in the middle, with bars left and right. */
const BARS = { fit: 'contain', places: [[40, 45], [65, 60], [95, 60], [80, 3], [120, 45]], colours: '-rbg-' } as const; // prettier-ignore

const KINDS = [
  { kind: 'H.264 without B pictures', file: 'plain.mp4', size: '320x180', coding: H264, codec: 'H.264', ...WHOLE },
  { kind: 'H.264 with B pictures', file: 'b.mp4', size: '320x180', coding: [...H264, '-preset', 'veryfast', '-bf', '3'], codec: 'H.264', ...WHOLE }, // prettier-ignore
  { kind: 'H.265', file: 'a.h265.mp4', size: '320x180', coding: ['-c:v', 'libx265', '-preset', 'ultrafast', '-g', '50', '-x265-params', 'log-level=none'], codec: 'H.265', ...WHOLE }, // prettier-ignore
  { kind: 'MJPEG', file: 'a.mjpeg.avi', size: '320x184', coding: ['-c:v', 'mjpeg', '-q:v', '4', '-huffman', 'default', '-pix_fmt', 'yuvj420p'], codec: 'MJPEG', ...WHOLE }, // prettier-ignore
  { kind: 'interlaced H.264', file: 'fields.mp4', size: '320x180', coding: [...H264, ...FIELDS], codec: 'H.264', ...WHOLE }, // prettier-ignore
  { kind: 'interlaced H.264 with B pictures', file: 'fields-b.mp4', size: '320x180', coding: [...H264, '-preset', 'veryfast', '-bf', '2', ...FIELDS], codec: 'H.264', ...WHOLE }, // prettier-ignore
  { kind: 'a portrait picture, covering', file: 'portrait.mp4', size: '180x320', coding: H264, codec: 'H.264', ...STRIP }, // prettier-ignore
  { kind: 'a portrait picture, contained', file: 'portrait.mp4', size: '180x320', coding: H264, codec: 'H.264', ...BARS }, // prettier-ignore
] as const;
const LONG = [...H264, '-g', '250', '-keyint_min', '250', '-sc_threshold', '0'];

let server: RtspServer;
let pool: CameraPool | null = null;

beforeAll(async () => {
  const mounts: Record<string, string> = {};
  for (const { file, size, coding } of KINDS) {
    if (mounts[`/${file}`] !== undefined) continue;
    mounts[`/${file}`] = join(scratch.path, file);
    await makeHalves(join(scratch.path, file), size, 25, ...coding);
  }
  for (const [name, coding] of [
    ['long', LONG],
    ['long-b', [...LONG, '-preset', 'veryfast', '-bf', '2']],
  ] as const) {
    mounts[`/${name}`] = join(scratch.path, `${name}-joined.mp4`);
    await makeHalves(join(scratch.path, `${name}.mp4`), '320x180', 30, ...coding);
    await joinedAt(join(scratch.path, `${name}.mp4`), 4.4, join(scratch.path, `${name}-joined.mp4`));
  }
  server = await RtspServer.start({ mounts });
});

afterEach(async () => {
  await pool?.close();
  pool = null;
});

afterAll(async () => {
  await server.close();
  scratch.remove();
});

function start(...cameras: CameraOptions[]): CameraPool {
  pool = CameraPool.start({ cameras, log: silentLogger, redactor: new Redactor() });
  return pool;
}

const camera = (id: string, path: string): CameraOptions =>
  cameraOptions.parse({ id, name: id, rtsp: { main: `rtsp://127.0.0.1:${server.port}${path}` } });

/** The tile as pages see it. */
function tileOf(cameras: CameraPool, id: string, picture: CameraPicture): ReturnType<typeof tileStatus> {
  const status = cameras.status().find((one) => one.camera === id);
  if (status === undefined) throw new Error(`no camera ${id}`);
  return tileStatus(status, id, { onAir: true, onPreview: false, picture: picture.report() });
}

describe('kinds of streams', () => {
  it.each(KINDS)('$kind', async ({ file, size, codec, fit, places, colours }) => {
    const cameras = start(camera('one', `/${file}`));
    const picture = cameras.acquire({ camera: 'one', ...CELL, fit });
    await picture.ready();
    expect(coloursAt(picture, places)).toBe(colours);
    const before = picture.slot.publishedCount;
    await until(() => picture.slot.publishedCount > before + 25);
    expect(coloursAt(picture, places)).toBe(colours);
    const [widthPx, heightPx] = size.split('x').map(Number);
    expect(tileOf(cameras, 'one', picture)).toMatchObject({
      state: 'live',
      reason: null,
      slate: false,
      stream: { widthPx, heightPx, codec },
    });
  });

  it.each(['long', 'long-b'])(
    'a key picture every ten seconds, joined between two of them: says that it waits, and shows no half picture (%s)',
    async (name) => {
      const cameras = start(camera('late', `/${name}`));
      const picture = cameras.acquire({ camera: 'late', ...CELL, fit: 'cover' });
      await until(() => tileOf(cameras, 'late', picture).reason === 'no-key-picture');
      expect(tileOf(cameras, 'late', picture)).toMatchObject({ state: 'connecting', slate: true });
      await picture.ready();
      expect(coloursAt(picture, WHOLE.places)).toBe(WHOLE.colours);
      const before = picture.slot.publishedCount;
      await until(() => picture.slot.publishedCount > before + 25);
      expect(tileOf(cameras, 'late', picture)).toMatchObject({ state: 'live', reason: null, slate: false });
      // Somebody who comes now need not wait for the next one.
      const other = cameras.acquire({ camera: 'late', widthPx: 80, heightPx: 45, fit: 'cover' });
      await other.ready();
      expect(coloursAt(other, [[20, 30], [60, 30]])).toBe('rb'); // prettier-ignore
    },
  );
});
