import type { TickerValue } from './strip-token.js';

/** Stands where a count is missing, too old or impossible: never a number. */
export const NO_VALUE = '—';

const LARGEST = 1e12;
const LONGEST_TEXT_CHARACTERS = 24;
/** Controls, line and paragraph separators, and marks that turn the reading direction. */
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, useGrouping: 'always' });
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A count as people read it: numbers grouped in thousands, at most one decimal; texts on one line, at most 24 characters.
 * What is no count (null, missing, not finite, negative, from 10¹² up) is `NO_VALUE`.
 */
export function formatCount(value: TickerValue | null | undefined): string {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 && value < LARGEST ? numbers.format(Math.abs(value)) : NO_VALUE;
  }
  if (typeof value !== 'string') return NO_VALUE;
  const line = value.replace(UNSHOWABLE, ' ').trim();
  if (line === '') return NO_VALUE;
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  return characters.length <= LONGEST_TEXT_CHARACTERS
    ? line
    : `${characters.slice(0, LONGEST_TEXT_CHARACTERS - 1).join('')}…`;
}
