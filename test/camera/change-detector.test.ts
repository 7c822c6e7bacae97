import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ChangeDetector } from '../../src/camera/health/change-detector.js';
import { FrameSlot } from '../../src/core/frame-slot.js';

const SIZE = { widthPx: 160, heightPx: 90 };
const FRAME_BYTES = SIZE.widthPx * SIZE.heightPx * 3;
const SECONDS = 12;

/**
 * What a camera would send, encoded and decoded by real ffmpeg.
 * @param source a lavfi graph of any length
 */
function decoded(source: string, codec: readonly string[], format: string): Buffer {
  const encode = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-f', 'lavfi', '-i', source, '-t', String(SECONDS), ...codec, '-f', format, 'pipe:1'],
    { maxBuffer: 1 << 28 },
  );
  expect(encode.stderr.toString()).toBe('');
  const decode = spawnSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-f',
      format,
      '-i',
      'pipe:0',
      '-fps_mode',
      'passthrough',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { input: encode.stdout, maxBuffer: 1 << 30 },
  );
  return decode.stdout;
}

/** Whether, and when, the pictures count as frozen, at 25 a second. */
function frozenAt(frames: Buffer, frozenAfterMs: number | null = 5_000): number | null {
  const slot = FrameSlot.create(SIZE);
  const detector = new ChangeDetector(frozenAfterMs);
  const count = frames.length / FRAME_BYTES;
  expect(count).toBeGreaterThan(SECONDS * 20);
  for (let frame = 0; frame < count; frame += 1) {
    slot.beginWrite().set(frames.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES));
    slot.publish();
    if (detector.isFrozen(slot, frame * 40)) return frame * 40;
  }
  return null;
}

const H264 = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-g',
  '50',
  '-pix_fmt',
  'yuv420p',
  '-b:v',
  '400k',
  '-tune',
  'zerolatency',
];
const SCENE = `testsrc2=s=${SIZE.widthPx}x${SIZE.heightPx}:r=25`;
const STILL = `${SCENE},loop=loop=-1:size=1,setpts=N/25/TB`;
/** Noise as a sensor has it. */
const NOISE = 'noise=alls=6:allf=t';

describe('a picture that stands still', () => {
  it.each([
    ['in H.264, refreshed at every key picture', H264, 'h264'],
    ['in H.264 with a key picture every second', [...H264, '-g', '25'], 'h264'],
    ['in MJPEG', ['-c:v', 'mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj420p'], 'mjpeg'],
  ])('is noticed %s', (_name, codec, format) => {
    const atMs = frozenAt(decoded(STILL, codec, format));
    expect(atMs).not.toBeNull();
    expect(atMs).toBeGreaterThanOrEqual(5_000);
    expect(atMs).toBeLessThanOrEqual(11_000);
  });

  it('may stand still where the configuration says so', () => {
    expect(frozenAt(decoded(STILL, H264, 'h264'), null)).toBeNull();
  });
});

describe('a picture that lives', () => {
  it.each([
    ['a scene that moves', SCENE],
    ['an empty room with the noise of a sensor', `${STILL},${NOISE}`],
    [
      'an empty room without noise, with a clock in the corner',
      `${STILL},drawtext=text='%{pts\\:hms}':fontsize=10:fontcolor=white:box=1:boxcolor=black:x=4:y=4`,
    ],
    ['every picture sent twice', `testsrc2=s=${SIZE.widthPx}x${SIZE.heightPx}:r=12.5,fps=25`],
    [
      'a slow shutter at night: five new pictures a second, with noise',
      `${STILL.replace('/25/', '/5/')},${NOISE},fps=25`,
    ],
  ])('is not taken for a frozen one: %s', (_name, source) => {
    expect(frozenAt(decoded(source, H264, 'h264'))).toBeNull();
  });

  it('is alive again when it moves after it stood still', () => {
    const slot = FrameSlot.create(SIZE);
    const detector = new ChangeDetector(1_000);
    const show = (value: number, atMs: number): boolean => {
      slot.beginWrite().fill(value);
      slot.publish();
      return detector.isFrozen(slot, atMs);
    };
    for (let atMs = 0; atMs < 2_000; atMs += 40) show(10, atMs);
    expect(show(10, 2_000)).toBe(true);
    for (let atMs = 2_040; atMs <= 3_000; atMs += 40) show(atMs % 251, atMs);
    expect(show(99, 3_040)).toBe(false);
  });
});

describe('a picture that was suspected before silence', () => {
  it('is not called frozen for the time in which nothing came, and is when it stands still afterwards', () => {
    const slot = FrameSlot.create(SIZE);
    const detector = new ChangeDetector(5_000);
    const still = (fromMs: number, toMs: number): number | null => {
      for (let nowMs = fromMs; nowMs <= toMs; nowMs += 40) {
        slot.beginWrite().fill(90);
        slot.publish();
        if (detector.isFrozen(slot, nowMs)) return nowMs - fromMs;
      }
      return null;
    };
    expect(still(0, 2_000)).toBeNull();
    expect(still(12_000, 14_000)).toBeNull();
    expect(still(14_040, 20_000)).not.toBeNull();
  });
});
