import { describe, expect, it } from 'vitest';
import { createWallClock } from '../../../src/web/control/state/wall-clock.js';

describe("the wall's clock, wherever the browser stands", () => {
  const shanghai = createWallClock('Asia/Shanghai', 'zh-CN');
  const noonMs = Date.parse('2026-10-01T12:00:05+08:00');

  it('writes moments', () => {
    expect([shanghai.time(noonMs), shanghai.seconds(noonMs)]).toEqual(['12:00', '12:00:05']);
    expect(shanghai.time(Date.parse('2026-10-01T00:00+08:00'))).toBe('00:00');
    expect(shanghai.moment(noonMs)).toBe('2026/10/1 12:00:05');
    expect(createWallClock('Asia/Kathmandu', 'en').moment(noonMs)).toMatch(/^10\/1\/26, 9:45:05\sAM$/);
  });

  it('reads a field of date and time, and none', () => {
    expect(shanghai.momentOf('2026-10-01T12:00')).toBe(Date.parse('2026-10-01T12:00+08:00'));
    expect(shanghai.momentOf('2026-10-01T12:00:05')).toBe(noonMs);
    expect(createWallClock('America/New_York', 'en').momentOf('2026-10-01T12:00')).toBe(
      Date.parse('2026-10-01T12:00-04:00'),
    );
    expect([shanghai.momentOf(''), shanghai.momentOf('12:00')]).toEqual([null, null]);
  });

  it('finds the next moment at which it shows a time, over midnight and where clocks are changed', () => {
    expect(shanghai.nextMomentOf('17:30', noonMs)).toBe(Date.parse('2026-10-01T17:30+08:00'));
    expect(shanghai.nextMomentOf('11:00', noonMs)).toBe(Date.parse('2026-10-02T11:00+08:00'));
    expect(shanghai.nextMomentOf('', noonMs)).toBeNull();
    const berlin = createWallClock('Europe/Berlin', 'en');
    expect(berlin.nextMomentOf('09:00', Date.parse('2026-10-24T20:00+02:00'))).toBe(
      Date.parse('2026-10-25T09:00+01:00'),
    );
  });

  it('knows whether the browser shows another time', () => {
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(createWallClock(here, 'en').isElsewhere(noonMs)).toBe(false);
    expect(createWallClock(null, 'en').timeZone).toBe(here);
    const [one, other] = ['Asia/Shanghai', 'Europe/Berlin'].map((zone) =>
      createWallClock(zone, 'en').isElsewhere(noonMs),
    );
    expect(one || other).toBe(true);
  });
});
