import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { rfc4175Options } from '../../src/output/drivers/rfc4175/options.js';
import type { CanvasFrame, OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { closedPort } from './pictures.js';
import { checksumsOf, listening, startFfmpeg, startGstreamer } from './rtp-receivers.js';
import { planes10Of, uyvpOf, uyvyOf } from './ycbcr-reference.js';

const WALL = { widthPx: 192, heightPx: 108 };
const PACKETS_AT_ONCE = 27;
/** A receiver that lags further behind would have to drop something. */
const FRAMES_AHEAD = 8;
/** Long before so many have been sent, a receiver has seen enough or never will. */
const FRAMES_AT_MOST = 3_000;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** Every pixel differs from that of the frame before in all components, and no two of 65,536 frames are equal: receivers keep stale pixels. */
function countedPicture(tick: number): CanvasFrame {
  const pixels = new Uint8Array(WALL.widthPx * WALL.heightPx * 3);
  for (let pixel = 0; pixel * 3 < pixels.length; pixel += 1) {
    pixels[pixel * 3] = pixel * 31 + tick * 53;
    pixels[pixel * 3 + 1] = pixel * 7 + (pixel >> 8) * 11 + tick * 7 + (tick >> 8) * 64;
    pixels[pixel * 3 + 2] = pixel + tick * 101;
  }
  return { ...WALL, tick, pixels };
}

type Sending = {
  readonly output: OutputDriver;
  readonly sdpFile: string;
  readonly folder: string;
  readonly port: number;
};

async function open(more: object): Promise<Sending> {
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-rtp-'));
  opened.push({ close: () => rm(folder, { recursive: true }) });
  const sdpFile = join(folder, 'screen.sdp');
  const port = await closedPort();
  const options = rfc4175Options.parse({ id: 'screen', type: 'rfc4175', host: '127.0.0.1', port, sdpFile, ...more });
  const output = createOutput(options, { wall: WALL, framesPerSecond: 30, log: silentLogger });
  opened.push(output);
  await output.start();
  await eventually(() => readFile(sdpFile, 'utf8'));
  return { output, sdpFile, folder, port };
}

/** Sends frames until enough have been seen. @param seen the tick that the receiver has shown last, 0 while that is not known */
async function send(
  output: OutputDriver,
  isEnough: () => boolean,
  seen: () => number,
  onFrame: (frame: CanvasFrame) => void,
): Promise<void> {
  for (let tick = 1; tick <= FRAMES_AT_MOST && !isEnough(); tick += 1) {
    const frame = countedPicture(tick);
    onFrame(frame);
    const parts = output.prepare(frame);
    for (let from = 0; from < parts; from += PACKETS_AT_ONCE) {
      output.send(from, Math.min(parts, from + PACKETS_AT_ONCE));
      await sleep(1);
    }
    for (let waits = 0; waits < 50 && seen() > 0 && tick - seen() > FRAMES_AHEAD; waits += 1) await sleep(2);
  }
}

/** The longest run of ticks that follow each other. */
function longestRun(ticks: readonly (number | undefined)[]): number {
  let longest = 0;
  let run = 0;
  ticks.forEach((tick, index) => {
    const before = ticks[index - 1];
    run = tick === undefined ? 0 : before !== undefined && tick === before + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}

/** Adler-32 as ffmpeg computes it for frames: begun with 0 where RFC 1950 begins with 1. */
function adler(bytes: Uint8Array): string {
  let [a, b] = [0, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return `0x${(b * 65_536 + a).toString(16).padStart(8, '0')}`;
}

const samplings = [
  { name: 'RGB of 8 bits', options: {}, decoded: (frame: CanvasFrame) => Buffer.from(frame.pixels), raw: undefined },
  { name: '4:2:2 of 8 bits', options: { sampling: 'YCbCr-4:2:2' }, decoded: uyvyOf, raw: undefined },
  { name: '4:2:2 of 10 bits', options: { sampling: 'YCbCr-4:2:2', depth: 10 }, decoded: planes10Of, raw: uyvpOf },
] as const;

describe.each(samplings)('uncompressed video: $name', ({ options, decoded, raw }) => {
  it('is decoded by ffmpeg, told by the session description alone, without a wrong byte in 300 frames', async () => {
    const { output, sdpFile, port } = await open(options);
    const ffmpeg = startFfmpeg(sdpFile);
    opened.push(ffmpeg);
    await listening(port);
    const tickOf = new Map<string, number>();
    const ticks = (): (number | undefined)[] => checksumsOf(ffmpeg.output()).map((checksum) => tickOf.get(checksum));
    const run = (): number => longestRun(ticks());
    await send(
      output,
      () => run() >= 300,
      () => ticks().at(-1) ?? 0,
      (frame) => tickOf.set(adler(decoded(frame)), frame.tick),
    );
    await eventually(() => expect(run()).toBeGreaterThanOrEqual(300));
    expect(output.takeFailedParts()).toBe(0);
  }, 120_000);

  it('is unpacked by GStreamer without a wrong byte', async () => {
    const { output, sdpFile, folder, port } = await open(options);
    const file = join(folder, 'frames');
    const frames = 60;
    const gstreamer = startGstreamer(await readFile(sdpFile, 'utf8'), frames, file);
    opened.push(gstreamer);
    await listening(port);
    const tickOf = new Map<string, number>();
    const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
    const unpacked = raw ?? decoded;
    let isEnded = false;
    void gstreamer.ended.finally(() => (isEnded = true)).catch(() => undefined);
    await send(
      output,
      () => isEnded,
      () => 0,
      (frame) => tickOf.set(digest(unpacked(frame)), frame.tick),
    );
    expect(await gstreamer.ended).toBe(0);
    const bytes = await readFile(file);
    const frameBytes = unpacked(countedPicture(0)).length;
    expect(bytes.length % frameBytes).toBe(0);
    const ticks = Array.from({ length: bytes.length / frameBytes }, (_, index) =>
      tickOf.get(digest(bytes.subarray(index * frameBytes, (index + 1) * frameBytes))),
    );
    expect(longestRun(ticks)).toBeGreaterThanOrEqual(frames);
  }, 120_000);
});
