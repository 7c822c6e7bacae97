import { describe, expect, it } from 'vitest';
import { advanceTour, beginTour, carryOver, nextStop, type TourProgress } from '../../src/automation/tour-player.js';
import { tour } from './plans.js';

const written = {
  id: 'round',
  name: '巡览',
  stops: [{ layout: 'a' }, { layout: 'b', dwell: '10s' }, { layout: 'c', dwell: '5s' }],
};
const round = tour(written);

/** Where the tour is at each second, by layout. */
function seconds(count: number, deadAt: (second: number) => string, from = round): string {
  let progress = beginTour(from, 'none', 0, (layout) => deadAt(0).includes(layout));
  let shown = '';
  for (let second = 0; second < count; second += 1) {
    progress = advanceTour(from, progress, second * 1_000, (layout) => deadAt(second).includes(layout));
    shown += from.stops[progress.stopIndex]?.layout ?? '?';
  }
  return shown;
}

describe('a tour', () => {
  it('shows every stop for its time, again and again', () => {
    const once = 'a'.repeat(20) + 'b'.repeat(10) + 'c'.repeat(5);
    expect(seconds(70, () => '')).toBe(once + once);
  });

  it('passes over stops whose cameras are all away, until they are back', () => {
    expect(seconds(60, (second) => (second < 40 ? 'b' : ''))).toBe(
      'a'.repeat(20) + 'c'.repeat(5) + 'a'.repeat(20) + 'b'.repeat(10) + 'c'.repeat(5),
    );
  });

  it('leaves a stop that dies, but not before it could be read', () => {
    expect(seconds(12, (second) => (second >= 8 ? 'a' : ''))).toBe('a'.repeat(8) + 'b'.repeat(4));
    expect(seconds(12, (second) => (second >= 2 ? 'a' : ''))).toBe('a'.repeat(5) + 'b'.repeat(7));
  });

  it('stands still where everything is away, and goes on with the first that comes back', () => {
    expect(seconds(60, (second) => (second < 50 ? 'abc' : 'ab'))).toBe('a'.repeat(50) + 'c'.repeat(10));
  });

  it('stays at the only stop that lives, and leaves it as soon as another does when its time is over', () => {
    expect(seconds(50, (second) => (second < 33 ? 'bc' : 'b'))).toBe('a'.repeat(33) + 'c'.repeat(5) + 'a'.repeat(12));
  });

  it('passes over nothing where that was not wished', () => {
    const plain = tour({ ...written, skipDead: false });
    expect(seconds(35, () => 'abc', plain)).toBe('a'.repeat(20) + 'b'.repeat(10) + 'c'.repeat(5));
  });

  it('begins with what is on air already, if it is a stop that lives', () => {
    expect(beginTour(round, 'b', 7, () => false)).toEqual({ stopIndex: 1, enteredAtMs: 7 });
    expect(beginTour(round, 'b', 7, (layout) => layout === 'b').stopIndex).toBe(0);
    expect(beginTour(round, 'elsewhere', 7, (layout) => layout === 'a').stopIndex).toBe(1);
  });

  it('goes one stop on after a long sleep, and not many', () => {
    const progress: TourProgress = { stopIndex: 0, enteredAtMs: 0 };
    expect(advanceTour(round, progress, 3_600_000, () => false)).toEqual({ stopIndex: 1, enteredAtMs: 3_600_000 });
  });

  it('says what comes next', () => {
    expect(nextStop(round, 2, () => false)).toBe(0);
    expect(nextStop(round, 0, (layout) => layout === 'b')).toBe(2);
    expect(nextStop(round, 0, () => true)).toBeNull();
  });

  it('goes on where it was when it is written anew', () => {
    const progress: TourProgress = { stopIndex: 1, enteredAtMs: 7 };
    const moved = tour({ ...written, stops: [{ layout: 'c' }, { layout: 'a' }, { layout: 'b', dwell: '10s' }] });
    expect(carryOver(round, progress, moved)).toEqual({ stopIndex: 2, enteredAtMs: 7 });
    expect(carryOver(round, progress, tour({ ...written, stops: [{ layout: 'c' }] }))).toBeNull();
  });
});
