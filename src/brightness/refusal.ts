import { GlasshallError, type ErrorParameters } from '../core/errors.js';
import type { Ceiling } from './ceiling.js';
import type { ComputationStep } from './rule.js';

/**
 * Why a wish is not granted: `above-ceiling`, with the computation as parameters, each step under its code, and
 * `wantedPercent`, `rule` and `document` (with its section) beside them.
 */
export function aboveCeiling(wantedPercent: number, ceiling: Ceiling): GlasshallError {
  const { ceilingPercent, rule, source, computation } = ceiling;
  const document = source === null ? '' : [source.document, source.section].filter((part) => part !== '').join(', ');
  const parameters: ErrorParameters = {
    ...Object.fromEntries(computation.map(({ code, value }) => [code, value])),
    ceilingPercent,
    wantedPercent,
    rule,
    document,
  };
  const words = computation.map(inWords).join(', ');
  return new GlasshallError(
    'above-ceiling',
    `${wantedPercent} % is more than the ${ceilingPercent} % that ${document} allows now (${words})`,
    parameters,
  );
}

function inWords({ code, value, unit }: ComputationStep): string {
  return `${code} ${String(value)}${unit === null || unit === 'factor' ? '' : ` ${unit}`}`;
}
