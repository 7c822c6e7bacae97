import { UNLIMITED, type ComputationStep, type Rule, type ScreenFacts, type Surroundings, type Zone } from './rule.js';

/** Candela per square metre at night in commercial surroundings, by area; `null`: not to be lit at all. */
const TABLE: readonly { readonly upToSquareMetres: number; readonly nits: Readonly<Record<Zone, number | null>> }[] = [
  { upToSquareMetres: 0.5, nits: { E1: 50, E2: 400, E3: 800, E4: 1_000 } },
  { upToSquareMetres: 2, nits: { E1: 40, E2: 300, E3: 600, E4: 800 } },
  { upToSquareMetres: 10, nits: { E1: 30, E2: 250, E3: 450, E4: 600 } },
  { upToSquareMetres: Number.POSITIVE_INFINITY, nits: { E1: null, E2: 150, E3: 300, E4: 400 } },
];

const SURROUNDINGS_FACTOR: Readonly<Record<Surroundings, number>> = { commercial: 1, public: 0.4, residential: 0.1 };

const MOVING_FACTOR = 0.5;
const MOVING_SOURCE = 'outdoor sign code, clause 6.0.3: gf.cabr-fire.com/article-42898.htm';

/** China's table of sign luminances at night, with the outdoor sign code's half for moving pictures. */
export const signTable: Rule = {
  source: {
    document: 'JGJ/T 163, luminance of signs and advertisements at night',
    section: 'table by area and zone',
    address: 'fhbfw.com/news/a3/99.html',
    reading: 'reported',
    note: 'night is taken from sunset to sunrise',
  },
  needs: ['position', 'squareMetres', 'zone', 'panelNits'],
  allowance(screen, { isNight }) {
    return isNight ? nightAllowance(screen) : UNLIMITED;
  },
};

function nightAllowance({ squareMetres, zone, surroundings, moving }: ScreenFacts): {
  nits: number;
  steps: ComputationStep[];
} {
  // Not known is the largest, in the darkest zone: checked before, and never brighter than it may be.
  const area = squareMetres ?? Number.POSITIVE_INFINITY;
  const environment = zone ?? 'E1';
  const ofTable = TABLE.find(({ upToSquareMetres }) => area <= upToSquareMetres)?.nits[environment] ?? 0;
  const steps: ComputationStep[] = [
    { code: 'period', value: 'night', unit: null },
    { code: 'squareMetres', value: area, unit: 'squareMetres' },
    { code: 'zone', value: environment, unit: null },
    { code: 'tableNits', value: ofTable, unit: 'nits' },
  ];
  let nits = ofTable;
  if (surroundings !== 'commercial') {
    const factor = SURROUNDINGS_FACTOR[surroundings];
    nits *= factor;
    steps.push(
      { code: 'surroundings', value: surroundings, unit: null },
      { code: 'surroundingsFactor', value: factor, unit: 'factor' },
    );
  }
  if (moving) {
    nits *= MOVING_FACTOR;
    steps.push({ code: 'movingFactor', value: MOVING_FACTOR, unit: 'factor', source: MOVING_SOURCE });
  }
  return { nits, steps: [...steps, { code: 'limitNits', value: nits, unit: 'nits' }] };
}
