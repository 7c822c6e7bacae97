import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { FrameSlot } from '../../src/core/frame-slot.js';

describe('frame slot', () => {
  it('is empty until the first frame, then gives the newest', () => {
    const slot = FrameSlot.create({ widthPx: 3, heightPx: 1 });
    expect(slot.read()).toBeNull();
    expect(slot.publishedAtMs).toBeNull();
    for (let value = 1; value <= 5; value += 1) {
      slot.beginWrite().fill(value);
      slot.publish(value * 10);
    }
    const reader = new FrameSlot(slot.handle);
    expect(reader.read()).toMatchObject({ sequence: 5, publishedAtMs: 50 });
    expect([...(reader.read()?.pixels ?? [])]).toEqual(Array<number>(9).fill(5));
    expect(reader.publishedCount).toBe(5);
  });

  it('says that a frame is no longer intact once the writer has come round to its buffer', () => {
    const slot = FrameSlot.create({ widthPx: 1, heightPx: 1 });
    slot.beginWrite();
    slot.publish();
    const sequence = slot.read()?.sequence ?? 0;
    slot.beginWrite();
    slot.publish();
    slot.beginWrite();
    expect(slot.isIntact(sequence)).toBe(true);
    slot.publish();
    slot.beginWrite();
    expect(slot.isIntact(sequence)).toBe(false);
  });

  it('never lets a torn frame pass for whole while another thread writes as fast as it can', async () => {
    const slot = FrameSlot.create({ widthPx: 64, heightPx: 64 });
    // The writer follows the documented order by hand: WRITING, pixels, PUBLISHED.
    const writer = new Worker(
      `const { workerData: { memory, frames } } = require('node:worker_threads');
       const counters = new Int32Array(memory, 0, 2); const size = 64 * 64 * 3;
       for (let n = 1; n <= frames; n += 1) {
         Atomics.store(counters, 1, n);
         new Uint8Array(memory, 64 + (n % 3) * size, size).fill(n % 251);
         Atomics.store(counters, 0, n);
       }`,
      { eval: true, workerData: { memory: slot.handle.memory, frames: 60_000 } },
    );
    let whole = 0;
    const copy = new Uint8Array(64 * 64 * 3);
    const writing = { ended: false };
    writer.once('exit', () => (writing.ended = true));
    while (!writing.ended) {
      for (let round = 0; round < 200; round += 1) {
        const frame = slot.read();
        if (frame === null) continue;
        copy.set(frame.pixels);
        if (!slot.isIntact(frame.sequence)) continue;
        whole += 1;
        const first = copy[0];
        if (copy.some((value) => value !== first)) throw new Error(`frame ${frame.sequence} is torn`);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(whole).toBeGreaterThan(0);
  });
});
