import { type JsonValue, query } from 'jsonpath-rfc9535';
import type { CountValue } from '../../count.js';
import { toCountValue } from '../../count-value.js';

/** The counts of one answer; see `SourceOutcome`. */
export type Extraction = {
  readonly values: Readonly<Record<string, CountValue | null>>;
  readonly reason: 'field-missing' | 'bad-value' | null;
};

/**
 * Takes the fields out of an answer, each by its JSONPath (RFC 9535); of several nodes that a path finds, the first.
 * @param paths field → path
 */
export function extractCounts(answer: JsonValue, paths: Readonly<Record<string, string>>): Extraction {
  const values: Record<string, CountValue | null> = {};
  let reason: Extraction['reason'] = null;
  for (const [field, path] of Object.entries(paths)) {
    const node = query(answer, path)[0];
    const value = toCountValue(node);
    values[field] = value;
    if (value !== null) continue;
    if (node === undefined || node === null) reason ??= 'field-missing';
    else reason = 'bad-value';
  }
  return { values, reason };
}
