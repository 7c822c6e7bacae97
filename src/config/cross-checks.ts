import { automationProblems } from '../automation/checks.js';
import { brightnessFindings } from './brightness-checks.js';
import type { CountOptions } from '../counts/options.js';
import { checkLayout } from '../layout/checks.js';
import type { Layout } from '../layout/layout.js';
import { resolveLayout } from '../layout/resolve.js';
import { controllerFindings } from './controller-checks.js';
import { outputFindings } from './output-checks.js';
import type { Finding } from './problems.js';
import { sourceFindings } from './source-checks.js';
import { tickerFindings } from './ticker-checks.js';
import { uniqueness } from './uniqueness.js';
import type { ValidParts } from './valid-parts.js';

/** The layouts in wall pixels (those that are sound) and everything that no part of the configuration can know by itself. */
export type CrossCheck = { readonly layouts: readonly Layout[]; readonly findings: readonly Finding[] };

/** Checks the parts of a configuration against each other. */
export function crossCheck(parts: ValidParts): CrossCheck {
  const { layouts, findings } = checkLayouts(parts);
  return {
    layouts,
    findings: [
      ...uniqueness('layouts', 'id', parts.layouts),
      ...uniqueness('layouts', 'name', parts.layouts),
      ...uniqueness('tours', 'id', parts.tours),
      ...uniqueness('tours', 'name', parts.tours),
      ...uniqueness('counts', 'id', parts.counts),
      ...uniqueness('outputs', 'id', parts.outputs),
      ...uniqueness('controllers', 'id', parts.controllers),
      ...sourceFindings(parts),
      ...findings,
      ...parts.counts.flatMap((count, index) => (count === null ? [] : countFindings(count, index))),
      ...automationProblems(parts),
      ...tickerFindings(parts),
      ...outputFindings(parts),
      ...brightnessFindings(parts),
      ...controllerFindings(parts),
      ...operatorFindings(parts),
    ],
  };
}

function checkLayouts(parts: ValidParts): { layouts: Layout[]; findings: Finding[] } {
  const layouts: Layout[] = [];
  const findings: Finding[] = [];
  const { wall } = parts;
  parts.layouts.forEach((options, index) => {
    if (options === null || wall === null) return;
    const resolution = resolveLayout(options, wall);
    const problems =
      resolution.layout === null
        ? resolution.problems
        : checkLayout(resolution.layout, resolution.origins, { wall, sources: parts.sources });
    if (resolution.layout !== null && problems.length === 0) layouts.push(resolution.layout);
    findings.push(...problems.map((problem) => ({ ...problem, path: ['layouts', index, ...problem.path] })));
  });
  return { layouts, findings };
}

function countFindings(count: CountOptions, index: number): Finding[] {
  if (count.type !== 'http') return [];
  const findings: Finding[] = [];
  const { username, password } = new URL(count.url);
  if (username !== '' || password !== '') {
    findings.push({
      code: 'credentials-in-address',
      path: ['counts', index, 'url'],
      message: 'the address carries a user name or password',
      mend: 'send them as a header: headers: { Authorization: "Basic ${NAME}" }',
    });
  }
  if (count.every < 200) {
    findings.push({
      code: 'too-small',
      path: ['counts', index, 'every'],
      message: 'asking more than five times a second harms the queue system',
      mend: 'use at least "200ms"; "2s" is usual',
    });
  }
  if (count.staleAfter <= count.every) {
    findings.push({
      code: 'stale-before-asked',
      path: ['counts', index, 'staleAfter'],
      message: 'every count would be stale before the next is asked for',
      mend: `use more than ${count.every / 1_000} s (every), better several times as much`,
    });
  }
  return findings;
}

function operatorFindings(parts: ValidParts): Finding[] {
  const operators = parts.control?.operators ?? [];
  const tokens = new Map<string, number>();
  return [
    ...operators.flatMap((operator, index): Finding[] => {
      const first = tokens.get(operator.token);
      tokens.set(operator.token, first ?? index);
      if (first === undefined) return [];
      return [
        {
          code: 'duplicate-token',
          path: ['control', 'operators', index, 'token'],
          message: `the same token as that of operators[${first}]: nobody could tell the two apart`,
          mend: 'give each person a token of their own',
        },
      ];
    }),
    ...uniqueness('operators', 'name', operators).map((finding) => ({
      ...finding,
      path: ['control', ...finding.path],
    })),
  ];
}
