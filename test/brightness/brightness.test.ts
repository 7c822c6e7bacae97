import { describe, expect, it } from 'vitest';
import { BrightnessGovernor, type BrightnessStatus } from '../../src/brightness/brightness.js';
import type { SavedLevel } from '../../src/brightness/level.js';
import { brightnessOptions } from '../../src/brightness/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { eventually } from '../eventually.js';
import { controllerAt } from './controllers.js';

const ZIGONG = { latitude: 29.35, longitude: 104.77 };
const NIGHT_RULE = {
  position: ZIGONG,
  rules: ['jgj-t-163', 'chengdu-2017'],
  screen: { squareMetres: 30, zone: 'E3', panelNits: 5_000 },
};

describe('what decides', () => {
  it('nothing written: full light', () => {
    const { controller } = controllerAt('12:00', {});
    expect(controller.status()).toMatchObject({ percent: 100, reason: 'default', phase: 'open', isLightStale: false });
  });

  it('the schedule', () => {
    const schedule = [
      { at: '08:00', percent: 80 },
      { at: '20:00', percent: 30 },
    ];
    expect(controllerAt('07:59', { schedule }).controller.status()).toMatchObject({ percent: 30, reason: 'schedule' });
    expect(controllerAt('08:00', { schedule }).controller.status()).toMatchObject({ percent: 80, reason: 'schedule' });
  });

  it('weekdays of the schedule', () => {
    const schedule = [
      { at: '06:00', percent: 20 },
      { at: '08:00', percent: 80, days: 'thursday-monday' },
      { at: '08:00', percent: 50, days: ['wednesday'] },
    ];
    // 25 November 2026 is a Wednesday.
    expect(controllerAt('09:00', { schedule }).controller.status().percent).toBe(50);
  });

  it('an operator, before schedule and light', () => {
    const { controller, pass } = controllerAt('12:00', { schedule: [{ at: '00:00', percent: 60 }] });
    controller.setWish(25);
    pass(5_000);
    expect(controller.status()).toMatchObject({
      percent: 25,
      reason: 'operator',
      wishPercent: 25,
      automaticPercent: 60,
      automaticReason: 'schedule',
    });
    controller.setWish(null);
    pass(5_000);
    expect(controller.status()).toMatchObject({ percent: 60, reason: 'schedule', wishPercent: null });
  });

  it('the ceiling, above a wish that was fine by day; the wish comes back in the morning', () => {
    const { controller, pass, clock } = controllerAt(
      '12:00',
      { ...NIGHT_RULE, rules: ['jgj-t-163'] },
      { wishPercent: 70 },
    );
    expect(controller.status()).toMatchObject({ percent: 70, reason: 'operator' });
    clock.set('2026-11-25T20:00:00+08:00');
    pass(1_000);
    expect(controller.status()).toMatchObject({ percent: 3, reason: 'ceiling', wishPercent: 70 });
    clock.set('2026-11-26T09:00:00+08:00');
    pass(600_000);
    expect(controller.status()).toMatchObject({ percent: 70, reason: 'operator' });
  });

  it('a curfew, above everything', () => {
    const { controller } = controllerAt('22:30', NIGHT_RULE, { wishPercent: 2 });
    expect(controller.status()).toMatchObject({ percent: 0, reason: 'curfew', ceiling: { rule: 'chengdu-2017' } });
  });

  it('standby, and waking before opening', () => {
    const standby = { from: '18:00', to: '08:30', days: 'monday-friday', wakeBefore: '15m' };
    const at = (time: string): object => controllerAt(time, { standby }).controller.status();
    expect(at('08:14')).toMatchObject({ percent: 0, reason: 'standby', phase: 'standby' });
    expect(at('08:15')).toMatchObject({ percent: 100, reason: 'default', phase: 'waking' });
    expect(at('08:30')).toMatchObject({ percent: 100, phase: 'open' });
    expect(at('18:00')).toMatchObject({ percent: 0, phase: 'standby' });
    const { controller, clock, pass } = controllerAt('17:59', { standby });
    clock.set('2026-11-28T10:00:00+08:00');
    pass(600_000);
    expect(controller.status(), 'a Saturday').toMatchObject({ percent: 0, phase: 'standby' });
  });
});

describe('ramps', () => {
  const levels = (controller: BrightnessGovernor): number[] => {
    const seen: number[] = [];
    controller.on('level', (percent) => seen.push(percent));
    return seen;
  };
  const largestStep = (seen: readonly number[]): number =>
    Math.max(...seen.slice(1).map((percent, index) => Math.abs(percent - (seen[index] ?? 0))));

  it('take the time that is written', () => {
    const schedule = [
      { at: '00:00', percent: 20 },
      { at: '12:00', percent: 80 },
    ];
    const { controller, pass } = controllerAt('11:59', { schedule, ramp: '30%/min' });
    pass(60_000);
    const begun = controller.status().percent;
    expect(begun).toBeLessThanOrEqual(20.5);
    pass(60_000);
    expect(controller.status().percent - begun).toBeCloseTo(30, 6);
    expect(controller.status().isRamping).toBe(true);
    pass(60_000);
    expect(controller.status()).toMatchObject({ percent: 80, isRamping: false });
  });

  it('are quicker for an operator, and still no jump', () => {
    const { controller, clock, pass } = controllerAt('12:00', { ramp: '6%/min', operatorRamp: '10%/s' });
    const seen = levels(controller);
    // Nobody looked for a while: that is no reason to jump.
    clock.pass(900);
    controller.setWish(50);
    expect(controller.status().percent).toBe(100);
    pass(5_000, 40);
    expect(controller.status().percent).toBe(50);
    expect(largestStep([100, ...seen])).toBeLessThanOrEqual(0.4 + 1e-9);
  });

  it('are over when a lower ceiling or a curfew begins', () => {
    const { controller, pass } = controllerAt('17:30', { ...NIGHT_RULE, ramp: '20%/min' });
    const seen = levels(controller);
    pass(60 * 60_000);
    expect(controller.status()).toMatchObject({ percent: 3, reason: 'ceiling' });
    expect(largestStep([100, ...seen])).toBeLessThanOrEqual(20 / 60 + 1e-9);
    pass(4 * 60 * 60_000, 1_000);
    expect(controller.status()).toMatchObject({ percent: 0, reason: 'curfew' });
    expect(largestStep([100, ...seen])).toBeLessThanOrEqual(20 / 60 + 1e-9);
  });

  it('say that it is the ceiling while they go down before it', () => {
    const { controller, pass } = controllerAt('17:59', NIGHT_RULE);
    pass(2_000);
    expect(controller.status()).toMatchObject({ reason: 'ceiling', targetPercent: 100, ceiling: { kind: 'none' } });
    expect(controller.status().percent).toBeLessThan(100);
  });

  it('give way to a ceiling that nobody could foresee', () => {
    const { controller } = controllerAt('20:00', {});
    expect(controller.status().percent).toBe(100);
    controller.update(brightnessOptions.parse(NIGHT_RULE), 'Asia/Shanghai');
    expect(controller.status()).toMatchObject({ percent: 3, reason: 'ceiling' });
  });

  it('go on over a restart where they were', () => {
    const schedule = [{ at: '00:00', percent: 20 }];
    const restarted = (saved: SavedLevel | null): number[] => {
      const { controller, pass } = controllerAt('12:00', { schedule, ramp: '60%/min' }, { saved });
      const begun = controller.status().percent;
      pass(5_000);
      return [begun, controller.status().percent];
    };
    expect(restarted(null)).toEqual([20, 20]);
    expect(restarted({ percent: 90 })).toEqual([90, 85]);
    expect(restarted({ percent: 10 })).toEqual([10, 15]);
  });

  it('never bring back over a restart what the law does not allow any more', () => {
    expect(controllerAt('20:00', NIGHT_RULE, { saved: { percent: 90 } }).controller.status().percent).toBe(3);
  });
});

describe('what is told', () => {
  it('is told once, and while light moves every second', () => {
    const { controller, pass } = controllerAt('12:00', { operatorRamp: '10%/s' });
    const told: BrightnessStatus[] = [];
    controller.on('change', (status) => told.push(status));
    pass(10_000);
    expect(told).toHaveLength(0);
    controller.setWish(50);
    pass(8_000, 40);
    expect(told.at(-1)).toMatchObject({ percent: 50, isRamping: false });
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(told.length).toBeLessThanOrEqual(8);
  });

  it('a wish above the ceiling is refused, and nothing changes', () => {
    const { controller } = controllerAt('20:00', NIGHT_RULE);
    expect(() => controller.check(3.1)).toThrow(expect.objectContaining({ code: 'above-ceiling' }));
    expect(() => controller.check(3)).not.toThrow();
    expect(controller.status()).toMatchObject({ percent: 3, wishPercent: null });
  });

  it('it moves by itself when it was started, and stops when it was closed', async () => {
    const controller = new BrightnessGovernor({
      options: brightnessOptions.parse({ operatorRamp: '1000%/s' }),
      timeZone: 'Asia/Shanghai',
      wishPercent: null,
      saved: null,
      log: silentLogger,
    });
    controller.start();
    controller.setWish(10);
    await eventually(() => expect(controller.status().percent).toBe(10));
    await controller.close();
    controller.on('level', () => expect.fail('it is closed'));
    controller.setWish(90);
    await controller.close();
  });
});
