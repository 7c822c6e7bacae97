import { describe, expect, it } from 'vitest';
import { AlarmBook } from '../../src/controller/alarm-book.js';
import { differencesOf, type AlarmCode, type Difference } from '../../src/controller/comparison.js';
import {
  NOTHING_KNOWN,
  type ControllerReading,
  type WantedOfController,
} from '../../src/controller/controller-driver.js';
import { RepairPlan } from '../../src/controller/repair-plan.js';

const limits = { maximumCelsius: 75, minimumVolts: 4 };
const sound: ControllerReading = {
  input: { name: 'HDMI', hasSignal: true },
  black: false,
  freeze: false,
  testPicture: false,
  brightnessPercent: 30,
  cabinets: { ok: 12, total: 12 },
  temperatureCelsius: 41,
  voltageVolts: 4.3,
  link: true,
  detail: null,
};
const wanted: WantedOfController = { picture: 'normal', brightnessPercent: 30 };

describe('comparing', () => {
  it('finds nothing in a controller that is as wanted, and nothing in one that cannot tell', () => {
    expect(differencesOf(sound, wanted, limits)).toEqual([]);
    expect(differencesOf(NOTHING_KNOWN, wanted, limits)).toEqual([]);
  });

  const cases: [string, Partial<ControllerReading>, Partial<WantedOfController>, [AlarmCode, unknown, unknown][]][] = [
    ['black, and a picture is wanted', { black: true }, {}, [['black', false, true]]],
    ['a picture, and black is wanted', {}, { picture: 'black' }, [['black', true, false]]],
    ['black is wanted and there; frozen behind it', { black: true, freeze: true }, { picture: 'black' }, []],
    ['frozen, and a picture is wanted', { freeze: true }, {}, [['freeze', false, true]]],
    ['a picture, and frozen is wanted', {}, { picture: 'freeze' }, [['freeze', true, false]]],
    ['a test picture', { testPicture: true }, {}, [['test-picture', false, true]]],
    ['too bright', { brightnessPercent: 100 }, {}, [['brightness', 30, 100]]],
    ['rounded by the controller', { brightnessPercent: (77 / 255) * 100 }, {}, []],
    ['any brightness, where nobody decides', { brightnessPercent: 100 }, { brightnessPercent: null }, []],
    ['no signal', { input: { name: null, hasSignal: false } }, {}, [['input', true, false]]],
    ['no way to the screen', { link: false }, {}, [['link', true, false]]],
    ['cabinets missing', { cabinets: { ok: 6, total: 12 } }, {}, [['cabinets', 12, 6]]],
    ['too hot', { temperatureCelsius: 76 }, {}, [['temperature', 75, 76]]],
    ['too low a voltage', { voltageVolts: 3.9 }, {}, [['voltage', 4, 3.9]]],
    [
      'several at once',
      { black: true, freeze: true },
      {},
      [
        ['black', false, true],
        ['freeze', false, true],
      ],
    ],
  ];
  it.each(cases)('%s', (_, reading, changes, expected) => {
    const found = differencesOf({ ...sound, ...reading }, { ...wanted, ...changes }, limits);
    expect(found.map(({ code, wanted: meant, reported }) => [code, meant, reported])).toEqual(expected);
  });

  it('keeps a limit that was passed until it is clearly kept again', () => {
    const warm = { ...sound, temperatureCelsius: 74, voltageVolts: 4.05 };
    expect(differencesOf(warm, wanted, limits)).toEqual([]);
    const standing = new Set<AlarmCode>(['temperature', 'voltage']);
    expect(differencesOf(warm, wanted, limits, standing).map(({ code }) => code)).toEqual(['temperature', 'voltage']);
    expect(differencesOf(sound, wanted, limits, standing)).toEqual([]);
  });
});

describe('an alarm', () => {
  const black: Difference = { code: 'black', wanted: false, reported: true };
  const dim = (reported: number): Difference => ({ code: 'brightness', wanted: 50, reported });

  it('is a difference that lasts, told once, and ends by itself', () => {
    const book = new AlarmBook(2_000);
    expect(book.update([black], 0).raised).toEqual([]);
    expect(book.update([black], 1_900).raised).toEqual([]);
    expect(book.update([black], 2_000).raised).toEqual([{ ...black, sinceMs: 0 }]);
    expect(book.update([black], 3_000)).toEqual({ raised: [], ended: [] });
    expect(book.standing()).toEqual([{ ...black, sinceMs: 0 }]);
    expect(book.update([], 4_000).ended).toEqual([{ ...black, sinceMs: 0 }]);
    expect(book.standing()).toEqual([]);
  });

  it('is not a difference that passes', () => {
    const book = new AlarmBook(2_000);
    book.update([black], 0);
    expect(book.update([], 1_000)).toEqual({ raised: [], ended: [] });
    expect(book.update([black], 2_500).raised).toEqual([]);
  });

  it('is not a brightness that follows, and is one that stays behind', () => {
    const following = new AlarmBook(2_000);
    for (let second = 0; second < 10; second += 1) {
      expect(following.update([dim(second)], second * 1_000).raised).toEqual([]);
    }
    const stuck = new AlarmBook(2_000);
    stuck.update([{ ...dim(100), wanted: 90 }], 0);
    stuck.update([{ ...dim(100), wanted: 80 }], 1_000);
    expect(stuck.update([{ ...dim(100), wanted: 70 }], 2_000).raised).toEqual([
      { code: 'brightness', wanted: 70, reported: 100, sinceMs: 0 },
    ]);
  });
});

describe('repairing', () => {
  it('is tried at once, after growing waits, and not for ever', () => {
    const plan = new RepairPlan({ attempts: 3, wait: 5_000 });
    const tried = Array.from({ length: 120 }, (_, second) => second * 1_000).filter((ms) => plan.isDue(true, ms));
    expect(tried).toEqual([0, 5_000, 15_000]);
    expect(plan.attempts).toBe(3);
  });

  it('begins anew when something else is wanted, or after a minute without a fault; not after less', () => {
    const plan = new RepairPlan({ attempts: 1, wait: 1_000 });
    expect(plan.isDue(true, 0)).toBe(true);
    expect(plan.isDue(false, 1_000)).toBe(false);
    expect(plan.isDue(true, 30_000)).toBe(false);
    expect(plan.isDue(false, 40_000)).toBe(false);
    expect(plan.isDue(false, 100_000)).toBe(false);
    expect(plan.isDue(true, 101_000)).toBe(true);
    plan.forget();
    expect(plan.isDue(true, 102_000)).toBe(true);
  });
});
