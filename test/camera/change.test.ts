import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Decoder } from '../../src/camera/decode/decoder.js';
import { SlotWriter } from '../../src/camera/decode/slot-writer.js';
import { Ingest } from '../../src/camera/ingest/ingest.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { ffmpeg, makeClip, scratchFolder } from './clips.js';
import { RtspServer } from './rtsp-server.js';

const scratch = scratchFolder();
const file = (name: string): string => join(scratch.path, name);
let server: RtspServer;

beforeAll(async () => {
  // Three seconds in one size, then twenty in another, in one stream: the parameter sets change inside it.
  for (const [name, size, seconds] of [
    ['first', '320x180', 3],
    ['second', '160x90', 20],
  ] as const) {
    await makeClip(file(`${name}.mp4`), size, seconds);
    await ffmpeg(
      '-i',
      file(`${name}.mp4`),
      '-c',
      'copy',
      '-bsf:v',
      'h264_mp4toannexb',
      '-f',
      'h264',
      file(`${name}.h264`),
    );
  }
  writeFileSync(file('both.h264'), readFileSync(file('first.h264')));
  appendFileSync(file('both.h264'), readFileSync(file('second.h264')));
  await ffmpeg('-r', '25', '-i', file('both.h264'), '-c', 'copy', file('both.mp4'));
  server = await RtspServer.start({ mounts: { '/both': file('both.mp4') } });
});

afterAll(async () => {
  await server.close();
  scratch.remove();
});

describe('a camera that changes its resolution in the middle of a connection', () => {
  it('is connected anew beside the running stream, which goes on until then', async () => {
    const options = { log: silentLogger, redactor: new Redactor() };
    const address = `rtsp://127.0.0.1:${server.port}/both`;
    const ingest = new Ingest({
      address: () => Promise.resolve(address),
      door: () => null,
      askForKeyPicture: () => Promise.resolve(false),
      transport: 'tcp',
      urgent: true,
      ...options,
    });
    const writer = new SlotWriter(FrameSlot.create({ widthPx: 101, heightPx: 57 }));
    const decoder = new Decoder({ ingest, writer, rank: 0, fit: 'cover', leastIntervalMs: 0, ...options });
    const states = new Set<string>();
    const events: string[] = [];
    let fragments = 0;
    ingest.on('status', ({ state }) => states.add(state));
    ingest.subscribe({
      begin: (segment) =>
        events.push(`begin ${segment.information.widthPx} after ${fragments > 75 ? 'the change' : 'nothing'}`),
      fragment: () => (fragments += 1),
      end: () => events.push('end'),
    });
    try {
      while (events.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
      // This server lets every client begin at the beginning, so the new connection has the first size again.
      expect(events).toEqual(['begin 320 after nothing', 'end', 'begin 320 after the change']);
      expect([...states]).toEqual(['live']);
      const before = writer.slot.publishedCount;
      expect(before).toBeGreaterThan(25);
      while (writer.slot.publishedCount < before + 10) await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await Promise.all([decoder.close(), ingest.close()]);
    }
  });
});
