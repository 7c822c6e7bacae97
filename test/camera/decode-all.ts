import { expect } from 'vitest';
import { decodeArguments, type Decoding } from '../../src/camera/decode/decode-arguments.js';
import { FragmentFeed } from '../../src/camera/decode/fragment-feed.js';
import { PictureAssembler } from '../../src/camera/decode/picture-assembler.js';
import { SlotWriter } from '../../src/camera/decode/slot-writer.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import type { Fit, Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { FfmpegChild } from '../../src/ffmpeg/child.js';
import type { Stream } from './streams.js';

/** Decodes a whole stream as the wall does and returns every picture that is given out: all, unless pictures are left out. */
export async function decodeAll(
  { segment, fragments }: Stream,
  cell: Size,
  fit: Fit,
  decoding: Partial<Decoding> = {},
): Promise<Buffer[]> {
  const child = await FfmpegChild.start({
    arguments: decodeArguments(cell, fit, segment.information, decoding),
    urgent: true,
    log: silentLogger,
    redactor: new Redactor(),
  });
  if (!child?.stdin || !child.stdout) throw new Error('ffmpeg did not start');
  const writer = new SlotWriter(FrameSlot.create(cell));
  const pictures: Buffer[] = [];
  const assembler = new PictureAssembler(
    writer,
    0,
    () => true,
    () => pictures.push(Buffer.from(writer.slot.read()?.pixels ?? [])),
  );
  child.stdout.on('data', (chunk: Buffer) => assembler.push(chunk));
  const feed = new FragmentFeed(child.stdin, segment.bytes, fragments);
  child.stdin.end();
  const { code, lines } = await child.exited;
  expect({ code, errors: lines.filter((line) => line.includes('[error]')) }).toEqual({ code: 0, errors: [] });
  if (Object.keys(decoding).length === 0) expect(pictures).toHaveLength(feed.fed);
  return pictures;
}
