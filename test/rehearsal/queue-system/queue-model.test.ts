import { describe, expect, it } from 'vitest';
import {
  QueueModel,
  RATE_RANGE,
  WAITING_RANGE,
  type QueueCounts,
} from '../../../src/rehearsal/queue-system/queue-model.js';
import { ticketLabel } from '../../../src/rehearsal/queue-system/queue-monitor.js';

const TEN = new Date(2024, 5, 7, 10, 0, 0).getTime();
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** The counts at every step from `fromMs` on. */
function day(seed: number, fromMs: number, stepMs: number, steps: number): QueueCounts[] {
  const model = new QueueModel(seed, fromMs);
  return Array.from({ length: steps }, (_, step) => {
    model.advanceTo(fromMs + step * stepMs);
    return model.counts();
  });
}

describe('a simulated hall', () => {
  it.each([1, 2, 3, 4, 5])('stays plausible and agrees with itself for a working day (seed %i)', (seed) => {
    const counts = day(seed, TEN, 60 * SECOND_MS, 8 * 60);
    for (const each of counts) {
      expect(each.ticketsToServe).toBe(each.lastTicketIssued - each.ticketServed);
      expect(each.ticketsToServe).toBeGreaterThanOrEqual(WAITING_RANGE.minimum);
      expect(each.ticketsToServe).toBeLessThanOrEqual(WAITING_RANGE.maximum);
      expect(each.ticketServed).toBeGreaterThanOrEqual(each.servedToday);
      expect(each.servedThisMonth).toBeGreaterThan(each.servedToday);
      expect(each.averageWaitMinutes).toBeGreaterThanOrEqual(1);
      expect(each.averageWaitMinutes).toBeLessThan(60);
      for (const value of Object.values(each)) expect(Number.isSafeInteger(value)).toBe(true);
    }
    counts.slice(1).forEach((after, index) => {
      const before = counts[index];
      expect(after.servedToday).toBeGreaterThanOrEqual(before?.servedToday ?? Infinity);
      expect(after.servedThisMonth).toBeGreaterThanOrEqual(before?.servedThisMonth ?? Infinity);
      expect(after.lastTicketIssued).toBeGreaterThanOrEqual(before?.lastTicketIssued ?? Infinity);
      expect(after.ticketServed).toBeGreaterThanOrEqual(before?.ticketServed ?? Infinity);
    });
  });

  it('finishes between a case every ten seconds and one a second, hour by hour', () => {
    const hourly = day(7, TEN, HOUR_MS, 10);
    hourly.slice(1).forEach((after, index) => {
      const finished = after.servedToday - (hourly[index]?.servedToday ?? NaN);
      expect(finished).toBeGreaterThan(3_600 * RATE_RANGE.minimum);
      expect(finished).toBeLessThan(3_600 * RATE_RANGE.maximum);
    });
  });

  it('changes: the waiting go up and down', () => {
    const waiting = day(7, TEN, 60 * SECOND_MS, 240).map((each) => each.ticketsToServe);
    const steps = waiting.slice(1).map((value, index) => value - (waiting[index] ?? NaN));
    expect(steps.some((step) => step > 0)).toBe(true);
    expect(steps.some((step) => step < 0)).toBe(true);
    expect(Math.max(...waiting) - Math.min(...waiting)).toBeGreaterThan(20);
  });

  it('is the same for the same seed and times, and another for another seed', () => {
    expect(day(7, TEN, SECOND_MS, 600)).toEqual(day(7, TEN, SECOND_MS, 600));
    expect(day(8, TEN, SECOND_MS, 600)).not.toEqual(day(7, TEN, SECOND_MS, 600));
  });

  it('comes to the same counts in one step as in many', () => {
    expect(day(7, TEN, 3_600 * SECOND_MS, 2).at(-1)).toEqual(day(7, TEN, SECOND_MS, 3_601).at(-1));
  });

  it('begins a new day at midnight: today from zero, the month goes on', () => {
    const beforeMidnight = new Date(2024, 5, 7, 23, 59, 50).getTime();
    const model = new QueueModel(7, beforeMidnight);
    model.advanceTo(beforeMidnight);
    const before = model.counts();
    model.advanceTo(beforeMidnight + 60 * SECOND_MS);
    const after = model.counts();
    expect(before.servedToday).toBeGreaterThan(1_000);
    expect(after.servedToday).toBeLessThan(200);
    expect(after.lastTicketIssued).toBeLessThan(before.lastTicketIssued);
    expect(after.servedThisMonth).toBeGreaterThan(before.servedThisMonth - before.servedToday);
  });

  it('begins a new month with what was done today', () => {
    const model = new QueueModel(7, new Date(2024, 5, 30, 23, 59, 50).getTime());
    model.advanceTo(new Date(2024, 6, 1, 0, 5, 0).getTime());
    expect(model.counts().servedThisMonth).toBe(model.counts().servedToday);
  });

  it('is not upset by a clock that jumps: back changes nothing, years ahead are quick', () => {
    const model = new QueueModel(7, TEN);
    model.advanceTo(TEN + HOUR_MS);
    const before = model.counts();
    model.advanceTo(TEN - 30 * 60 * SECOND_MS);
    expect(model.counts()).toEqual(before);
    model.advanceTo(new Date(2034, 0, 5, 12, 0, 0).getTime());
    expect(model.counts().servedToday).toBeGreaterThan(0);
  });
});

describe('ticket labels', () => {
  it.each([
    [1, 'A001'],
    [47, 'A047'],
    [999, 'A999'],
    [1_000, 'B001'],
    [999 * 8, 'H999'],
    [999 * 8 + 1, 'A001'],
    [0, 'A001'],
  ])('%i is %s', (ticket, label) => {
    expect(ticketLabel(ticket)).toBe(label);
  });
});
