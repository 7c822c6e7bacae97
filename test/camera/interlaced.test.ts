import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mayHaveFields } from '../../src/camera/ingest/field-coding.js';
import { ffmpeg, fragmented, makeClip, scratchFolder } from './clips.js';
import { decodeAll } from './decode-all.js';
import { readStream, type Stream } from './streams.js';

const SIZE = { widthPx: 640, heightPx: 360 };
const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
afterAll(() => scratch.remove());

/** A white bar on black that moves 8 pixels to the right from field to field. */
async function makeMovingBar(...more: string[]): Promise<Stream> {
  const source = [
    '-f',
    'lavfi',
    '-i',
    'color=black:size=640x360:rate=50',
    '-f',
    'lavfi',
    '-i',
    'color=white:size=120x360:rate=50',
  ];
  const moving = "overlay=x='60+mod(t*400,400)':y=0:format=yuv444";
  const fields = ['-filter_complex', `${moving},tinterlace=interleave_top,setfield=tff,format=yuv420p`, '-t', '0.8'];
  const coding = ['-c:v', 'libx264', '-qp', '8', '-bf', '0', '-flags', '+ildct+ilme', '-x264opts', 'tff=1'];
  await ffmpeg(...source, ...fields, ...coding, ...more, file('bar.mp4'));
  await fragmented(file('bar.mp4'), file('bar-fragmented.mp4'));
  return readStream(file('bar-fragmented.mp4'));
}

/** How far the left edge of the bar jumps from one row to the next, at most, in any picture. */
function worstJump(pictures: readonly Buffer[]): number {
  let worst = 0;
  for (const picture of pictures) {
    let before: number | null = null;
    for (let y = 8; y < SIZE.heightPx - 8; y += 1) {
      let x = 0;
      while (x < SIZE.widthPx && (picture[(y * SIZE.widthPx + x) * 3] ?? 0) < 128) x += 1;
      if (before !== null) worst = Math.max(worst, Math.abs(x - before));
      before = x;
    }
  }
  return worst;
}

describe('interlaced streams', () => {
  it('come out without combs', async () => {
    const stream = await makeMovingBar();
    expect(stream.segment.information.isInterlaced).toBe(true);
    const untreated: Stream = {
      ...stream,
      segment: { ...stream.segment, information: { ...stream.segment.information, isInterlaced: false } },
    };
    expect(worstJump(await decodeAll(untreated, SIZE, 'cover'))).toBeGreaterThanOrEqual(6);
    // The first and the last picture have no neighbour to be compared with.
    expect(worstJump((await decodeAll(stream, SIZE, 'cover')).slice(1, -1))).toBeLessThanOrEqual(2);
  });

  it.each([
    ['baseline', ['-profile:v', 'baseline']],
    ['high', ['-profile:v', 'high', '-preset', 'medium', '-bf', '2']],
    ['4:4:4 with scaling matrices', ['-pix_fmt', 'yuv444p', '-x264-params', 'cqm=jvt']],
  ])('are told from those of whole frames: %s', async (name, coding) => {
    for (const [fields, isInterlaced] of [
      [[], false],
      [['-flags', '+ildct+ilme'], true],
    ] as const) {
      if (isInterlaced && name === 'baseline') continue; // That profile has no fields.
      await makeClip(file('told.mp4'), '320x180', 1, ...coding, ...fields);
      await fragmented(file('told.mp4'), file('told-fragmented.mp4'));
      expect(readStream(file('told-fragmented.mp4')).segment.information.isInterlaced).toBe(isInterlaced);
    }
  });

  it.each([
    ['nothing', ''],
    ['no parameter set', '0164001fffe00000'],
    ['one that is cut off', '0164001fffe1000467640028'],
    ['one that ends in nothing but zeros', `0164001fffe100206742001f${'00'.repeat(28)}`],
  ])('are not assumed where nothing can be read: %s', (_case, hex) => {
    expect(mayHaveFields(Buffer.from(hex, 'hex'))).toBe(false);
  });
});
