import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeArguments } from '../../src/camera/decode/decode-arguments.js';
import { FragmentFeed } from '../../src/camera/decode/fragment-feed.js';
import { PictureAssembler } from '../../src/camera/decode/picture-assembler.js';
import { SlotWriter } from '../../src/camera/decode/slot-writer.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { FfmpegChild } from '../../src/ffmpeg/child.js';
import { fragmented, makeClip, scratchFolder } from './clips.js';
import { readStream } from './streams.js';

const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
afterAll(() => scratch.remove());

describe('FragmentFeed', () => {
  it('drops up to a key picture when a decoder does not take what it is given, and never holds more than its limit', async () => {
    await makeClip(file('feed.mp4'), '640x360', 2);
    await fragmented(file('feed.mp4'), file('feed-fragmented.mp4'));
    const { segment, fragments } = readStream(file('feed-fragmented.mp4'));
    const child = await FfmpegChild.start({
      arguments: decodeArguments({ widthPx: 64, heightPx: 36 }, 'cover', segment.information),
      urgent: true,
      log: silentLogger,
      redactor: new Redactor(),
    });
    if (!child?.stdin || child.pid === null) throw new Error('ffmpeg did not start');
    child.stdout?.resume();
    const feed = new FragmentFeed(child.stdin, segment.bytes, []);
    process.kill(child.pid, 'SIGSTOP');
    let most = 0;
    for (let round = 0; round < 40; round += 1) {
      for (const fragment of fragments) feed.push(fragment);
      most = Math.max(most, child.stdin.writableLength);
    }
    const largest = Math.max(...fragments.map(({ bytes }) => bytes.length));
    expect(most).toBeLessThanOrEqual(4 * 1024 * 1024 + largest);
    expect(feed.dropped).toBeGreaterThan(0);
    process.kill(child.pid, 'SIGCONT');
    while (child.stdin.writableLength > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const [key, other] = [fragments.find(({ isKey }) => isKey), fragments.find(({ isKey }) => !isKey)];
    if (key === undefined || other === undefined) throw new Error('the clip lacks pictures');
    const fedBefore = feed.fed;
    feed.push(other);
    expect(feed.fed).toBe(fedBefore);
    feed.push(key);
    feed.push(other);
    expect(feed.fed).toBe(fedBefore + 2);
    await child.kill();
  });
});

describe('SlotWriter', () => {
  it('lets the higher rank interrupt the lower one, and not the other way round', () => {
    const cell = { widthPx: 2, heightPx: 1 };
    const writer = new SlotWriter(FrameSlot.create(cell));
    const shown: string[] = [];
    const make = (name: string, rank: number): PictureAssembler =>
      new PictureAssembler(
        writer,
        rank,
        () => true,
        (wasShown) => void shown.push(`${name}:${wasShown}`),
      );
    const [standIn, wanted] = [make('stand-in', 0), make('wanted', 1)];
    standIn.push(Buffer.from([1, 1, 1]));
    wanted.push(Buffer.from([2, 2]));
    standIn.push(Buffer.from([1, 1, 1]));
    standIn.push(Buffer.from([1, 1, 1, 1, 1, 1]));
    wanted.push(Buffer.from([2, 2, 2, 2]));
    expect(shown).toEqual(['stand-in:false', 'stand-in:false', 'wanted:true']);
    expect([...(writer.slot.read()?.pixels ?? [])]).toEqual([2, 2, 2, 2, 2, 2]);
    wanted.push(Buffer.from([2]));
    wanted.abandon();
    standIn.push(Buffer.from([3, 3, 3, 3, 3, 3]));
    expect([...(writer.slot.read()?.pixels ?? [])]).toEqual([3, 3, 3, 3, 3, 3]);
    expect(writer.slot.publishedCount).toBe(2);
  });
});
