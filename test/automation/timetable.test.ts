import { describe, expect, it } from 'vitest';
import { Timetable } from '../../src/automation/timetable.js';
import { parseWhen } from '../../src/automation/when.js';
import { schedule } from './plans.js';

const SHANGHAI = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}+08:00`);

const hall = schedule({
  openingHours: { 'saturday-monday': ['09:00-12:00'] },
  holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03' }],
  workingDays: [{ name: '调休', from: '2027-01-05', hours: 'sunday' }],
  rules: [
    { name: '年末', when: '20:00-01:00', from: '2026-12-31', to: '2026-12-31', show: 'fireworks' },
    { when: 'open', days: ['working-days'], show: 'windows' },
    { when: 'always', days: ['tuesday', 'closed-days'], show: 'quiet' },
  ],
  otherwise: 'lobby',
});

describe('a timetable', () => {
  const timetable = new Timetable(hall, SHANGHAI);

  it('lists a day from its first moment to its last', () => {
    const { entries, workingDay } = timetable.day('2027-01-01');
    expect(workingDay).toEqual({ kind: 'holiday', name: '元旦', open: [] });
    expect(entries).toEqual([
      { fromMs: at('2027-01-01T00:00'), untilMs: at('2027-01-01T01:00'), show: 'fireworks', rule: '年末' },
      { fromMs: at('2027-01-01T01:00'), untilMs: at('2027-01-02T00:00'), show: 'quiet', rule: 'always' },
    ]);
    expect(timetable.day('2027-01-04').entries.map(({ show, rule }) => [show, rule])).toEqual([
      ['lobby', null],
      ['windows', 'open'],
      ['lobby', null],
    ]);
  });

  it('knows a day with the hours of another, and a weekday without any', () => {
    expect(timetable.day('2027-01-05')).toMatchObject({
      workingDay: {
        kind: 'working',
        name: '调休',
        open: [{ fromMs: at('2027-01-05T09:00'), untilMs: at('2027-01-05T12:00') }],
      },
      entries: [{ show: 'quiet' }, { show: 'windows' }, { show: 'quiet' }],
    });
    expect(timetable.day('2027-01-06').workingDay).toEqual({ kind: 'closed', name: null, open: [] });
  });

  it('says what comes next, over days on which nothing changes', () => {
    expect(timetable.nextAfter(at('2027-01-01T00:59:59'))).toMatchObject({ show: 'quiet' });
    expect(timetable.nextAfter(at('2027-01-01T01:00'))).toEqual({
      fromMs: at('2027-01-04T00:00'),
      untilMs: at('2027-01-04T09:00'),
      show: 'lobby',
      rule: null,
    });
    const always = new Timetable(schedule({ otherwise: 'lobby' }), SHANGHAI);
    expect(always.nextAfter(at('2027-01-01T00:00'))).toBeNull();
  });

  it.each(['0001-01-01', '2026-02-28', '2028-02-29', '9999-12-31'])('leaves no gap on %s', (date) => {
    const { entries } = timetable.day(date);
    expect(entries.length).toBeGreaterThan(0);
    entries.slice(1).forEach(({ fromMs }, index) => expect(fromMs).toBe(entries[index]?.untilMs));
    expect((entries.at(-1)?.untilMs ?? 0) - (entries[0]?.fromMs ?? 0)).toBe(86_400_000);
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    const berlin = new Timetable(schedule({ otherwise: 'lobby' }), 'Europe/Berlin');
    const hours = (date: string): number => {
      const [entry] = berlin.day(date).entries;
      return ((entry?.untilMs ?? 0) - (entry?.fromMs ?? 0)) / 3_600_000;
    };
    expect([hours('2026-03-29'), hours('2026-03-30'), hours('2026-10-25')]).toEqual([23, 24, 25]);
  });

  it('begins a day later where midnight is left out', () => {
    const sky = new Timetable(
      schedule({ rules: [{ when: '00:00-00:30', show: 'early' }], otherwise: 'lobby' }),
      'Asia/Beirut',
    );
    // 2026-03-29 begins at 01:00, when 00:00 +02:00 is 01:00 +03:00.
    const startMs = Date.parse('2026-03-28T22:00Z');
    expect(sky.day('2026-03-29').entries).toEqual([
      { fromMs: startMs, untilMs: startMs + 23 * 3_600_000, show: 'lobby', rule: null },
    ]);
  });
});

describe('what stands behind when', () => {
  it.each([
    ['always', { kind: 'always' }],
    [' lunch ', { kind: 'lunch' }],
    ['08:30-09:00', { kind: 'span', span: { fromMinute: 510, untilMinute: 540 } }],
    ['22:00 - 06:00', { kind: 'span', span: { fromMinute: 1_320, untilMinute: 360 } }],
    ['23:00-24:00', { kind: 'span', span: { fromMinute: 1_380, untilMinute: 1_440 } }],
    ['30m  before opening', { kind: 'before-opening', lengthMs: 1_800_000 }],
    ['1.5h after closing', { kind: 'after-closing', lengthMs: 5_400_000 }],
    ['cron 0 10 * * MON-FRI for 10m', { kind: 'cron', expression: '0 10 * * MON-FRI', lengthMs: 600_000 }],
    ['cron */5 * * * * for 1m', { kind: 'cron', expression: '*/5 * * * *', lengthMs: 60_000 }],
  ])('%s', (text, when) => expect(parseWhen(text)).toEqual(when));

  it.each([
    '',
    'Open',
    '09:00',
    '09:00-09:00',
    '24:00-01:00',
    '13h before opening',
    '1s after closing',
    'cron 0 10 * * 1-5',
    'cron 0 10 * * 1-5 for 25h',
    'cron 0 0 10 * * * for 5m',
    'cron 0 10 * * 9 for 5m',
    'cron * * * * * for 30s',
  ])('refuses %j', (text) => expect(() => parseWhen(text)).toThrow(expect.objectContaining({ code: 'bad-when' })));
});
