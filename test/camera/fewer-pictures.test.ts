import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CameraPool } from '../../src/camera/camera-pool.js';
import { cameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { ffmpeg, fragmented, makeClip, scratchFolder } from './clips.js';
import { decodeAll } from './decode-all.js';
import { until } from './halves.js';
import { RtspServer } from './rtsp-server.js';
import { readStream, type Stream } from './streams.js';

const CELL = { widthPx: 96, heightPx: 54 };
const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
afterAll(() => scratch.remove());

/** Two seconds of moving picture, every picture another. */
async function makeStream(...more: string[]): Promise<Stream> {
  await makeClip(file('clip.mp4'), '320x180', 2, ...more);
  await fragmented(file('clip.mp4'), file('fragmented.mp4'));
  return readStream(file('fragmented.mp4'));
}

/** Which of all pictures are given out. */
async function given(stream: Stream, leastIntervalMs: number, skippedPictures = 0): Promise<number[]> {
  const all = await decodeAll(stream, CELL, 'contain');
  const few = await decodeAll(stream, CELL, 'contain', { leastIntervalMs, skippedPictures });
  return few.map((picture) => all.findIndex((each) => each.equals(picture)));
}

describe('a decoder that need not give out every picture', () => {
  it.each([
    [25, [], [0, 4, 8, 12]],
    [30, ['-r', '30'], [0, 5, 10, 15]],
    [20, ['-r', '20'], [0, 3, 6, 9]],
    [15, ['-r', '15'], [0, 3, 6, 9]],
    [10, ['-r', '10'], [0, 2, 4, 6]],
    [5, ['-r', '5'], [0, 1, 2, 3]],
  ])('leaves out what comes too soon after the one before: of %i a second', async (_, more, first) => {
    expect((await given(await makeStream(...more), 140)).slice(0, 4)).toEqual(first);
  });

  it('begins with the first that is to be seen', async () => {
    expect((await given(await makeStream(), 140, 13)).slice(0, 3)).toEqual([13, 17, 21]);
  });

  it('takes pictures in the order in which they are shown, not in that in which they come', async () => {
    const stream = await makeStream('-bf', '2', '-preset', 'veryfast');
    expect((await given(stream, 140)).slice(0, 4)).toEqual([0, 4, 8, 12]);
  });

  it('joins fields before it leaves out pictures, so that no neighbour is missing', async () => {
    const stream = await makeStream('-flags', '+ildct+ilme', '-x264opts', 'tff=1');
    expect(stream.segment.information.isInterlaced).toBe(true);
    expect((await given(stream, 140)).slice(0, 4)).toEqual([0, 4, 8, 12]);
  });

  it('goes on where the times stand still', async () => {
    await makeClip(file('still.mp4'), '320x180', 4);
    await ffmpeg('-i', file('still.mp4'), '-c', 'copy', '-bsf:v', 'setts=ts=N', file('times.mp4'));
    await fragmented(file('times.mp4'), file('times-fragmented.mp4'));
    expect(await given(readStream(file('times-fragmented.mp4')), 140)).toEqual([0, 25, 50, 75]);
  });
});

describe('a camera that is looked at in small', () => {
  it('gives fewer pictures to those who want fewer, and is as live for them', async () => {
    await makeClip(file('long.mp4'), '320x180', 30);
    const server = await RtspServer.start({ mounts: { '/long': file('long.mp4') } });
    const rtsp = { main: `rtsp://127.0.0.1:${server.port}/long` };
    const cameras = [cameraOptions.parse({ id: 'one', name: 'one', rtsp })];
    const pool = CameraPool.start({ cameras, log: silentLogger, redactor: new Redactor() });
    try {
      const request = { camera: 'one', ...CELL, fit: 'contain' } as const;
      const [every, few] = [pool.acquire(request), pool.acquire({ ...request, leastIntervalMs: 140 })];
      expect(few.slot).not.toBe(every.slot);
      await Promise.all([every.ready(), few.ready()]);
      const [everyBefore, fewBefore] = [every.slot.publishedCount, few.slot.publishedCount];
      await until(() => every.slot.publishedCount >= everyBefore + 100);
      const share = (few.slot.publishedCount - fewBefore) / (every.slot.publishedCount - everyBefore);
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
      expect([few.isLive(), few.report().showsSlate]).toEqual([true, false]);
    } finally {
      await pool.close();
      await server.close();
    }
  });
});
