import { describe, expect, it } from 'vitest';
import { FRAME, run, ScriptedDriver, senderOf } from './scripted-driver.js';

describe('sender: a rate limit', () => {
  const limited = (id: string, parts: number, rateLimitMbit: number, journal: string[]): ScriptedDriver =>
    Object.assign(new ScriptedDriver(id, parts, journal), { rateLimitMbit });

  /** Runs ticks of 40 ms. @returns when each part went out, by output, milliseconds */
  function timesOf(
    drivers: readonly ScriptedDriver[],
    journal: string[],
    ticks: number,
    late = 0,
  ): Map<string, number[]> {
    const sender = senderOf(drivers);
    const times = new Map<string, number[]>(drivers.map(({ id }) => [id, []]));
    for (let tick = 0; tick < ticks; tick += 1) {
      sender.offer(FRAME, tick * 40);
      for (let nowMs = tick * 40; nowMs < (tick + 1) * 40;) {
        const before = journal.length;
        const nextMs = sender.handOut(nowMs);
        for (const part of journal.slice(before)) times.get(part.charAt(0))?.push(nowMs);
        nowMs = nextMs + late;
      }
    }
    return times;
  }

  /** The most parts within so many milliseconds. */
  const mostWithin = (times: readonly number[], ms: number): number =>
    Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + ms).length));

  it('is kept at every moment, and used', () => {
    const journal: string[] = [];
    // A part a millisecond: 30 of the 40 in a tick.
    const times = timesOf([limited('a', 30, 10, journal)], journal, 3).get('a') ?? [];
    expect(times).toHaveLength(90);
    for (const ms of [1, 2, 5, 10, 20, 40, 80]) expect(mostWithin(times, ms)).toBeLessThanOrEqual(ms + 1);
  });

  it('is kept where slices come late, and a little lateness is made up for', () => {
    const journal: string[] = [];
    const times = timesOf([limited('a', 30, 10, journal)], journal, 1, 0.3).get('a') ?? [];
    expect(times).toHaveLength(30);
    for (const ms of [1, 2, 5, 10, 20]) expect(mostWithin(times, ms)).toBeLessThanOrEqual(ms + 2);
  });

  it('lets parts through that are longer than a slice, one at a time', () => {
    const journal: string[] = [];
    const times = timesOf([limited('a', 3, 1, journal)], journal, 1).get('a') ?? [];
    expect(times).toHaveLength(3);
    expect(mostWithin(times, 9)).toBe(1);
  });

  it('costs an output with too large a frame the next ones, and the others nothing', () => {
    const journal: string[] = [];
    const slow = limited('a', 100, 10, journal);
    const sender = senderOf([slow, new ScriptedDriver('b', 100, journal)]);
    for (let tick = 0; tick < 6; tick += 1) {
      sender.offer(FRAME, tick * 40);
      run(sender, journal, tick * 40, (tick + 1) * 40);
    }
    // 100 ms a frame: each takes the time of three.
    expect(sender.reports()).toMatchObject([
      { frames: 2, droppedFrames: 4, packets: 200 },
      { frames: 6, droppedFrames: 0, packets: 600 },
    ]);
  });

  it('does not keep the others’ last parts back when it cannot keep pace, and is waited for when it can', () => {
    const shownAt = (parts: number): number | undefined => {
      const journal: string[] = [];
      return timesOf([limited('a', parts, 10, journal), new ScriptedDriver('b', 100, journal)], journal, 1)
        .get('b')
        ?.at(-1);
    };
    expect(shownAt(100)).toBeLessThan(20);
    expect(shownAt(30)).toBeGreaterThan(25);
    expect(shownAt(30)).toBeLessThan(36);
  });

  it('counts full frames where a driver does not say how long its parts are', () => {
    const journal: string[] = [];
    const driver = limited('a', 10, 12.304, journal);
    Object.assign(driver, { partBytes: undefined });
    // 1538 bytes a millisecond.
    expect(mostWithin(timesOf([driver], journal, 1).get('a') ?? [], 5)).toBeLessThanOrEqual(6);
    expect(journal).toHaveLength(10);
  });
});
