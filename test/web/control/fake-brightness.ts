import type { VendorEvent } from '../../../src/control/vendor.js';

export type Brightness = VendorEvent<'BrightnessChanged'>;

/** A night in zone E3: 300 cd/m² of the table, half of it for moving pictures, on a screen of 5,000. */
export function nightBrightness(): Brightness {
  return {
    percent: 3,
    targetPercent: 3,
    isRamping: false,
    reason: 'ceiling',
    phase: 'open',
    wishPercent: null,
    automaticPercent: 20,
    automaticReason: 'schedule',
    light: { lux: 12, atMs: Date.now() - 5_000 },
    isLightStale: false,
    ceiling: {
      ceilingPercent: 3,
      kind: 'luminance',
      rule: 'jgj-t-163',
      source: {
        document: 'JGJ/T 163, luminance of signs and advertisements at night',
        section: 'table by area and zone',
        address: 'fhbfw.com/news/a3/99.html',
        reading: 'reported',
        note: 'night is taken from sunset to sunrise',
      },
      computation: [
        { code: 'period', value: 'night', unit: null },
        { code: 'squareMetres', value: 30, unit: 'squareMetres' },
        { code: 'zone', value: 'E3', unit: null },
        { code: 'tableNits', value: 300, unit: 'nits' },
        { code: 'movingFactor', value: 0.5, unit: 'factor', source: 'outdoor sign code, clause 6.0.3' },
        { code: 'limitNits', value: 150, unit: 'nits' },
        { code: 'panelNits', value: 5_000, unit: 'nits' },
        { code: 'ceilingPercent', value: 3, unit: 'percent' },
      ],
    },
    outputs: [{ output: 'screen', by: 'controller', percent: 3, pixelPercent: 100, isSilent: false }],
  };
}
