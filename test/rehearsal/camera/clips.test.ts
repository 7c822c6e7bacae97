import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { CameraHall } from '../../../src/rehearsal/camera/camera-hall.js';
import { ClipLibrary } from '../../../src/rehearsal/camera/clips/clip-library.js';
import { clockTextAt } from '../../../src/rehearsal/camera/clips/scenes/caption.js';
import { CACHE_DIRECTORY, cameraAt, pullDigests, pullPictures, withCredentials } from './hall.js';

const SCENES = ['windows-a', 'windows-b', 'lobby', 'ticket-machines', 'self-service', 'waiting-area'] as const;

let hall: CameraHall;
const reports: number[] = [];

beforeAll(async () => {
  hall = await CameraHall.start({
    cameras: SCENES.map((clip) => ({ id: clip, name: clip, clip, password: 'password' })),
    cacheDirectory: CACHE_DIRECTORY,
    onProgress: (fraction) => reports.push(fraction),
    log: silentLogger,
    discovery: false,
  });
}, 300_000);

afterAll(() => hall.close());

function addressAt(index: number, stream: 'rtspMain' | 'rtspSub'): string {
  const camera = cameraAt(hall, index);
  return withCredentials(camera[stream], camera.username, camera.password);
}

describe('the scenes', () => {
  it('tell how far their making is, never backwards', () => {
    expect(reports).toEqual([...reports].sort((a, b) => a - b));
    for (const fraction of reports) expect(fraction).toBeGreaterThanOrEqual(0);
    for (const fraction of reports) expect(fraction).toBeLessThanOrEqual(1);
  });

  it('have no two equal frames', async () => {
    for (const index of SCENES.keys()) {
      const digests = await pullDigests(addressAt(index, 'rtspSub'), 40);
      expect(new Set(digests).size).toBe(40);
    }
  });

  it('differ from each other at a glance and are neither dark nor dazzling', async () => {
    const thumbnails: Uint8Array[] = [];
    for (const index of SCENES.keys()) {
      const [picture] = await pullPictures(addressAt(index, 'rtspMain'), 1, 16, 9);
      if (picture === undefined) throw new Error('no picture');
      thumbnails.push(picture);
    }
    for (const [index, thumbnail] of thumbnails.entries()) {
      const mean = thumbnail.reduce((sum, value) => sum + value, 0) / thumbnail.length;
      expect(mean, SCENES[index] ?? '').toBeGreaterThan(50);
      expect(mean, SCENES[index] ?? '').toBeLessThan(160);
      for (const other of thumbnails.slice(index + 1)) {
        const difference = thumbnail.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0);
        expect(difference / thumbnail.length).toBeGreaterThan(20);
      }
    }
  });
});

describe('the library', () => {
  it('makes a recording once, whole or not at all, with the asked distance between key frames', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'clips-'));
    try {
      const request = { name: 'test-card', gopFrames: 100 } as const;
      const size = { widthPx: 320, heightPx: 180 };
      const library = await ClipLibrary.open(directory);
      const [clip, same] = await Promise.all([library.load(request, size), library.load(request, size)]);
      expect(same).toBe(clip);
      expect(clip.accessUnits).toHaveLength(300);
      expect(clip.accessUnits.flatMap((unit, index) => (unit.isKeyFrame ? [index] : []))).toEqual([0, 100, 200]);
      // NAL unit types of a key frame (ITU-T H.264, table 7-1): 7 and 8 are parameter sets, 5 is a key slice.
      expect(clip.accessUnits[0]?.units.map((unit) => (unit[0] ?? 0) & 0x1f)).toEqual([7, 8, 8, 5]);
      expect(clip.accessUnits[1]?.units.map((unit) => (unit[0] ?? 0) & 0x1f)).toEqual([1]);
      const files = (await readdir(directory, { recursive: true })).filter((name) => name.includes('/'));
      expect(files.map((name) => name.split('/')[1])).toEqual(['test-card-320x180-gop100.h264']);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('the clock in the picture', () => {
  it('shows the time into the recording with milliseconds', () => {
    expect(clockTextAt(0)).toBe('00:00:00.000');
    expect(clockTextAt(0.04)).toBe('00:00:00.040');
    expect(clockTextAt(3_725.96)).toBe('01:02:05.960');
  });
});
