import { describe, expect, it } from 'vitest';
import { Watch, type Silence } from '../../src/guardian/watch.js';

/** Looks every 50 ms (or at the given moments). @returns when it judged, and what */
function judged(
  silenceAt: (nowMs: number) => Silence,
  looks = Array.from({ length: 400 }, (_, index) => index * 50),
): unknown {
  const watch = new Watch();
  for (const nowMs of looks) {
    const hanging = watch.look(nowMs, silenceAt(nowMs));
    if (hanging !== null) return [nowMs, hanging];
  }
  return null;
}

describe('judging the signs of life', () => {
  it('waits for the first ones as long as they need', () => {
    expect(judged(() => ({ wallMs: null, mainMs: null }))).toBeNull();
  });

  it('is content with a wall that ticks and a loop that turns', () => {
    expect(judged((nowMs) => ({ wallMs: nowMs % 40, mainMs: nowMs % 100 }))).toBeNull();
  });

  it('judges a wall that is silent for half a second, at the second look', () => {
    expect(judged((nowMs) => ({ wallMs: Math.max(0, nowMs - 1_000), mainMs: 0 }))).toEqual([1_600, 'wall']);
  });

  it('gives the event loop more time: the wall has slates of its own', () => {
    expect(judged((nowMs) => ({ wallMs: 10, mainMs: Math.min(nowMs, 4_900) }))).toBeNull();
    expect(judged((nowMs) => ({ wallMs: 10, mainMs: nowMs }))).toEqual([5_100, 'main']);
  });

  it('does not blame the engine for a moment in which the whole machine stood still', () => {
    const looks = [0, 50, 100, 1_100, 1_150, 1_200, 1_250];
    expect(judged((nowMs) => ({ wallMs: nowMs === 1_100 ? 1_000 : 20, mainMs: 20 }), looks)).toBeNull();
    expect(judged((nowMs) => ({ wallMs: nowMs >= 1_100 ? nowMs - 100 : 20, mainMs: 20 }), looks)).toEqual([
      1_200,
      'wall',
    ]);
  });
});
