import { describe, expect, it } from 'vitest';
import { TimeZone } from '../../src/core/time-zone.js';

const HOUR_MS = 3_600_000;

describe('a time zone', () => {
  const berlin = new TimeZone('Europe/Berlin');
  const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
  const at = (date: string, hours: number): string =>
    new Date(berlin.momentOf(dayOf(date), hours * HOUR_MS)).toISOString();

  it('knows its day and weekday', () => {
    const shanghai = new TimeZone('Asia/Shanghai');
    expect(shanghai.dayOf(Date.parse('2026-11-25T15:59:59.999Z'))).toBe(dayOf('2026-11-25'));
    expect(shanghai.dayOf(Date.parse('2026-11-25T16:00:00Z'))).toBe(dayOf('2026-11-26'));
    expect(shanghai.weekdayOf(dayOf('2026-11-25'))).toBe(3);
    expect(shanghai.weekdayOf(dayOf('1969-12-28'))).toBe(0);
  });

  it('knows when its clocks show a time, before and after they are changed', () => {
    expect(at('2026-03-28', 12)).toBe('2026-03-28T11:00:00.000Z');
    expect(at('2026-03-29', 1)).toBe('2026-03-29T00:00:00.000Z');
    expect(at('2026-03-29', 4)).toBe('2026-03-29T02:00:00.000Z');
    expect(at('2026-10-25', 1)).toBe('2026-10-24T23:00:00.000Z');
    expect(at('2026-10-25', 4)).toBe('2026-10-25T03:00:00.000Z');
  });

  it('takes a time that is left out an hour later or earlier, and one that comes twice as one of the two', () => {
    expect(['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z']).toContain(at('2026-03-29', 2.5));
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(at('2026-10-25', 2.5));
  });

  it('that does not exist is refused', () => {
    expect(() => new TimeZone('Asia/Zigong')).toThrow(RangeError);
  });
});
