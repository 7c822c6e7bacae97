import { describe, expect, it } from 'vitest';
import { Conductor } from '../../src/automation/conductor.js';
import type { ScheduleOptions } from '../../src/automation/options.js';
import { schedule } from './plans.js';
import { SimulatedClock } from './simulated-clock.js';

const MINUTE_MS = 60_000;

/** What the clock on the wall reads, by the platform's own reckoning. */
type Reading = { readonly date: string; readonly weekday: string; readonly time: string };

function reader(timeZone: string): (epochMs: number) => Reading {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const weekday = new Intl.DateTimeFormat('en', { timeZone, weekday: 'long' });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (ms) => ({ date: date.format(ms), weekday: weekday.format(ms), time: time.format(ms) });
}

/** Lets a conductor live through some time and notes at every minute what it wants on air. */
function live(options: ScheduleOptions, timeZone: string, fromMs: number, untilMs: number): Map<number, string | null> {
  const clock = new SimulatedClock(fromMs);
  const shown = new Map<number, string | null>();
  const conductor = new Conductor({
    plan: { tours: [], schedule: options, timeZone },
    automation: { mode: 'schedule' },
    clock,
    onAir: () => 'lobby',
    isDead: () => false,
  });
  // Only what is announced counts: whoever listens must not miss anything.
  let layout: string | null = null;
  conductor.on('changed', () => (layout = conductor.intent.layout));
  conductor.look();
  for (let ms = fromMs; ms < untilMs; ms += MINUTE_MS) {
    shown.set(ms, layout);
    clock.advance(MINUTE_MS);
  }
  void conductor.close();
  expect(clock.timers).toBe(0);
  return shown;
}

const hall = schedule({
  openingHours: { 'monday-friday': ['09:00-12:00', '13:30-17:00'], saturday: ['09:00-12:00'] },
  holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }],
  workingDays: [
    { name: '国庆节调休', from: '2026-10-10' },
    { name: '半天', from: '2026-10-09', hours: ['10:00-12:00'] },
  ],
  rules: [
    { name: '晨会', when: '08:40-09:00', days: 'monday', show: 'meeting' },
    { name: '国庆', when: 'holiday', show: 'flag' },
    { when: '30m before opening', show: 'welcome' },
    { when: '15m after closing', show: 'goodbye' },
    { when: 'lunch', show: 'lunch' },
    { name: '播报', when: 'cron */20 9-16 * * * for 2m', days: 'working-days', show: 'notice' },
    { when: 'open', show: 'windows' },
    { name: '夜间', when: '22:30-06:00', show: 'night' },
  ],
  otherwise: 'closed',
});

/** The same hall in other words: a table over the reading of the clock. */
function hallShows({ date, weekday, time }: Reading): string {
  const isHoliday = date >= '2026-10-01' && date <= '2026-10-07';
  if (weekday === 'Monday' && time >= '08:40' && time < '09:00') return 'meeting';
  if (isHoliday) return 'flag';
  const night = time >= '22:30' || time < '06:00' ? 'night' : 'closed';
  const isHalf = date === '2026-10-09';
  const isShort = weekday === 'Saturday' && date !== '2026-10-10';
  if (weekday === 'Sunday') return night;
  const opens = isHalf ? '10:00' : '09:00';
  const welcome = isHalf ? '09:30' : '08:30';
  if (time >= welcome && time < opens) return 'welcome';
  const minute = Number(time.slice(3));
  const isNotice = time >= '09:00' && time < '17:00' && minute % 20 < 2;
  const closes = isHalf || isShort ? '12:00' : '17:00';
  const leaves = isHalf || isShort ? '12:15' : '17:15';
  if (time >= closes && time < leaves) return 'goodbye';
  if (closes === '17:00' && time >= '12:00' && time < '13:30') return 'lunch';
  if (isNotice) return 'notice';
  return time >= opens && time < closes ? 'windows' : night;
}

describe('a schedule, lived through minute by minute,', () => {
  it.each([
    ['a Monday with a meeting', '2026-09-21', 1],
    ['a weekend', '2026-09-26', 2],
    ['the holidays begin', '2026-09-30', 2],
    ['the holidays end, then a half day and a Saturday worked in exchange', '2026-10-07', 4],
  ])('shows what belongs there: %s', (_name, date, days) => {
    const fromMs = Date.parse(`${date}T00:00:00+08:00`);
    const shown = live(hall, 'Asia/Shanghai', fromMs, fromMs + days * 86_400_000);
    const read = reader('Asia/Shanghai');
    const wrong = [...shown].filter(([ms, layout]) => layout !== hallShows(read(ms)));
    expect(shown.size).toBe(days * 1_440);
    expect(wrong.map(([ms, layout]) => ({ ...read(ms), layout, expected: hallShows(read(ms)) }))).toEqual([]);
  });

  const nights = schedule({
    openingHours: { sunday: ['01:00-02:15', '02:45-04:00'] },
    rules: [
      { name: 'at half past two', when: '02:30-02:40', show: 'half-past-two' },
      { name: 'cron at ten past', when: 'cron 10 2 * * * for 5m', show: 'ten-past' },
      { name: 'every half hour', when: 'cron */30 * * * * for 1m', show: 'half-hourly' },
      { when: 'open', show: 'open' },
      { when: 'lunch', show: 'break' },
      { when: '04:30-03:30', days: 'saturday', show: 'night' },
    ],
    otherwise: 'day',
  });

  /** The show from each time of UTC on, by hand; the half-hourly minute is laid over it. */
  it.each([
    [
      'the clock put forward: 02:00 to 03:00 is not there',
      '2026-03-28T23:00Z',
      23,
      // 00:00 +01:00 … 02:00 +01:00 = 03:00 +02:00
      [
        ['2026-03-28T23:00Z', 'night'],
        ['2026-03-29T00:00Z', 'open'], // 01:00
        // Opening hours until 02:15 end, and those from 02:45 begin, when the clock jumps; what is between is nothing.
        // 02:10 for five minutes is the moment of the jump for five minutes.
        ['2026-03-29T01:00Z', 'ten-past'], // 03:00
        ['2026-03-29T01:05Z', 'open'], // 03:05
        ['2026-03-29T02:00Z', 'day'], // 04:00
      ],
    ],
    [
      'the clock put back: 02:00 to 03:00 comes twice',
      '2026-10-24T22:00Z',
      25,
      [
        ['2026-10-24T22:00Z', 'night'], // 00:00 +02:00
        ['2026-10-24T23:00Z', 'open'], // 01:00
        ['2026-10-25T00:10Z', 'ten-past'], // 02:10, the first
        ['2026-10-25T00:15Z', 'break'], // 02:15, the first
        ['2026-10-25T00:30Z', 'half-past-two'], // 02:30, the first
        ['2026-10-25T00:40Z', 'break'],
        ['2026-10-25T00:45Z', 'open'], // 02:45, the first, until 04:00, two hours and a quarter later
        ['2026-10-25T03:00Z', 'day'], // 04:00
      ],
    ],
  ] as const)('does not stumble over %s', (_name, from, hours, changes) => {
    const fromMs = Date.parse(from);
    const shown = live(nights, 'Europe/Berlin', fromMs, fromMs + hours * 3_600_000);
    expect(shown.size).toBe(hours * 60);
    const read = reader('Europe/Berlin');
    const expected = (ms: number): string => {
      const base = changes.findLast(([at]) => Date.parse(at) <= ms)?.[1] ?? '';
      const isHalfHour = Number(read(ms).time.slice(3)) % 30 === 0;
      return isHalfHour && base !== 'ten-past' && base !== 'half-past-two' ? 'half-hourly' : base;
    };
    const wrong = [...shown].filter(([ms, layout]) => layout !== expected(ms));
    expect(wrong.map(([ms, layout]) => ({ ...read(ms), layout, expected: expected(ms) }))).toEqual([]);
  });

  it('follows a clock that somebody sets, within seconds', () => {
    const clock = new SimulatedClock(Date.parse('2026-09-21T10:05:00+08:00'));
    const conductor = new Conductor({
      plan: { tours: [], schedule: hall, timeZone: 'Asia/Shanghai' },
      automation: { mode: 'schedule' },
      clock,
      onAir: () => 'lobby',
      isDead: () => false,
    });
    conductor.look();
    expect(conductor.intent.layout).toBe('windows');
    clock.set(Date.parse('2026-09-20T23:00:00+08:00'));
    clock.advance(5_000);
    expect(conductor.intent.layout).toBe('night');
    void conductor.close();
  });
});
