import { BrightnessGovernor } from '../../src/brightness/brightness.js';
import { brightnessOptions } from '../../src/brightness/options.js';
import { silentLogger } from '../../src/core/logger.js';

/** It does not move by itself; half of full light is what the law allows. */
export function fakeBrightness(): BrightnessGovernor {
  return new BrightnessGovernor({
    options: brightnessOptions.parse({
      limit: { dayNits: 2_500, nightNits: 2_500, source: '城管局' },
      screen: { panelNits: 5_000 },
      // prettier-ignore
      lux: { curve: [{ lux: 0, percent: 10 }, { lux: 10_000, percent: 50 }] },
    }),
    timeZone: 'Asia/Shanghai',
    wishPercent: null,
    saved: null,
    log: silentLogger,
  });
}
