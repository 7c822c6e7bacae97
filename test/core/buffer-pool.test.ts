import { describe, expect, it } from 'vitest';
import { BufferPool } from '../../src/core/buffer-pool.js';

describe('a buffer pool', () => {
  it('lends what was given back, to one at a time', () => {
    const pool = new BufferPool(1_000);
    const first = pool.take(100);
    expect(pool.take(100).bytes).not.toBe(first.bytes);
    first.release();
    const second = pool.take(100);
    expect(second.bytes).toBe(first.bytes);
    first.release();
    expect(pool.take(100).bytes).not.toBe(second.bytes);
  });

  it('lends exactly the length that was asked for', () => {
    const pool = new BufferPool(1_000);
    pool.take(100).release();
    expect(pool.take(99).bytes).toHaveLength(99);
  });

  it('keeps no more than it may, the latest first', () => {
    const pool = new BufferPool(250);
    const lent = [pool.take(100), pool.take(100), pool.take(100)];
    for (const each of lent) each.release();
    const again = [pool.take(100), pool.take(100), pool.take(100)].map(({ bytes }) => bytes);
    expect(again[0]).toBe(lent[2]?.bytes);
    expect(again[1]).toBe(lent[1]?.bytes);
    expect(again[2]).not.toBe(lent[0]?.bytes);
  });
});
