import { describe, expect, it } from 'vitest';
import { Paintings } from '../../src/paint/paintings.js';

const KILOBYTE = 1_024;

describe('paintings that are kept', () => {
  const painted: string[] = [];
  const kept = new Paintings<Buffer>(10 * KILOBYTE, (pixels) => pixels.length);
  const ask = async (key: string, bytes: number): Promise<boolean> => {
    const before = painted.length;
    await kept.get(key, async () => {
      painted.push(key);
      return Promise.resolve(Buffer.alloc(bytes));
    });
    return painted.length > before;
  };

  it('are painted once, and go when they take too much, the one longest unused first', async () => {
    for (const key of ['a', 'b', 'c']) expect(await ask(key, 2 * KILOBYTE)).toBe(true);
    expect(await ask('a', 2 * KILOBYTE)).toBe(false);
    await ask('d', 4 * KILOBYTE);
    expect(await ask('a', 2 * KILOBYTE)).toBe(false);
    expect(await ask('d', 4 * KILOBYTE)).toBe(false);
    expect(await ask('b', 2 * KILOBYTE)).toBe(true);
  });

  it('keep the newest, however large', async () => {
    await ask('large', 100 * KILOBYTE);
    expect(await ask('large', 100 * KILOBYTE)).toBe(false);
    expect(await ask('d', 4 * KILOBYTE)).toBe(true);
    expect(await ask('large', 100 * KILOBYTE)).toBe(true);
  });

  it('are the same for whoever asks meanwhile, and are tried again when they failed', async () => {
    const failing = kept.get('broken', () => Promise.reject(new Error('no paint')));
    const beside = kept.get('broken', () => Promise.reject(new Error('asked twice')));
    await expect(Promise.all([failing, beside])).rejects.toThrow('no paint');
    expect(await ask('broken', KILOBYTE)).toBe(true);
  });
});
