import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fit, Size } from '../../src/core/geometry.js';
import { ffmpeg, fragmented, scratchFolder } from './clips.js';
import { decodeAll } from './decode-all.js';
import { readStream, type Stream } from './streams.js';

/** Four columns and three rows of flat colours. */
const PATCHES: readonly (readonly [number, number, number])[] = [
  ...([
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 0],
  ] as const),
  ...([
    [0, 255, 255],
    [255, 0, 255],
    [255, 255, 255],
    [0, 0, 0],
  ] as const),
  ...([
    [128, 128, 128],
    [200, 60, 30],
    [30, 120, 220],
    [240, 200, 170],
  ] as const),
];
const COLUMNS = 4;
const ROWS = 3;

const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
afterAll(() => scratch.remove());

/** The largest difference of any channel in the middle of any patch. */
function worstPatch(picture: Buffer, { widthPx, heightPx }: Size): number {
  let worst = 0;
  PATCHES.forEach((colour, index) => {
    const x = Math.floor((((index % COLUMNS) + 0.5) * widthPx) / COLUMNS);
    const y = Math.floor(((Math.floor(index / COLUMNS) + 0.5) * heightPx) / ROWS);
    colour.forEach((value, channel) => {
      worst = Math.max(worst, Math.abs((picture[(y * widthPx + x) * 3 + channel] ?? -1_000) - value));
    });
  });
  return worst;
}

async function makeCard(
  name: string,
  { widthPx, heightPx }: Size,
  matrix: string,
  range: string,
  isTagged: boolean,
  codec: string[],
): Promise<Stream> {
  const picture = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const index = Math.floor((y * ROWS) / heightPx) * COLUMNS + Math.floor((x * COLUMNS) / widthPx);
      picture.set(PATCHES[index] ?? [0, 0, 0], (y * widthPx + x) * 3);
    }
  }
  writeFileSync(file(`${name}.rgb`), picture);
  const tags = isTagged
    ? ['-colorspace', matrix, '-color_primaries', matrix, '-color_trc', matrix, '-color_range', range]
    : [];
  const filters = `loop=4:1:0,scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd+full_chroma_int+full_chroma_inp`;
  const source = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${widthPx}x${heightPx}`,
    '-r',
    '25',
    '-i',
    file(`${name}.rgb`),
  ];
  await ffmpeg(
    ...source,
    '-vf',
    `${filters},format=${range === 'pc' ? 'yuvj420p' : 'yuv420p'}`,
    ...codec,
    ...tags,
    file(`${name}.mp4`),
  );
  await fragmented(file(`${name}.mp4`), file(`${name}-fragmented.mp4`));
  return readStream(file(`${name}-fragmented.mp4`));
}

const SD: Size = { widthPx: 640, heightPx: 360 };
const HD: Size = { widthPx: 1280, heightPx: 720 };
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4', '-bf', '0'];
const H265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:qp=4:bframes=0'];

describe('colours', () => {
  it.each([
    ['BT.601, tagged', SD, 'smpte170m', 'tv', true, H264],
    ['BT.601 in high definition, tagged', HD, 'smpte170m', 'tv', true, H264],
    ['BT.709, tagged', HD, 'bt709', 'tv', true, H264],
    ['BT.709 in a small stream, tagged', SD, 'bt709', 'tv', true, H264],
    ['BT.601, untagged', SD, 'smpte170m', 'tv', false, H264],
    ['BT.709, untagged', HD, 'bt709', 'tv', false, H264],
    ['full range', SD, 'smpte170m', 'pc', true, H264],
    ['H.265, BT.709, untagged', HD, 'bt709', 'tv', false, H265],
    ['H.265, BT.601, tagged', HD, 'smpte170m', 'tv', true, H265],
    ['MJPEG', SD, 'smpte170m', 'pc', false, ['-c:v', 'mjpeg', '-q:v', '1']],
  ] as const)('%s', async (name, size, matrix, range, isTagged, codec) => {
    const stream = await makeCard(name.replaceAll(/\W/g, '-'), size, matrix, range, isTagged, [...codec]);
    for (const cell of [size, { widthPx: 320, heightPx: 180 }, { widthPx: 321, heightPx: 181 }]) {
      const pictures = await decodeAll(stream, cell, 'cover');
      expect(worstPatch(pictures.at(-1) ?? Buffer.alloc(0), cell)).toBeLessThanOrEqual(3);
    }
  });
});

describe('geometry', () => {
  /** Left half red, right half blue, with a green frame of 8 pixels around: what is cut off or added shows. */
  let framed: Stream;

  beforeAll(async () => {
    const shapes = 'drawbox=x=0:y=0:w=320:h=360:color=red:t=fill,drawbox=x=0:y=0:w=640:h=360:color=lime:t=8';
    const source = [
      '-f',
      'lavfi',
      '-i',
      'color=c=blue:size=640x360:rate=25',
      '-t',
      '0.2',
      '-vf',
      `${shapes},format=yuv444p`,
    ];
    await ffmpeg(
      ...source,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-qp',
      '2',
      '-pix_fmt',
      'yuv420p',
      file('framed.mp4'),
    );
    await fragmented(file('framed.mp4'), file('framed-fragmented.mp4'));
    framed = readStream(file('framed-fragmented.mp4'));
  });

  /** The letter of the nearest plain colour at a pixel. */
  function at(picture: Buffer, cell: Size, x: number, y: number): string {
    const [red = 0, green = 0, blue = 0] = picture.subarray((y * cell.widthPx + x) * 3, (y * cell.widthPx + x) * 3 + 3);
    return (red > 128 ? 'r' : '') + (green > 128 ? 'g' : '') + (blue > 128 ? 'b' : '') || '-';
  }

  async function last(cell: Size, fit: Fit): Promise<(x: number, y: number) => string> {
    const picture = (await decodeAll(framed, cell, fit)).at(-1) ?? Buffer.alloc(0);
    return (x, y) => at(picture, cell, x, y);
  }

  it('covers a square: the sides are cut off evenly, nothing else', async () => {
    const pixel = await last({ widthPx: 181, heightPx: 181 }, 'cover');
    expect([pixel(0, 90), pixel(180, 90), pixel(90, 0), pixel(90, 180)]).toEqual(['r', 'b', 'g', 'g']);
    expect([pixel(87, 90), pixel(93, 90)]).toEqual(['r', 'b']);
  });

  it('covers a strip: top and bottom are cut off evenly', async () => {
    const pixel = await last({ widthPx: 640, heightPx: 101 }, 'cover');
    expect([pixel(0, 50), pixel(639, 50), pixel(30, 0), pixel(30, 100)]).toEqual(['g', 'g', 'r', 'r']);
  });

  it('contains in a square: black bars of one height, the whole picture between them', async () => {
    const pixel = await last({ widthPx: 321, heightPx: 321 }, 'contain');
    // 321 × 9 / 16 = 180.6: 181 rows, 140 black ones around them.
    expect([pixel(160, 68), pixel(160, 252)]).toEqual(['-', '-']);
    expect([pixel(100, 71), pixel(100, 249), pixel(1, 160), pixel(319, 160)]).toEqual(['g', 'g', 'g', 'g']);
    expect([pixel(150, 160), pixel(170, 160)]).toEqual(['r', 'b']);
  });

  it('contains in a strip: bars left and right', async () => {
    const pixel = await last({ widthPx: 641, heightPx: 180 }, 'contain');
    expect([pixel(159, 90), pixel(481, 90)]).toEqual(['-', '-']);
    expect([pixel(162, 90), pixel(478, 90)]).toEqual(['g', 'g']);
  });

  it('enlarges to every odd size', async () => {
    const pixel = await last({ widthPx: 961, heightPx: 541 }, 'cover');
    expect([pixel(0, 0), pixel(960, 540), pixel(470, 270), pixel(490, 270)]).toEqual(['g', 'g', 'r', 'b']);
  });

  it('shows pixels that are not square in their right shape', async () => {
    await ffmpeg(
      '-i',
      file('framed.mp4'),
      '-vf',
      'setsar=1/2',
      '-c:v',
      'libx264',
      '-qp',
      '2',
      '-pix_fmt',
      'yuv420p',
      file('narrow.mp4'),
    );
    await fragmented(file('narrow.mp4'), file('narrow-fragmented.mp4'));
    const cell = { widthPx: 360, heightPx: 360 };
    const picture =
      (await decodeAll(readStream(file('narrow-fragmented.mp4')), cell, 'contain')).at(-1) ?? Buffer.alloc(0);
    // 640 pixels of half a width beside 360 rows: 320 columns, 20 black ones on each side.
    expect([18, 21, 338, 341].map((x) => at(picture, cell, x, 180))).toEqual(['-', 'g', 'g', '-']);
  });
});

describe('streams with B pictures', () => {
  it('come out complete and in order', async () => {
    // Each picture is brighter than the one before it.
    const source = ['-f', 'lavfi', '-i', "color=black:size=64x64:rate=25,geq=lum='16+4*N':cb=128:cr=128", '-t', '2'];
    await ffmpeg(...source, '-c:v', 'libx264', '-qp', '4', '-bf', '3', '-pix_fmt', 'yuv420p', file('rising.mp4'));
    await fragmented(file('rising.mp4'), file('rising-fragmented.mp4'));
    const pictures = await decodeAll(readStream(file('rising-fragmented.mp4')), { widthPx: 64, heightPx: 64 }, 'cover');
    const levels = pictures.map((picture) => picture[0] ?? 0);
    expect(levels).toHaveLength(50);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
  });
});
