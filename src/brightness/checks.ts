import type { DayPoint } from './day-point.js';
import type { BrightnessOptions } from './options.js';
import type { RuleNeed } from './rule.js';
import { ruleOf } from './rules.js';

/** Something that does not go together. */
export type BrightnessProblem = {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly mend: string;
};

const MENDS: Readonly<Record<RuleNeed, string>> = {
  position: 'position: { latitude: 29.35, longitude: 104.77 }',
  lux: 'lux: { curve: [{ lux: 10, percent: 5 }, { lux: 20000, percent: 100 }] }',
  panelNits: 'screen: { panelNits: 5000 }, measured or from the data sheet of the panel',
  squareMetres: 'screen: { squareMetres: 30 }',
  zone: 'screen: { zone: E3 }; the authority knows which',
};

/** What each setting by itself cannot know: what rules and points of the day need besides. */
export function brightnessProblems(options: BrightnessOptions): BrightnessProblem[] {
  return [...needsOfRules(options), ...needsOfLimit(options), ...needsOfSun(options), ...curveProblems(options)];
}

function has({ position, lux, screen }: BrightnessOptions, need: RuleNeed): boolean {
  return { position, lux, ...screen }[need] !== undefined;
}

function needsOfRules(options: BrightnessOptions): BrightnessProblem[] {
  return options.rules.flatMap((id, index) =>
    ruleOf(id)
      .needs.filter((need) => !has(options, need))
      .map((need) => missing(['rules', index], `the rule ${id}`, need)),
  );
}

function needsOfLimit(options: BrightnessOptions): BrightnessProblem[] {
  const { limit } = options;
  if (limit === undefined) return [];
  const needs: RuleNeed[] = limit.dayNits === limit.nightNits ? ['panelNits'] : ['panelNits', 'position'];
  return needs.filter((need) => !has(options, need)).map((need) => missing(['limit'], 'a limit', need));
}

function needsOfSun(options: BrightnessOptions): BrightnessProblem[] {
  if (options.position !== undefined) return [];
  const { schedule, curfew, standby } = options;
  const points: [path: (string | number)[], point: DayPoint | undefined][] = [
    ...schedule.map(({ at }, index): [(string | number)[], DayPoint] => [['schedule', index, 'at'], at]),
    [['curfew', 'from'], curfew?.from],
    [['curfew', 'to'], curfew?.to],
    [['standby', 'from'], standby?.from],
    [['standby', 'to'], standby?.to],
  ];
  return points
    .filter(([, point]) => point?.kind === 'sun')
    .map(([path]) => missing(path, 'a time by the sun', 'position'));
}

function missing(path: readonly (string | number)[], who: string, need: RuleNeed): BrightnessProblem {
  return {
    code: `needs-${need.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    path,
    message: `${who} needs ${need === 'position' ? 'to know where the wall hangs' : `brightness.${need === 'lux' ? '' : 'screen.'}${need}`}`,
    mend: `add to brightness: ${MENDS[need]}`,
  };
}

function curveProblems({ lux }: BrightnessOptions): BrightnessProblem[] {
  if (lux === undefined) return [];
  return lux.curve.flatMap((point, index): BrightnessProblem[] => {
    const before = lux.curve[index - 1];
    if (before === undefined || point.lux > before.lux) return [];
    return [
      {
        code: 'curve-not-rising',
        path: ['lux', 'curve', index, 'lux'],
        message: `${point.lux} lux does not come after ${before.lux} lux`,
        mend: 'write the points from dark to bright, each lux once',
      },
    ];
  });
}
