import { describe, expect, it } from 'vitest';
import type { BrightnessStatus } from '../../src/brightness/brightness.js';
import { controllerAt } from './controllers.js';

describe('the light', () => {
  const lux = {
    curve: [
      { lux: 0, percent: 5 },
      { lux: 99, percent: 25 },
      { lux: 9_999, percent: 100 },
    ],
    staleAfter: '5m',
  };

  it('is followed along the curve, in between by the logarithm of the light', () => {
    const { controller, pass } = controllerAt('12:00', { lux });
    const settledAt = (reading: number): number => {
      controller.observeLux(reading);
      pass(299_000);
      expect(controller.status().reason).toBe('lux');
      return controller.status().percent;
    };
    expect(settledAt(0)).toBe(5);
    expect(settledAt(9)).toBeCloseTo(15, 9);
    expect(settledAt(99)).toBeCloseTo(25, 9);
    expect(settledAt(999)).toBeCloseTo(62.5, 9);
    expect(settledAt(150_000)).toBe(100);
  });

  it('changes nothing by less than the hysteresis, and shows that the sensor is alive', () => {
    const { controller, pass } = controllerAt('12:00', { lux });
    controller.observeLux(1_000);
    pass(200_000);
    const before = controller.status().percent;
    controller.observeLux(1_090);
    pass(200_000);
    expect(controller.status()).toMatchObject({ percent: before, reason: 'lux', isLightStale: false });
    controller.observeLux(1_110);
    pass(100_000);
    expect(controller.status().percent).toBeGreaterThan(before);
  });

  it('that nobody reads any more gives way to the schedule, and says so', () => {
    const { controller, pass } = controllerAt('12:00', { lux, schedule: [{ at: '00:00', percent: 40 }] });
    const told: BrightnessStatus[] = [];
    controller.on('change', (status) => told.push(status));
    expect(controller.status()).toMatchObject({ percent: 40, reason: 'schedule', isLightStale: true, light: null });
    controller.observeLux(50_000);
    pass(299_000);
    expect(controller.status()).toMatchObject({ percent: 100, reason: 'lux', isLightStale: false });
    pass(1_000);
    expect(controller.status()).toMatchObject({ reason: 'schedule', isLightStale: true, light: { lux: 50_000 } });
    expect(told.at(-1)).toMatchObject({ reason: 'schedule', isLightStale: true });
    pass(200_000);
    expect(controller.status().percent).toBe(40);
  });

  it.each([-1, Number.NaN, 200_001, Number.POSITIVE_INFINITY])('of %d lux is refused', (reading) => {
    const { controller } = controllerAt('12:00', { lux });
    expect(() => controller.observeLux(reading)).toThrow(expect.objectContaining({ code: 'bad-lux' }));
  });

  it('without a curve is refused', () => {
    const { controller } = controllerAt('12:00', {});
    expect(() => controller.observeLux(100)).toThrow(expect.objectContaining({ code: 'no-light-sensor' }));
  });
});
