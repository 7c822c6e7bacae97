import type { EditableRule } from '../commands/programme-making.js';
import { isWhenFinished, whenFieldsOf } from './when.js';

/** The rules while they are made. `key` tells rules apart, which may be the same. */
export type DrawnRules = {
  readonly rules: readonly (EditableRule & { readonly key: number })[];
  readonly otherwise: string;
};

export const MOST_RULES = 64;

export type RuleField = 'when' | 'show' | 'to' | 'name' | 'days' | 'from';

/** What is wrong with a rule before it is sent. */
export type RuleProblem = {
  readonly rule: number;
  readonly field: RuleField;
  readonly code: 'when-unfinished' | 'unknown-layout' | 'dates-reversed' | 'no-opening-hours';
};

export function drawnRules(rules: readonly EditableRule[], otherwise: string): DrawnRules {
  return { rules: rules.map((rule, key) => ({ ...rule, key })), otherwise };
}

/** What is sent. */
export function givenRules({ rules, otherwise }: DrawnRules): { rules: EditableRule[]; otherwise: string } {
  return {
    rules: rules.map(({ name, when, days, from, to, show }) => {
      const trimmed = name?.trim() ?? '';
      return { name: trimmed === '' ? null : trimmed, when: when.trim(), days: [...days], from, to, show };
    }),
    otherwise,
  };
}

export function isSameRules(a: DrawnRules, b: DrawnRules): boolean {
  return JSON.stringify(givenRules(a)) === JSON.stringify(givenRules(b));
}

export function withRule(drawn: DrawnRules, rule: Pick<EditableRule, 'when' | 'show'>): DrawnRules {
  if (drawn.rules.length >= MOST_RULES) return drawn;
  const key = Math.max(-1, ...drawn.rules.map((other) => other.key)) + 1;
  return { ...drawn, rules: [...drawn.rules, { key, name: null, days: [], from: null, to: null, ...rule }] };
}

/** @param shown ids of the layouts and tours that there are @param hasHours whether the schedule says when the hall is open */
export function ruleProblems(
  { rules }: DrawnRules,
  shown: ReadonlySet<string>,
  hasHours: boolean,
): readonly RuleProblem[] {
  return rules.flatMap(({ when, show, from, to }, rule): RuleProblem[] => {
    const fields = whenFieldsOf(when);
    const needsHours = ['open', 'lunch', 'before-opening', 'after-closing'].includes(fields.kind);
    return [
      ...(isWhenFinished(fields) ? [] : [{ rule, field: 'when', code: 'when-unfinished' } as const]),
      ...(needsHours && !hasHours ? [{ rule, field: 'when', code: 'no-opening-hours' } as const] : []),
      ...(shown.has(show) ? [] : [{ rule, field: 'show', code: 'unknown-layout' } as const]),
      ...(from !== null && to !== null && to < from ? [{ rule, field: 'to', code: 'dates-reversed' } as const] : []),
    ];
  });
}

const FIELDS: readonly string[] = ['when', 'show', 'to', 'name', 'days', 'from'] satisfies RuleField[];

/** Which rule and field a path of the configuration means, such as `schedule.rules[2].when`; null for another place. */
export function ruleFieldAt(path: string): { readonly rule: number; readonly field: RuleField } | null {
  const [, index, key = ''] = /^schedule\.rules\[(\d+)\](?:\.(\w+))?/.exec(path) ?? [];
  if (index === undefined) return null;
  return { rule: Number(index), field: FIELDS.includes(key) ? (key as RuleField) : 'when' };
}
