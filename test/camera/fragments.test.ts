import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxesIn, BoxReader } from '../../src/camera/ingest/boxes.js';
import type { Fragment } from '../../src/camera/ingest/fragment.js';
import { FragmentReader, type InitialisationSegment } from '../../src/camera/ingest/fragment-reader.js';
import { KeptPictures } from '../../src/camera/ingest/kept-pictures.js';
import { ParameterWatch, sequenceParameterSets } from '../../src/camera/ingest/parameter-sets.js';
import { ffmpeg, fragmented, makeClip, scratchFolder } from './clips.js';

const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);

beforeAll(async () => {
  await makeClip(file('plain.mp4'), '320x180', 3, '-x264-params', 'repeat-headers=1');
  await fragmented(file('plain.mp4'), file('plain-fragmented.mp4'));
  await makeClip(
    file('b.mp4'),
    '160x90',
    2,
    '-bf',
    '2',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
  );
  await fragmented(file('b.mp4'), file('b-fragmented.mp4'));
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=5', '-t', '1', '-c:v', 'mjpeg', file('m.mp4'));
  await fragmented(file('m.mp4'), file('m-fragmented.mp4'));
});
afterAll(() => scratch.remove());

function read(path: string, chunkBytes: number): { segments: InitialisationSegment[]; fragments: Fragment[] } {
  const segments: InitialisationSegment[] = [];
  const fragments: Fragment[] = [];
  const reader = new FragmentReader(
    { onInitialisation: (segment) => segments.push(segment), onFragment: (fragment) => fragments.push(fragment) },
    () => 7,
  );
  const bytes = readFileSync(path);
  for (let offset = 0; offset < bytes.length; offset += chunkBytes)
    reader.push(bytes.subarray(offset, offset + chunkBytes));
  return { segments, fragments };
}

/** What ffprobe, which shares no code with us, says about the packets. */
function packetsOf(path: string): { key: boolean; dts: number }[] {
  const said = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'packet=dts,flags', '-of', 'csv=p=0', path], {
    encoding: 'utf8',
  });
  return said
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .map(([dts = '', flags = '']) => ({ dts: Number(dts), key: flags.startsWith('K') }));
}

describe('FragmentReader', () => {
  it.each([1, 7, 1_000, 65_536])(
    'finds every picture, whether it is key, and its time, in chunks of %i bytes',
    (chunkBytes) => {
      const { segments, fragments } = read(file('plain-fragmented.mp4'), chunkBytes);
      expect(segments).toHaveLength(1);
      expect(fragments.map(({ isKey }) => isKey)).toEqual(
        packetsOf(file('plain-fragmented.mp4')).map(({ key }) => key),
      );
      expect(fragments.map(({ decodeTicks }) => Number(decodeTicks))).toEqual(
        packetsOf(file('plain-fragmented.mp4')).map(({ dts }) => dts),
      );
      expect(fragments.filter(({ isKey }) => isKey)).toHaveLength(2);
      expect(fragments.every(({ arrivedAtMs }) => arrivedAtMs === 7)).toBe(true);
    },
  );

  it('reads size, codec and colour', () => {
    expect(read(file('plain-fragmented.mp4'), 999).segments[0]?.information).toMatchObject({
      widthPx: 320,
      heightPx: 180,
      family: 'h264',
      codec: expect.stringMatching(/^avc1\.42[0-9a-f]{4}$/) as string,
      colour: null,
    });
    expect(read(file('b-fragmented.mp4'), 999).segments[0]?.information.colour).toEqual({
      primaries: 1,
      transfer: 1,
      matrix: 1,
      fullRange: false,
    });
  });

  it('takes every picture of MJPEG for a key picture', () => {
    const { segments, fragments } = read(file('m-fragmented.mp4'), 4_096);
    expect(segments[0]?.information.family).toBe('mjpeg');
    expect(fragments.map(({ isKey }) => isKey)).toEqual([true, true, true, true, true]);
  });

  it('refuses what is not MP4 without believing its sizes', () => {
    const reader = (): FragmentReader =>
      new FragmentReader({ onInitialisation: () => undefined, onFragment: () => undefined }, () => 0);
    expect(() => reader().push(Buffer.from('HTTP/1.1 200 OK\r\n'))).toThrow(RangeError);
    expect(() => reader().push(Buffer.from([0, 0, 0, 4, 0x66, 0x72, 0x65, 0x65]))).toThrow(RangeError);
    expect(() => reader().push(Buffer.from([0, 0, 0, 8, 0x6d, 0x6f, 0x6f, 0x76]))).toThrow(RangeError);
  });
});

describe('boxes', () => {
  it('ends at a box that claims more than there is', () => {
    const bytes = Buffer.from([0, 0, 0, 9, 0x61, 0x61, 0x61, 0x61, 1, 0, 0, 0, 99, 0x62, 0x62, 0x62, 0x62]);
    expect([...boxesIn(bytes)].map(({ type }) => type)).toEqual(['aaaa']);
  });

  it('gives a box a buffer of its own', () => {
    const seen: Buffer[] = [];
    const chunk = Buffer.alloc(1_000);
    chunk.set([0, 0, 0, 10, 0x66, 0x72, 0x65, 0x65, 1, 2, 0, 0, 3, 0xe8 - 10, 0x66, 0x72, 0x65, 0x65]);
    new BoxReader(2_000, ({ bytes }) => seen.push(bytes)).push(chunk);
    expect(seen.map(({ length }) => length)).toEqual([10, 990].slice(0, seen.length));
    expect(seen[0]?.buffer).not.toBe(chunk.buffer);
  });
});

describe('ParameterWatch', () => {
  it('notices another resolution in the stream, and only that', async () => {
    await makeClip(file('small.mp4'), '160x90', 1, '-x264-params', 'repeat-headers=1');
    await fragmented(file('small.mp4'), file('small-fragmented.mp4'));
    const large = read(file('plain-fragmented.mp4'), 65_536).fragments.filter(({ isKey }) => isKey);
    const small = read(file('small-fragmented.mp4'), 65_536).fragments.filter(({ isKey }) => isKey);
    const [first] = large;
    if (first === undefined) throw new Error('no key picture');
    // H.264, 7.3.1: forbidden_zero_bit 0, nal_ref_idc 3, nal_unit_type 7.
    expect(sequenceParameterSets(first, 'h264')[0]).toBe(0x67);
    const watch = new ParameterWatch('h264');
    expect(large.map((fragment) => watch.isChange(fragment))).toEqual([false, false]);
    expect(small.map((fragment) => watch.isChange(fragment))).toEqual([true]);
    expect(small.map((fragment) => watch.isChange(fragment))).toEqual([false]);
  });
});

describe('KeptPictures', () => {
  const fragment = (isKey: boolean, bytes: number, arrivedAtMs: number): Fragment => ({
    bytes: Buffer.alloc(bytes),
    isKey,
    decodeTicks: 0n,
    arrivedAtMs,
  });

  it('begins with a key picture and keeps nothing older', () => {
    const kept = new KeptPictures();
    kept.push(fragment(false, 1, 0));
    expect(kept.fragments).toEqual([]);
    for (const isKey of [true, false, false, true, false]) kept.push(fragment(isKey, 1, 0));
    expect(kept.fragments.map(({ isKey }) => isKey)).toEqual([true, false]);
    expect(kept.bytes).toBe(2);
  });

  it('keeps nothing beyond its limits of bytes and of time until the next key picture', () => {
    const kept = new KeptPictures(100, 1_000);
    kept.push(fragment(true, 90, 0));
    kept.push(fragment(false, 11, 0));
    expect([kept.fragments.length, kept.bytes]).toEqual([0, 0]);
    kept.push(fragment(false, 1, 0));
    expect(kept.fragments.length).toBe(0);
    kept.push(fragment(true, 1, 0));
    kept.push(fragment(false, 1, 1_000));
    expect(kept.fragments.length).toBe(2);
    kept.push(fragment(false, 1, 1_001));
    expect(kept.fragments.length).toBe(0);
  });
});
