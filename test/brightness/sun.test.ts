import { describe, expect, it } from 'vitest';
import { sunDayOf, type SunEvent } from '../../src/core/sun.js';
import { noaaPassage } from './noaa-sun.js';

const DAY_MS = 86_400_000;
const TWO_MINUTES_MS = 120_000;

const places = [
  { name: 'Zigong', latitude: 29.35, longitude: 104.77 },
  { name: 'Greenwich', latitude: 51.48, longitude: 0 },
  { name: 'Tromsø', latitude: 69.65, longitude: 18.96 },
] as const;

const passages: readonly [SunEvent, number, 'rising' | 'setting'][] = [
  ['dawn', -6, 'rising'],
  ['sunrise', -0.833, 'rising'],
  ['sunset', -0.833, 'setting'],
  ['dusk', -6, 'setting'],
];

/** Midnight UTC of every day of a year. */
const days = Array.from({ length: 365 }, (_, index) => Date.UTC(2027, 0, 1) + index * DAY_MS);

describe.each(places)('the sun of $name', (place) => {
  const noonOf = (dayMs: number): number => dayMs + (720 - 4 * place.longitude) * 60_000;

  it.each(passages)('has %s as NOAA has it, all year', (event, height, side) => {
    const off = days.flatMap((dayMs) => {
      const published = noaaPassage(dayMs, place, height, side);
      const found = sunDayOf(noonOf(dayMs), place)[event];
      // On the few days on which it just touches that height, minutes mean nothing: a hundredth of a degree is half an hour.
      if (published === null || isGrazing(dayMs, place, height, side)) return [];
      return found !== null && Math.abs(found - published) <= TWO_MINUTES_MS ? [] : [new Date(dayMs).toISOString()];
    });
    expect(off).toEqual([]);
  });
});

/** Whether the day before or after has no such passage. */
function isGrazing(dayMs: number, place: (typeof places)[number], height: number, side: 'rising' | 'setting'): boolean {
  return [-DAY_MS, DAY_MS].some((step) => noaaPassage(dayMs + step, place, height, side) === null);
}

/** In a table: `HH:MM` of that day, in UTC. */
const published: readonly (readonly [
  where: string,
  latitude: number,
  longitude: number,
  date: string,
  times: Partial<Record<SunEvent, string>>,
])[] = [
  // US Naval Observatory, "Sun and Moon Data for One Day", given there an hour ahead of UTC.
  ['Tromsø', 69.5, 19, '2014-04-01', { dawn: '02:46', sunrise: '03:50', sunset: '17:49', dusk: '18:53' }],
  ['Tromsø', 69.5, 19, '2014-04-30', { sunrise: '01:29', sunset: '19:58' }],
  // US Naval Observatory, as quoted in issue 89 of suncalc.
  ['Atlanta', 33.766667, -84.416667, '2009-09-06', { sunrise: '11:15', sunset: '23:56' }],
  // timeanddate.com, as quoted in issue 144 of suncalc.
  ['Stockholm', 59.335, 18.03, '2020-06-09', { sunrise: '01:34', sunset: '20:00' }],
  // flat36.blogspot.com/2007/10/days-are-getting-shorter.html; summer time is taken off.
  ['London', 51.51, -0.13, '2007-10-02', { sunset: '17:37' }],
  ['London', 51.51, -0.13, '2007-12-22', { sunset: '15:53' }],
];

describe('published tables', () => {
  it.each(published)('say the same of %s (%d, %d) on %s', (_where, latitude, longitude, date, times) => {
    const noonMs = Date.parse(`${date}T12:00:00Z`) - longitude * 4 * 60_000;
    const found = sunDayOf(noonMs, { latitude, longitude });
    for (const [event, time] of Object.entries(times)) {
      const publishedMs = Date.parse(`${date}T${time}:00Z`);
      expect(Math.abs((found[event as SunEvent] ?? 0) - publishedMs), event).toBeLessThanOrEqual(TWO_MINUTES_MS);
    }
  });
});

describe('near the pole', () => {
  const tromsø = { latitude: 69.65, longitude: 18.96 };
  const noonOf = (date: string): number => Date.parse(`${date}T10:44:00Z`);

  it('it rises at solar midnight and does not set while it stays up', () => {
    const { dawn, sunrise, sunset, dusk } = sunDayOf(noonOf('2027-06-21'), tromsø);
    expect([sunset, dusk]).toEqual([null, null]);
    expect(Math.abs((sunrise ?? 0) - (noonOf('2027-06-21') - DAY_MS / 2))).toBeLessThan(10 * 60_000);
    expect(dawn).toBe(sunrise);
  });

  it('it sets at solar noon and does not rise while it stays down, and has twilight all the same', () => {
    const { dawn, sunrise, sunset, dusk } = sunDayOf(noonOf('2027-12-21'), tromsø);
    expect(sunrise).toBeNull();
    expect(Math.abs((sunset ?? 0) - noonOf('2027-12-21'))).toBeLessThan(10 * 60_000);
    expect(dawn).toBeLessThan(sunset ?? 0);
    expect(dusk).toBeGreaterThan(sunset ?? 0);
  });

  it('has no twilight either in the night of the pole', () => {
    const { dawn, dusk } = sunDayOf(Date.parse('2027-12-21T12:00:00Z'), { latitude: 85, longitude: 0 });
    expect(dawn).toBeNull();
    expect(dusk).not.toBeNull();
  });
});
