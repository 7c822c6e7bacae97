import { Agenda } from './agenda.js';
import { sun, type Almanac } from './day-point.js';
import type { BrightnessOptions } from './options.js';
import type { Allowance, ComputationStep, Moment, RuleSource, ScreenFacts } from './rule.js';
import { atPeriod, dark, ruleOf, type RuleId } from './rules.js';
import { UNLIMITED } from './rule.js';

/** What the law allows at a moment. */
export type Ceiling = {
  /** Per cent of full light, 0 to 100. */
  readonly ceilingPercent: number;
  /** `curfew`: it has to be dark; `luminance`: it may be so bright; `none`: no rule has anything to say. */
  readonly kind: 'none' | 'luminance' | 'curfew';
  /** The rule that decides: a preset, `limit` or `curfew` of the configuration; null where there is none. */
  readonly rule: RuleId | 'limit' | 'curfew' | null;
  readonly source: RuleSource | null;
  /** How the figure comes about, in order. */
  readonly computation: readonly ComputationStep[];
};

type LimitRule = {
  readonly id: RuleId | 'limit' | 'curfew';
  readonly source: RuleSource;
  readonly allowance: (moment: Moment) => Allowance;
  readonly curfew: Agenda<boolean> | null;
};

/** A ceiling that holds from one moment up to another, in one light. */
type CeilingSpan = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lux: number | null;
  readonly ceiling: Ceiling;
};

const NO_CEILING: Ceiling = { ceilingPercent: 100, kind: 'none', rule: null, source: null, computation: [] };

/** The law as code: every rule of the configuration, and at any moment the strictest of them. */
export class CeilingRules {
  readonly #rules: readonly LimitRule[];
  readonly #night: Agenda<boolean>;
  readonly #panelNits: number | null;
  /** What was found last: it is asked for again and again. */
  #known: CeilingSpan | null = null;

  constructor(options: BrightnessOptions, almanac: Almanac) {
    const screen = screenFactsOf(options);
    this.#panelNits = screen.panelNits;
    this.#night = new Agenda(dark(sun('sunset'), sun('sunrise')), almanac);
    this.#rules = [
      ...options.rules.map((id) => presetRule(id, screen, almanac)),
      ...ownLimit(options),
      ...ownCurfew(options, almanac),
    ];
  }

  /** @param lux the light that falls on the place, null where it is not known */
  at(epochMs: number, lux: number | null): Ceiling {
    return this.#span(epochMs, lux).ceiling;
  }

  /** The next moment at which it may be another one, the light being the same; Infinity where there are no rules. */
  changesAfter(epochMs: number, lux: number | null): number {
    return this.#span(epochMs, lux).toMs;
  }

  #span(epochMs: number, lux: number | null): CeilingSpan {
    const known = this.#known;
    if (known !== null && known.lux === lux && epochMs >= known.fromMs && epochMs < known.toMs) return known;
    this.#known = { fromMs: epochMs, toMs: this.#changesAfter(epochMs), lux, ceiling: this.#strictest(epochMs, lux) };
    return this.#known;
  }

  #strictest(epochMs: number, lux: number | null): Ceiling {
    const moment: Moment = { isNight: this.#night.at(epochMs).value, lux };
    let strictest = NO_CEILING;
    for (const rule of this.#rules) {
      const ceiling = rule.curfew?.at(epochMs).value === true ? curfewOf(rule) : this.#luminanceOf(rule, moment);
      if (ceiling !== null && (strictest.rule === null || ceiling.ceilingPercent < strictest.ceilingPercent)) {
        strictest = ceiling;
      }
    }
    return strictest;
  }

  #changesAfter(epochMs: number): number {
    if (this.#rules.length === 0) return Number.POSITIVE_INFINITY;
    let next = this.#night.at(epochMs).toMs;
    for (const { curfew } of this.#rules) if (curfew !== null) next = Math.min(next, curfew.at(epochMs).toMs);
    return next;
  }

  #luminanceOf({ id, source, allowance }: LimitRule, moment: Moment): Ceiling | null {
    const { nits, steps } = allowance(moment);
    if (nits === null) return null;
    // Without the panel's figure nothing can be computed: the configuration is refused, and until then it is dark.
    const panelNits = this.#panelNits ?? Number.POSITIVE_INFINITY;
    const ceilingPercent = Math.min(100, (nits * 100) / panelNits);
    const computation: ComputationStep[] = [
      ...steps,
      { code: 'panelNits', value: panelNits, unit: 'nits' },
      { code: 'ceilingPercent', value: ceilingPercent, unit: 'percent' },
    ];
    return { ceilingPercent, kind: 'luminance', rule: id, source, computation };
  }
}

function curfewOf({ id, source }: LimitRule): Ceiling {
  const computation: ComputationStep[] = [
    { code: 'period', value: 'curfew', unit: null },
    { code: 'ceilingPercent', value: 0, unit: 'percent' },
  ];
  return { ceilingPercent: 0, kind: 'curfew', rule: id, source, computation };
}

function screenFactsOf({ screen }: BrightnessOptions): ScreenFacts {
  const { squareMetres = null, zone = null, panelNits = null, surroundings, moving } = screen;
  return { squareMetres, zone, panelNits, surroundings, moving };
}

function presetRule(id: RuleId, screen: ScreenFacts, almanac: Almanac): LimitRule {
  const rule = ruleOf(id);
  const curfew = rule.curfew?.(screen) ?? [];
  return {
    id,
    source: rule.source,
    allowance: (moment) => rule.allowance(screen, moment),
    curfew: curfew.length === 0 ? null : new Agenda(curfew, almanac),
  };
}

function ownLimit({ limit }: BrightnessOptions): LimitRule[] {
  if (limit === undefined) return [];
  const { dayNits, nightNits } = limit;
  const allowance = (moment: Moment): Allowance => {
    const nits = moment.isNight ? nightNits : dayNits;
    return nits === undefined ? UNLIMITED : atPeriod(moment, nits);
  };
  return [{ id: 'limit', source: configured(limit.source), allowance, curfew: null }];
}

function ownCurfew({ curfew }: BrightnessOptions, almanac: Almanac): LimitRule[] {
  if (curfew === undefined) return [];
  const agenda = new Agenda(dark(curfew.from, curfew.to), almanac);
  return [{ id: 'curfew', source: configured(curfew.source ?? ''), allowance: () => UNLIMITED, curfew: agenda }];
}

/** A rule that stands in the configuration itself. */
function configured(document: string): RuleSource {
  return { document, section: '', address: '', reading: 'quoted' };
}
