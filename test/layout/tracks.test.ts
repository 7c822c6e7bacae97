import { describe, expect, it } from 'vitest';
import { layTracks, type TrackSpan } from '../../src/layout/tracks.js';

function spansOf(tracks: readonly string[], lengthPx: number, gapPx: number): TrackSpan[] {
  const spans = layTracks(tracks, lengthPx, gapPx);
  if (!Array.isArray(spans)) throw new Error(`${tracks.join(' ')} on ${lengthPx}: ${spans.kind}`);
  return spans;
}

const sizesOf = (spans: readonly TrackSpan[]): number[] => spans.map((span) => span.endPx - span.startPx);

/** The same numbers in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('tracks', () => {
  it('shares what fixed tracks and gaps leave', () => {
    expect(spansOf(['2fr', '1fr'], 962, 2)).toEqual([
      { startPx: 0, endPx: 640 },
      { startPx: 642, endPx: 962 },
    ]);
    expect(sizesOf(spansOf(['1fr', '1fr', '48px'], 540, 0))).toEqual([246, 246, 48]);
    expect(sizesOf(spansOf(['25%', '1fr'], 400, 0))).toEqual([100, 300]);
  });

  it('gives lost pixels to the largest remainders, the earlier first', () => {
    // 100 / 3 = 33.33 each: one pixel is left, and all have lost the same.
    expect(sizesOf(spansOf(['1fr', '1fr', '1fr'], 100, 0))).toEqual([34, 33, 33]);
    // 101 in shares of 1 : 2 : 4 is 14.43, 28.86, 57.71: the two left go to .86 and .71.
    expect(sizesOf(spansOf(['1fr', '2fr', '4fr'], 101, 0))).toEqual([14, 29, 58]);
    expect(sizesOf(spansOf(['1fr', '101px', '1fr'], 202, 0))).toEqual([51, 101, 50]);
  });

  it('takes percentages that are meant to fill the wall as filling it', () => {
    expect(sizesOf(spansOf(['33.3%', '33.3%', '33.3%'], 960, 0))).toEqual([320, 320, 320]);
    expect(sizesOf(spansOf(['50%', '50%'], 961, 0))).toEqual([481, 480]);
    expect(sizesOf(spansOf(['50%', '50%'], 960, 2))).toEqual([479, 479]);
  });

  it('fills every wall exactly, with gaps of exactly their size, and never gives a fixed track another size', () => {
    const random = randomNumbers(20_260_801);
    const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    let laid = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const lengthPx = whole(16, 7_680);
      const gapPx = whole(0, 8);
      const tracks = Array.from({ length: whole(1, 12) }, () => {
        const kind = whole(0, 5);
        if (kind === 0) return `${whole(1, 200)}px`;
        return kind === 1
          ? `${(random() * 20).toFixed(2)}%`
          : `${(random() * 4 + 0.1).toFixed(whole(0, 2)).replace(/^0$/, '1')}fr`;
      });
      const spans = layTracks(tracks, lengthPx, gapPx);
      if (!Array.isArray(spans)) continue;
      laid += 1;
      const words = `${tracks.join(' ')} on ${lengthPx} px with gaps of ${gapPx} px`;
      expect(spans[0]?.startPx, words).toBe(0);
      expect(spans.at(-1)?.endPx, words).toBe(lengthPx);
      spans.forEach((span, index) => {
        const size = span.endPx - span.startPx;
        expect(Number.isInteger(size) && size >= 1, words).toBe(true);
        if (index > 0) expect(span.startPx - (spans[index - 1]?.endPx ?? 0), words).toBe(gapPx);
        const track = tracks[index] ?? '';
        if (track.endsWith('px')) expect(size, words).toBe(Number.parseInt(track, 10));
      });
    }
    expect(laid).toBeGreaterThan(10_000);
  });

  it('keeps equal shares within a pixel of each other on every size, even or odd', () => {
    for (let lengthPx = 16; lengthPx <= 2_000; lengthPx += 1) {
      for (let parts = 1; parts <= 9; parts += 1) {
        const sizes = sizesOf(
          spansOf(
            Array.from({ length: parts }, () => '1fr'),
            lengthPx,
            0,
          ),
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('says why tracks cannot be laid out', () => {
    expect(layTracks(['500px', '48px'], 540, 2)).toEqual({ kind: 'too-large', neededPx: 548, availablePx: 538 });
    expect(layTracks(['400px', '48px'], 540, 2)).toEqual({ kind: 'not-filling', neededPx: 448, availablePx: 538 });
    expect(layTracks(['60%', '60%'], 100, 0)).toMatchObject({ kind: 'too-large' });
    expect(layTracks(['100px', '1fr'], 100, 0)).toEqual({ kind: 'vanishing', track: 1 });
    expect(layTracks(['0.001fr', '9fr'], 100, 0)).toEqual({ kind: 'vanishing', track: 0 });
    expect(
      layTracks(
        Array.from({ length: 10 }, () => '1fr'),
        16,
        2,
      ),
    ).toMatchObject({ kind: 'too-large' });
  });
});
