import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { Pacer, TickSchedule } from '../../src/wall/pacing.js';

describe('tick schedule', () => {
  it.each([25, 30, 50, 60])('has exactly the rate of %i over a day: nothing adds up', (framesPerSecond) => {
    const schedule = new TickSchedule(framesPerSecond, 1_000);
    for (let tick = 0; tick < framesPerSecond * 3_600; tick += 1) schedule.begin(schedule.dueMs);
    expect(schedule.dueMs).toBe(1_000 + 3_600_000);
    expect(schedule.missedTicks).toBe(0);
  });

  it('is not set back by late ticks', () => {
    const schedule = new TickSchedule(25, 0);
    for (let tick = 0; tick < 100; tick += 1) {
      expect(schedule.dueMs).toBe(tick * 40);
      expect(schedule.begin(tick * 40 + 39)).toBe(39);
    }
    expect(schedule.missedTicks).toBe(0);
  });

  it('misses what was overslept and goes on in step, without a burst', () => {
    const schedule = new TickSchedule(25, 0);
    schedule.begin(0);
    // Due at 40; at 175 the ticks of 40, 80 and 120 are gone, that of 160 is 15 late.
    expect(schedule.begin(175)).toBe(15);
    expect(schedule.missedTicks).toBe(3);
    expect(schedule.dueMs).toBe(200);
    // Late by exactly a period: one missed.
    expect(schedule.begin(240)).toBe(0);
    expect(schedule.missedTicks).toBe(4);
    expect(schedule.dueMs).toBe(280);
  });
});

describe('pacer', () => {
  let pacer: Pacer | null = null;
  afterEach(() => pacer?.stop());

  /** Runs so many ticks; `onTick` may hold the thread up. */
  async function run(framesPerSecond: number, ticks: number, onTick: (tick: number) => void, betweenMs = Infinity) {
    const schedule = new TickSchedule(framesPerSecond, monotonicMs());
    const lateness: number[] = [];
    let betweens = 0;
    await new Promise<void>((resolve) => {
      pacer = new Pacer(schedule, {
        tick: (nowMs, latenessMs) => {
          expect(nowMs).toBeGreaterThanOrEqual(schedule.dueMs - schedule.periodMs);
          lateness.push(latenessMs);
          onTick(lateness.length);
          if (lateness.length === ticks) {
            pacer?.stop();
            resolve();
          }
        },
        between: (nowMs) => {
          betweens += 1;
          return nowMs + betweenMs;
        },
      });
      pacer.start();
    });
    return { schedule, lateness, betweens };
  }

  it.each([25, 60])('never begins a tick early, and ends when stopped, at %i', async (framesPerSecond) => {
    const { lateness, schedule } = await run(framesPerSecond, 20, () => undefined);
    expect(lateness.every((value) => value >= 0 && value < schedule.periodMs)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lateness).toHaveLength(20);
  });

  it('skips the ticks that work held up, and each tick that follows is in step', async () => {
    const { lateness, schedule } = await run(50, 20, (tick) => {
      if (tick === 5) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 130);
    });
    expect(schedule.missedTicks).toBeGreaterThanOrEqual(5);
    expect(lateness.every((value) => value < schedule.periodMs)).toBe(true);
  });

  it('lets the event loop turn between ticks and between slices, even when every tick takes longer than a period', async () => {
    let turns = 0;
    let isRunning = true;
    const turn = (): void => {
      turns += 1;
      if (isRunning) setTimeout(turn, 0);
    };
    turn();
    const { betweens } = await run(60, 10, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25));
    isRunning = false;
    expect(turns).toBeGreaterThanOrEqual(9);
    expect(betweens).toBeGreaterThanOrEqual(9);
  });

  it('calls again between ticks as often as asked', async () => {
    const { betweens } = await run(25, 5, () => undefined, 1);
    expect(betweens).toBeGreaterThan(20);
  });
});
