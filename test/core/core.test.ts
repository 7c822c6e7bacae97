import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/core/backoff.js';
import { createBitmap } from '../../src/core/bitmap.js';
import { CloseStack } from '../../src/core/closing.js';
import { isInside, overlaps } from '../../src/core/geometry.js';
import { Redactor } from '../../src/core/secrets.js';

describe('geometry', () => {
  const wall = { widthPx: 100, heightPx: 50 };
  it('knows that touching rectangles do not overlap', () => {
    const left = { x: 0, y: 0, widthPx: 10, heightPx: 10 };
    expect(overlaps(left, { x: 10, y: 0, widthPx: 5, heightPx: 5 })).toBe(false);
    expect(overlaps(left, { x: 9, y: 9, widthPx: 5, heightPx: 5 })).toBe(true);
  });
  it('tells a rectangle that leaves the wall by one pixel', () => {
    expect(isInside({ x: 90, y: 40, widthPx: 10, heightPx: 10 }, wall)).toBe(true);
    expect(isInside({ x: 91, y: 40, widthPx: 10, heightPx: 10 }, wall)).toBe(false);
    expect(isInside({ x: -1, y: 0, widthPx: 10, heightPx: 10 }, wall)).toBe(false);
  });
});

describe('back-off', () => {
  it('doubles from one second and stays at thirty', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, undefined, 0.5));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });
  it('spreads by a fifth either way', () => {
    expect(backoffMs(1, undefined, 0)).toBe(800);
    expect(backoffMs(1, undefined, 1)).toBe(1_200);
  });
});

describe('bitmap', () => {
  it('knows whether it can be copied instead of blended', () => {
    expect(createBitmap({ widthPx: 2, heightPx: 1 }, Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255)).opaque).toBe(true);
    expect(createBitmap({ widthPx: 2, heightPx: 1 }, Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 254)).opaque).toBe(false);
  });
  it('refuses bytes of another size', () => {
    expect(() => createBitmap({ widthPx: 2, heightPx: 2 }, new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('close stack', () => {
  it('closes last opened first, once, and goes on after a failure', async () => {
    const order: string[] = [];
    const stack = new CloseStack();
    stack.defer(() => void order.push('first'));
    stack.defer(() => Promise.reject(new Error('second fails')));
    stack.defer(() => void order.push('third'));
    await expect(stack.close()).rejects.toThrow('closing failed');
    await expect(stack.close()).rejects.toThrow('closing failed');
    expect(order).toEqual(['third', 'first']);
  });
});

describe('redactor', () => {
  it('masks a secret as it is, percent-encoded, and inside any address', () => {
    const redactor = new Redactor();
    redactor.add('p@ss w#rd');
    redactor.add('');
    const text = redactor.redact('plain p@ss w#rd, encoded p%40ss%20w%23rd, rtsp://viewer:other-secret@10.0.0.1/main');
    expect(text).toBe('plain •••, encoded •••, rtsp://•••@10.0.0.1/main');
  });

  it.each([
    ['letters', 'y'],
    ['colons', ':'],
    ['addresses', 'a://'],
    ['user names', 'a://b:'],
  ])('is done with a megabyte of %s before anybody gives up waiting', (_what, piece) => {
    const text = `x://${piece.repeat(1_000_000 / piece.length)}`;
    expect(new Redactor().redact(text)).toBe(text);
  });
});
