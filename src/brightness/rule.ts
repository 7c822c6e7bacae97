import type { AgendaEntry } from './agenda.js';

/**
 * Zones of environmental light: E1 naturally dark, E2 of low, E3 of medium (towns), E4 of high district brightness (city
 * centres).
 */
export const zones = ['E1', 'E2', 'E3', 'E4'] as const;
export type Zone = (typeof zones)[number];

/** What surrounds the screen: shops; offices and places of public activity; homes. */
export const surroundings = ['commercial', 'public', 'residential'] as const;
export type Surroundings = (typeof surroundings)[number];

/** What rules ask about a screen. */
export type ScreenFacts = {
  readonly squareMetres: number | null;
  readonly zone: Zone | null;
  readonly surroundings: Surroundings;
  /** Whether it shows moving pictures. */
  readonly moving: boolean;
  /** Luminance at full white and full brightness, candela per square metre. */
  readonly panelNits: number | null;
};

/** What rules ask about a moment. `lux`: the light that falls on the place, null where nothing measures it (any more). */
export type Moment = { readonly isNight: boolean; readonly lux: number | null };

/** A step of a computation, for people to follow: the page words the code. */
export type ComputationStep = {
  readonly code: ComputationCode;
  readonly value: number | string | boolean;
  /** `nits` is candela per square metre. */
  readonly unit: 'nits' | 'squareMetres' | 'lux' | 'percent' | 'factor' | null;
  /** Where the figure comes from, when it is not the rule's own document. */
  readonly source?: string;
};

export type ComputationCode =
  | 'period'
  | 'squareMetres'
  | 'zone'
  | 'tableNits'
  | 'surroundings'
  | 'surroundingsFactor'
  | 'movingFactor'
  | 'ambientLux'
  | 'dimmingLevel'
  | 'brightnessLevel'
  | 'illuminanceLux'
  | 'squareMetresPerSquareDistance'
  | 'limitNits'
  | 'panelNits'
  | 'ceilingPercent';

/** What a rule allows at a moment, and how that comes about. */
export type Allowance = {
  /** Candela per square metre at full white; 0: it has to be dark; null: no limit. */
  readonly nits: number | null;
  readonly steps: readonly ComputationStep[];
};

/** Where a rule is written. */
export type RuleSource = {
  readonly document: string;
  readonly section: string;
  /** Where it was read. */
  readonly address: string;
  /** `quoted`: the rule's own text was read; `reported`: press or trade say so. */
  readonly reading: 'quoted' | 'reported';
  /** What the rule leaves open, and how it is taken here. */
  readonly note?: string;
};

/** What a rule cannot do without. */
export type RuleNeed = 'squareMetres' | 'zone' | 'panelNits' | 'position' | 'lux';

/** One law or code about bright screens. */
export type Rule = {
  readonly source: RuleSource;
  readonly needs: readonly RuleNeed[];
  allowance(screen: ScreenFacts, moment: Moment): Allowance;
  /** When the screen must be dark: `true` begins a curfew, `false` ends it. */
  curfew?(screen: ScreenFacts): readonly AgendaEntry<boolean>[];
};

export const UNLIMITED: Allowance = { nits: null, steps: [] };
