import { describe, expect, it } from 'vitest';
import { Agenda } from '../../src/brightness/agenda.js';
import { Almanac, clock, dayPoint, sun } from '../../src/brightness/day-point.js';
import { TimeZone } from '../../src/core/time-zone.js';

describe('a point of the day', () => {
  it.each([
    ['22:30', { kind: 'clock', msOfDay: 81_000_000 }],
    ['7:05', { kind: 'clock', msOfDay: 25_500_000 }],
    ['sunset', { kind: 'sun', event: 'sunset', offsetMs: 0 }],
    ['dusk-15m', { kind: 'sun', event: 'dusk', offsetMs: -900_000 }],
    ['sunrise+1.5h', { kind: 'sun', event: 'sunrise', offsetMs: 5_400_000 }],
    ['dawn+30s', { kind: 'sun', event: 'dawn', offsetMs: 30_000 }],
  ])('%s is read', (text, point) => {
    expect(dayPoint.parse(text)).toEqual(point);
  });

  it.each(['24:00', '12:60', '8', 'noon', 'sunset 30m', 'sunset+', 'sunset+30', '22:00+1h', ' sunset', ''])(
    '%j is refused',
    (text) => {
      expect(dayPoint.safeParse(text).success).toBe(false);
    },
  );
});

describe('an agenda', () => {
  const almanac = (position = true): Almanac =>
    new Almanac(new TimeZone('Europe/Berlin'), position ? { latitude: 52.5, longitude: 13.4 } : null);

  it('follows the clock when clocks are changed', () => {
    const agenda = new Agenda(
      [
        { at: clock(6), value: 'day' },
        { at: clock(22), value: 'night' },
      ],
      almanac(),
    );
    const spanAt = (moment: string): string[] => {
      const { value, fromMs, toMs } = agenda.at(Date.parse(moment));
      return [value, new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    };
    expect(spanAt('2026-03-28T12:00:00Z')).toEqual(['day', '2026-03-28T05:00:00.000Z', '2026-03-28T21:00:00.000Z']);
    expect(spanAt('2026-03-29T03:00:00Z')).toEqual(['night', '2026-03-28T21:00:00.000Z', '2026-03-29T04:00:00.000Z']);
    expect(spanAt('2026-03-29T12:00:00Z')).toEqual(['day', '2026-03-29T04:00:00.000Z', '2026-03-29T20:00:00.000Z']);
  });

  it('says the same whether asked in order or not', () => {
    const entries = [
      { at: sun('sunrise'), value: 1 },
      { at: sun('dusk'), value: 2 },
      { at: clock(23), value: 3 },
    ];
    const [forth, back] = [new Agenda(entries, almanac()), new Agenda(entries, almanac())];
    const moments = Array.from({ length: 400 }, (_, index) => Date.UTC(2026, 5, 1) + index * 3_333_333);
    const inOrder = moments.map((ms) => forth.at(ms).value);
    expect(moments.toReversed().map((ms) => back.at(ms).value)).toEqual(inOrder.toReversed());
    expect(new Set(inOrder).size).toBe(3);
  });

  it('looks a week back for what comes once in it', () => {
    const agenda = new Agenda(
      [
        { at: clock(8), weekdays: [1], value: 'since Monday' },
        { at: clock(9), weekdays: [1], value: 'later' },
      ],
      almanac(),
    );
    expect(agenda.at(Date.parse('2026-11-29T23:00:00+01:00')).value).toBe('later');
    expect(agenda.at(Date.parse('2026-11-30T08:30:00+01:00')).value).toBe('since Monday');
  });

  it('without a place of the sun holds what is written last', () => {
    const agenda = new Agenda(
      [
        { at: sun('sunset'), value: true },
        { at: sun('sunrise'), value: false },
      ],
      almanac(false),
    );
    expect(agenda.at(Date.now()).value).toBe(false);
  });
});
