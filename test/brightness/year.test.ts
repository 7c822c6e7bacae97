import { describe, expect, it } from 'vitest';
import { BrightnessGovernor } from '../../src/brightness/brightness.js';
import { brightnessOptions } from '../../src/brightness/options.js';
import { BrightnessPlan } from '../../src/brightness/plan.js';
import { silentLogger } from '../../src/core/logger.js';
import { noaaPassage } from './noaa-sun.js';
import { SetClock } from './set-clock.js';

/** Time passes in steps of so many minutes. */
const STEP_MINUTES = 2;
const DAY_MS = 86_400_000;
const TWO_MINUTES_MS = 120_000;
const RAMP_PERCENT_PER_MINUTE = 20;

const places = [
  { name: 'Zigong', timeZone: 'Asia/Shanghai', position: { latitude: 29.35, longitude: 104.77 } },
  { name: 'Greenwich', timeZone: 'Europe/London', position: { latitude: 51.48, longitude: 0 } },
  { name: 'Tromsø', timeZone: 'Europe/Oslo', position: { latitude: 69.65, longitude: 18.96 } },
] as const;

describe.each(places)('a year in $name', ({ timeZone, position }) => {
  const options = brightnessOptions.parse({
    position,
    schedule: [
      { at: 'sunrise', percent: 100 },
      { at: 'dusk', percent: 40 },
      { at: '22:00', percent: 10 },
    ],
    ramp: `${RAMP_PERCENT_PER_MINUTE}%/min`,
    screen: { squareMetres: 30, zone: 'E3', panelNits: 1_000 },
    rules: ['jgj-t-163', 'shenzhen-2015-moderate'],
  });
  const from = Date.UTC(2027, 0, 1);

  it.each([
    ['sunrise', -0.833, 'rising'],
    ['sunset', -0.833, 'setting'],
    ['dusk', -6, 'setting'],
    ['dawn', -6, 'rising'],
  ] as const)('follows %s within two minutes of NOAA’s', (event, height, side) => {
    const schedule = [
      { at: `${event}-30m`, percent: 40 },
      { at: event, percent: 100 },
    ];
    const plan = new BrightnessPlan(brightnessOptions.parse({ position, schedule }), timeZone);
    const at = (ms: number): number => plan.at(ms, { wishPercent: null, light: null }).targetPercent;
    let compared = 0;
    const wrong: string[] = [];
    for (let dayMs = from; dayMs < from + 365 * DAY_MS; dayMs += DAY_MS) {
      const published = noaaPassage(dayMs, position, height, side);
      const neighbours = [-DAY_MS, DAY_MS].map((step) => noaaPassage(dayMs + step, position, height, side));
      // Where the sun just touches the height, hundredths of a degree are half an hour: such days are no measure.
      if (published === null || neighbours.includes(null)) continue;
      compared += 1;
      const around = [at(published - TWO_MINUTES_MS), at(published + TWO_MINUTES_MS)];
      if (around[0] !== 40 || around[1] !== 100) wrong.push(new Date(published).toISOString());
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });

  it('never jumps by more than the ramp allows, and is never brighter than the law allows', () => {
    const clock = new SetClock(from);
    const controller = new BrightnessGovernor({
      options,
      timeZone,
      wishPercent: null,
      saved: null,
      log: silentLogger,
      clock,
    });
    let before = controller.status().percent;
    let largest = 0;
    let moved = 0;
    const tooBright: string[] = [];
    for (let minute = 0; minute < 365 * 24 * 60; minute += STEP_MINUTES) {
      clock.pass(STEP_MINUTES * 60_000);
      controller.advance();
      const { percent, ceiling } = controller.status();
      const step = Math.abs(percent - before);
      largest = Math.max(largest, step);
      if (step > 0) moved += 1;
      if (percent > ceiling.ceilingPercent) tooBright.push(new Date(clock.epochMs()).toISOString());
      before = percent;
    }
    expect(tooBright).toEqual([]);
    expect(largest).toBeLessThanOrEqual(RAMP_PERCENT_PER_MINUTE * STEP_MINUTES + 1e-9);
    // It does go up and down, every day.
    expect(moved).toBeGreaterThan(365 * 2);
  });
});

describe('where the sun does not set', () => {
  const options = brightnessOptions.parse({
    position: places[2].position,
    schedule: [
      { at: 'sunrise', percent: 100 },
      { at: 'sunset', percent: 40 },
    ],
  });
  const plan = new BrightnessPlan(options, 'Europe/Oslo');
  const at = (moment: string): number => plan.at(Date.parse(moment), { wishPercent: null, light: null }).targetPercent;

  it('it is day all day in summer', () => {
    expect(['T00:00Z', 'T06:00Z', 'T12:00Z', 'T23:00Z'].map((time) => at(`2027-06-21${time}`))).toEqual([
      100, 100, 100, 100,
    ]);
  });

  it('it is night all day in winter', () => {
    expect(['T00:00Z', 'T06:00Z', 'T12:00Z', 'T23:00Z'].map((time) => at(`2027-12-21${time}`))).toEqual([
      40, 40, 40, 40,
    ]);
  });
});
