import type { AgendaEntry } from './agenda.js';
import { clock, sun, type DayPoint } from './day-point.js';
import { signTable } from './sign-table.js';
import { UNLIMITED, type Allowance, type ComputationStep, type Moment, type Rule } from './rule.js';

const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [0, 6];
/** Lux in a foot-candle. */
const LUX_PER_FOOT_CANDLE = 10.7639;
/** The levels of the videoboard formula, as it writes them. */
const LUX_PER_LEVEL = 256;
const BRIGHTNESS_PER_LEVEL = 0.0039;

const SHENZHEN_DRAFT = {
  document: 'Shenzhen, plan for outdoor advertising (draft, 2015)',
  address: 'm.gycai.cn/article/2015/11/a235715.html',
  reading: 'reported',
} as const;

/** The rules that are known, by the id that a configuration names them with. */
export const rules = {
  'jgj-t-163': signTable,
  'shenzhen-2015-controlled': {
    source: { ...SHENZHEN_DRAFT, section: 'controlled areas' },
    needs: ['position', 'panelNits'],
    allowance: (_screen, moment) => atNight(moment, 300),
    curfew: () => dark(clock(22), clock(8)),
  },
  'shenzhen-2015-moderate': {
    source: { ...SHENZHEN_DRAFT, section: 'moderately controlled areas' },
    needs: ['position', 'panelNits'],
    allowance: (_screen, moment) => atNight(moment, 500),
    curfew: () => dark(clock(23), clock(8)),
  },
  'shenzhen-2018': {
    source: {
      document: 'Shenzhen city management bureau on LED tickers, questions and answers (2018)',
      section: 'luminance and hours',
      address: 'szum.gov.cn/…/t20180315_11273148.htm',
      reading: 'quoted',
    },
    needs: ['position', 'panelNits'],
    allowance: (_screen, moment) => atPeriod(moment, moment.isNight ? 200 : 350),
    curfew: ({ surroundings }) => dark(clock(surroundings === 'commercial' ? 23 : 21), clock(8)),
  },
  'shenyang-2014': {
    source: {
      document: 'Shenyang, rules for outdoor LED screens (2014 to 2018)',
      section: 'luminance and hours',
      address: '21ic.com/news/opto/223387.htm',
      reading: 'reported',
    },
    needs: ['position', 'panelNits'],
    allowance: ({ surroundings }, moment) => atNight(moment, surroundings === 'commercial' ? 1_000 : 400),
    curfew: () => dark(clock(22), clock(7)),
  },
  'chengdu-2017': {
    source: {
      document: 'Chengdu, hours of outdoor LED screens (2017)',
      section: 'off before 22:30',
      address: 'prefer294.com/new/difang/5310.html',
      reading: 'reported',
      note: 'names no hour of the morning: sunrise is taken',
    },
    needs: ['position'],
    allowance: () => UNLIMITED,
    curfew: () => dark(clock(22, 30), sun('sunrise')),
  },
  'newberry-153.219': {
    source: {
      document: 'Newberry County SC, Code of Ordinances',
      section: '153.219',
      address: 'codelibrary.amlegal.com, newberryco_sc 153.219',
      reading: 'quoted',
      note: '300 to 342 nits by colour: the least is taken. Emergencies are exempt from the curfew, and are not known here',
    },
    needs: ['position', 'panelNits', 'lux'],
    allowance: (_screen, moment) => atNight(moment, 300),
    curfew: () => dark(clock(23), sun('sunrise')),
  },
  'dallas-videoboard': {
    source: {
      document: 'Dallas TX, Development Code, videoboard signs',
      section: '(a)(1)(B) and (C)',
      address: 'codelibrary.amlegal.com/codes/dallas/latest/dallas_tx/0-0-0-86695',
      reading: 'quoted',
      note: 'without a reading of the ambient light, it is taken as 0 lux',
    },
    needs: ['panelNits', 'lux'],
    allowance: ({ panelNits }, { lux }) => byAmbientLight(panelNits ?? 0, lux ?? 0),
    curfew: () => [...dark(clock(1), clock(7), WORKDAYS), ...dark(clock(2), clock(8), WEEKEND)],
  },
  'isa-night': {
    source: {
      document: 'ISA, Night-time Brightness Level Recommendations for On-Premise Electronic Message Centers',
      section: '0.3 foot-candles above ambient light',
      address: 'signs.org/codes-regulations/signcodehelp/emcs/emc-brightness-level-recommendations',
      reading: 'quoted',
    },
    needs: ['position', 'panelNits'],
    allowance: (_screen, moment) => (moment.isNight ? byIlluminance(0.3) : UNLIMITED),
  },
  'astronomers-2010': {
    source: {
      document: 'Digital LED Billboard Luminance Recommendations (astronomers’ draft, 2010)',
      section: 'night',
      address: 'documentine, "Digital LED Billboard Luminance Recommendations"',
      reading: 'reported',
    },
    needs: ['position', 'panelNits'],
    allowance: (_screen, moment) => atNight(moment, 100),
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof rules;
export const ruleIds = Object.keys(rules) as RuleId[];

/** A curfew from one point of the day to another; on some weekdays, where both are on the same day. */
export function dark(from: DayPoint, to: DayPoint, weekdays?: readonly number[]): AgendaEntry<boolean>[] {
  const on = weekdays === undefined ? {} : { weekdays };
  return [
    { at: from, value: true, ...on },
    { at: to, value: false, ...on },
  ];
}

/** A limit that holds now. */
export function atPeriod({ isNight }: Moment, nits: number): Allowance {
  const period: ComputationStep = { code: 'period', value: isNight ? 'night' : 'day', unit: null };
  return { nits, steps: [period, { code: 'limitNits', value: nits, unit: 'nits' }] };
}

/** A limit that holds from sunset to sunrise. */
export function atNight(moment: Moment, nits: number): Allowance {
  return moment.isNight ? atPeriod(moment, nits) : UNLIMITED;
}

/** Dallas: `⌊lux / 256⌋ · 0.0039 · nits of the panel`. */
function byAmbientLight(panelNits: number, lux: number): Allowance {
  const level = Math.floor(lux / LUX_PER_LEVEL);
  const share = Math.min(1, level * BRIGHTNESS_PER_LEVEL);
  const nits = share * panelNits;
  return {
    nits,
    steps: [
      { code: 'ambientLux', value: lux, unit: 'lux' },
      { code: 'dimmingLevel', value: level, unit: null },
      { code: 'brightnessLevel', value: share, unit: 'factor' },
      { code: 'limitNits', value: nits, unit: 'nits' },
    ],
  };
}

/**
 * Light above the ambient light, measured straight ahead at the distance √(100 · area): there, luminance · area / distance²
 * is what falls on the meter, so that the area cancels out.
 */
function byIlluminance(footCandles: number): Allowance {
  const lux = footCandles * LUX_PER_FOOT_CANDLE;
  const nits = lux * 100;
  return {
    nits,
    steps: [
      { code: 'period', value: 'night', unit: null },
      { code: 'illuminanceLux', value: lux, unit: 'lux' },
      {
        code: 'squareMetresPerSquareDistance',
        value: 1 / 100,
        unit: 'factor',
        source:
          'Dallas TX, Development Code, 51A-7.216(b)(1): codelibrary.amlegal.com/codes/dallas/latest/dallas_tx/0-0-0-86004',
      },
      { code: 'limitNits', value: nits, unit: 'nits' },
    ],
  };
}

/** A rule by its id. */
export function ruleOf(id: RuleId): Rule {
  return rules[id];
}
