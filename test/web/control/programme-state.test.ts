import { expect, it } from 'vitest';
import { mostPercent } from '../../../src/web/control/state/brightness.js';
import { ratesOf } from '../../../src/web/control/state/hall.js';
import { datesFrom } from '../../../src/web/control/state/programme.js';
import { createFakeHall } from './fake-hall.js';

it('counts dates over the end of a year', () => {
  expect(datesFrom('2026-12-30', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
});

it('offers no brightness above the ceiling, and the ceiling itself where it lies on a step', () => {
  expect(mostPercent(3)).toBe(3);
  expect(mostPercent(0.3)).toBe(0.3);
  expect(mostPercent(1.25)).toBe(1.2);
  expect(mostPercent(64.6)).toBe(64);
  expect(mostPercent(0)).toBe(0);
});

it('reckons the rate of an output from two looks, and not over a restart', () => {
  const [output] = createFakeHall().outputs;
  if (output === undefined) throw new Error('the fake hall has an output');
  const before = { atMs: 1_000, outputs: [output] };
  expect(ratesOf(before, [{ ...output, frames: output.frames + 50 }], 3_000).get('screen')).toBe(25);
  expect(ratesOf(before, [{ ...output, frames: 3 }], 3_000).size).toBe(0);
  expect(ratesOf(null, [output], 3_000).size).toBe(0);
});
