import { afterEach } from 'vitest';
import { BrightnessGovernor } from '../../src/brightness/brightness.js';
import type { SavedLevel } from '../../src/brightness/level.js';
import { brightnessOptions } from '../../src/brightness/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { SetClock } from './set-clock.js';

let controllers: BrightnessGovernor[] = [];

afterEach(async () => {
  await Promise.all(controllers.map((controller) => controller.close()));
  controllers = [];
});

/**
 * A controller on 25 November 2026, a Wednesday, by the clocks of Shanghai, that moves when time is made to pass; closed with
 * the test.
 */
export function controllerAt(
  time: string,
  written: object,
  given: { wishPercent?: number | null; saved?: SavedLevel | null } = {},
): { controller: BrightnessGovernor; clock: SetClock; pass: (ms: number, stepMs?: number) => void } {
  const clock = new SetClock(`2026-11-25T${time}:00+08:00`);
  const controller = new BrightnessGovernor({
    options: brightnessOptions.parse(written),
    timeZone: 'Asia/Shanghai',
    wishPercent: given.wishPercent ?? null,
    saved: given.saved ?? null,
    log: silentLogger,
    clock,
  });
  controllers.push(controller);
  const pass = (ms: number, stepMs = 1_000): void => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.pass(stepMs);
      controller.advance();
    }
  };
  return { controller, clock, pass };
}
