import { describe, expect, it } from 'vitest';
import { CeilingRules, type Ceiling } from '../../src/brightness/ceiling.js';
import { Almanac } from '../../src/brightness/day-point.js';
import { brightnessOptions } from '../../src/brightness/options.js';
import { BrightnessPlan } from '../../src/brightness/plan.js';
import { ruleIds } from '../../src/brightness/rules.js';
import { GlasshallError } from '../../src/core/errors.js';
import { TimeZone } from '../../src/core/time-zone.js';

const ZIGONG = { latitude: 29.35, longitude: 104.77 };
const CURVE = [
  { lux: 10, percent: 5 },
  { lux: 20_000, percent: 100 },
];

type Written = { rules?: string[]; screen?: object; limit?: object; curfew?: object };

/** What rules allow at a time in Zigong: a Wednesday in winter, the sun is up from about 07:35 to 18:00; or at another date. */
function ceilingAt(time: string, written: Written, { lux = null as number | null, date = '2026-11-25' } = {}): Ceiling {
  const options = brightnessOptions.parse({ position: ZIGONG, lux: { curve: CURVE }, ...written });
  const rules = new CeilingRules(options, new Almanac(new TimeZone('Asia/Shanghai'), ZIGONG));
  return rules.at(Date.parse(`${date}T${time}:00+08:00`), lux);
}

function figures({ computation }: Ceiling): Record<string, unknown> {
  return Object.fromEntries(computation.map(({ code, value }) => [code, value]));
}

/** The screen of the facts. */
const facts = { squareMetres: 30, zone: 'E3', moving: true, panelNits: 5_000 };

describe('the wall of 30 m² in zone E3 with moving pictures', () => {
  it('may have 150 cd/m² at night: 3 % of its 5,000', () => {
    const ceiling = ceilingAt('20:00', { rules: ['jgj-t-163'], screen: facts });
    expect(ceiling).toMatchObject({ ceilingPercent: 3, kind: 'luminance', rule: 'jgj-t-163' });
    expect(ceiling.computation.map(({ code, value }) => [code, value])).toEqual([
      ['period', 'night'],
      ['squareMetres', 30],
      ['zone', 'E3'],
      ['tableNits', 300],
      ['movingFactor', 0.5],
      ['limitNits', 150],
      ['panelNits', 5_000],
      ['ceilingPercent', 3],
    ]);
  });

  it('may have 60 cd/m² where the authority takes the site for an office area', () => {
    const ceiling = ceilingAt('20:00', { rules: ['jgj-t-163'], screen: { ...facts, surroundings: 'public' } });
    expect(figures(ceiling)).toMatchObject({ surroundingsFactor: 0.4, limitNits: 60, ceilingPercent: 1.2 });
  });

  it('has no ceiling by day', () => {
    expect(ceilingAt('12:00', { rules: ['jgj-t-163'], screen: facts })).toEqual({
      ceilingPercent: 100,
      kind: 'none',
      rule: null,
      source: null,
      computation: [],
    });
  });
});

describe('JGJ/T 163 at night', () => {
  it.each([
    [0.5, { E1: 50, E2: 400, E3: 800, E4: 1_000 }],
    [0.51, { E1: 40, E2: 300, E3: 600, E4: 800 }],
    [2, { E1: 40, E2: 300, E3: 600, E4: 800 }],
    [2.1, { E1: 30, E2: 250, E3: 450, E4: 600 }],
    [10, { E1: 30, E2: 250, E3: 450, E4: 600 }],
    [10.1, { E1: 0, E2: 150, E3: 300, E4: 400 }],
    [400, { E1: 0, E2: 150, E3: 300, E4: 400 }],
  ])('has for %d m² the figures of the table in every zone and surroundings', (squareMetres, table) => {
    for (const [zone, nits] of Object.entries(table)) {
      for (const [surroundings, factor] of [
        ['commercial', 1],
        ['public', 0.4],
        ['residential', 0.1],
      ] as const) {
        for (const moving of [false, true]) {
          const screen = { squareMetres, zone, surroundings, moving, panelNits: 6_000 };
          const expected = nits * factor * (moving ? 0.5 : 1);
          const ceiling = ceilingAt('23:30', { rules: ['jgj-t-163'], screen });
          expect(figures(ceiling)['limitNits'], JSON.stringify(screen)).toBeCloseTo(expected, 9);
          expect(ceiling.ceilingPercent).toBeCloseTo((expected / 6_000) * 100, 9);
        }
      }
    }
  });
});

describe('every other rule, hour by hour, on a panel of 5,000 cd/m²', () => {
  const commercial = { panelNits: 5_000 };
  const homes = { panelNits: 5_000, surroundings: 'residential' };

  /** Rule, screen, time, and what is allowed: cd/m², `dark` in a curfew, null where nothing is said. */
  const table: readonly [string, object, string, number | 'dark' | null][] = [
    ['shenzhen-2015-controlled', commercial, '07:59', 'dark'],
    ['shenzhen-2015-controlled', commercial, '08:00', null],
    ['shenzhen-2015-controlled', commercial, '18:00', null],
    ['shenzhen-2015-controlled', commercial, '18:30', 300],
    ['shenzhen-2015-controlled', commercial, '22:00', 'dark'],
    ['shenzhen-2015-moderate', commercial, '18:30', 500],
    ['shenzhen-2015-moderate', commercial, '22:59', 500],
    ['shenzhen-2015-moderate', commercial, '23:00', 'dark'],
    ['shenzhen-2018', commercial, '12:00', 350],
    ['shenzhen-2018', commercial, '22:30', 200],
    ['shenzhen-2018', commercial, '23:00', 'dark'],
    ['shenzhen-2018', homes, '20:59', 200],
    ['shenzhen-2018', homes, '21:00', 'dark'],
    ['shenzhen-2018', homes, '07:59', 'dark'],
    ['shenyang-2014', commercial, '12:00', null],
    ['shenyang-2014', commercial, '19:00', 1_000],
    ['shenyang-2014', homes, '19:00', 400],
    ['shenyang-2014', commercial, '22:00', 'dark'],
    ['shenyang-2014', commercial, '06:59', 'dark'],
    ['shenyang-2014', commercial, '07:00', 1_000],
    ['chengdu-2017', commercial, '22:29', null],
    ['chengdu-2017', commercial, '22:30', 'dark'],
    ['chengdu-2017', commercial, '07:30', 'dark'],
    ['chengdu-2017', commercial, '07:50', null],
    ['newberry-153.219', commercial, '12:00', null],
    ['newberry-153.219', commercial, '19:00', 300],
    ['newberry-153.219', commercial, '23:00', 'dark'],
    ['newberry-153.219', commercial, '07:30', 'dark'],
    ['isa-night', commercial, '12:00', null],
    ['isa-night', commercial, '19:00', 322.917],
    ['astronomers-2010', commercial, '12:00', null],
    ['astronomers-2010', commercial, '03:00', 100],
  ];

  it.each(table)('%s %j at %s: %s', (rule, screen, time, expected) => {
    const ceiling = ceilingAt(time, { rules: [rule], screen });
    expect(ceiling.kind).toBe(expected === 'dark' ? 'curfew' : expected === null ? 'none' : 'luminance');
    const percent = expected === 'dark' ? 0 : expected === null ? 100 : (expected / 5_000) * 100;
    expect(ceiling.ceilingPercent).toBeCloseTo(percent, 4);
    if (expected !== null) expect(ceiling.source?.document).toMatch(/\S/);
  });

  it.each([
    // The example of the rule: 32,768 lux on a panel of 9,000 nits.
    [32_768, 9_000, 4_492.8],
    [255, 9_000, 0],
    [256, 9_000, 35.1],
    [120_000, 5_000, 5_000],
    [null, 9_000, 0],
  ])('dallas-videoboard in %s lux on %d cd/m²: %d', (lux, panelNits, expected) => {
    const ceiling = ceilingAt('12:00', { rules: ['dallas-videoboard'], screen: { panelNits } }, { lux });
    expect(figures(ceiling)['limitNits']).toBeCloseTo(expected, 6);
    expect(ceiling.ceilingPercent).toBeCloseTo((expected / panelNits) * 100, 9);
  });

  it.each([
    ['2026-11-25', '01:00', 'curfew'],
    ['2026-11-25', '06:59', 'curfew'],
    ['2026-11-25', '07:00', 'luminance'],
    ['2026-11-28', '01:30', 'luminance'],
    ['2026-11-28', '02:00', 'curfew'],
    ['2026-11-29', '07:59', 'curfew'],
    ['2026-11-29', '08:00', 'luminance'],
    ['2026-11-30', '00:59', 'luminance'],
    ['2026-11-30', '01:00', 'curfew'],
  ])('dallas-videoboard on %s at %s: %s', (date, time, kind) => {
    expect(ceilingAt(time, { rules: ['dallas-videoboard'], screen: commercial }, { lux: 50_000, date }).kind).toBe(
      kind,
    );
  });

  it('all say where they are written, and none is left out of these tables', () => {
    const seen = new Set(['jgj-t-163', 'dallas-videoboard', ...table.map(([rule]) => rule)]);
    expect(ruleIds.filter((id) => !seen.has(id))).toEqual([]);
  });
});

describe('several rules', () => {
  it('the strictest holds at any moment', () => {
    const rules = ['jgj-t-163', 'astronomers-2010', 'chengdu-2017'];
    const at = (time: string): unknown => ceilingAt(time, { rules, screen: facts }).rule;
    expect([at('12:00'), at('20:00'), at('22:30')]).toEqual([null, 'astronomers-2010', 'chengdu-2017']);
  });

  it('a limit of one’s own and a curfew of one’s own stand beside them', () => {
    const written = {
      rules: ['jgj-t-163'],
      screen: facts,
      limit: { dayNits: 2_500, nightNits: 140, source: '市城管局 2026-3 号' },
      curfew: { from: '21:00', to: 'sunrise', source: '市城管局 2026-3 号' },
    };
    expect(ceilingAt('12:00', written)).toMatchObject({ rule: 'limit', ceilingPercent: 50 });
    expect(ceilingAt('19:00', written)).toMatchObject({ rule: 'limit', ceilingPercent: 2.8 });
    expect(ceilingAt('21:00', written)).toMatchObject({ rule: 'curfew', ceilingPercent: 0 });
    expect(ceilingAt('12:00', written).source?.document).toBe('市城管局 2026-3 号');
  });
});

describe('a wish', () => {
  const plan = new BrightnessPlan(
    brightnessOptions.parse({ position: ZIGONG, rules: ['jgj-t-163', 'chengdu-2017'], screen: facts }),
    'Asia/Shanghai',
  );
  const at = (time: string): number => Date.parse(`2026-11-25T${time}:00+08:00`);

  it('within the ceiling is granted', () => {
    expect(plan.limit(80, at('12:00'), null)).toEqual({ percent: 80, refusal: null });
    expect(plan.limit(3, at('20:00'), null)).toEqual({ percent: 3, refusal: null });
  });

  it('beyond it is refused with the computation', () => {
    const { percent, refusal } = plan.limit(3.5, at('20:00'), null);
    expect(percent).toBe(3);
    expect(refusal).toBeInstanceOf(GlasshallError);
    expect(refusal?.code).toBe('above-ceiling');
    expect(refusal?.parameters).toEqual({
      wantedPercent: 3.5,
      ceilingPercent: 3,
      rule: 'jgj-t-163',
      document: 'JGJ/T 163, luminance of signs and advertisements at night, table by area and zone',
      period: 'night',
      squareMetres: 30,
      zone: 'E3',
      tableNits: 300,
      movingFactor: 0.5,
      limitNits: 150,
      panelNits: 5_000,
    });
    expect(refusal?.message).toContain('limitNits 150 nits');
  });

  it('in a curfew gets nothing', () => {
    const { percent, refusal } = plan.limit(1, at('22:30'), null);
    expect(percent).toBe(0);
    expect(refusal?.parameters).toMatchObject({ period: 'curfew', rule: 'chengdu-2017', ceilingPercent: 0 });
  });
});
