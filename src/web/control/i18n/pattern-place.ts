import type { PatternTarget } from '../state/patterns.js';
import { wordsFor } from './languages.js';
import type { Texts } from './languages.js';

/** Where a test picture is, in words. */
export function placeWords({ patterns: words }: Texts, target: PatternTarget): string {
  switch (target.kind) {
    case 'wall':
      return words.targets.wall;
    case 'output':
      return `${words.output} ${target.output}`;
    case 'cabinet':
      return words.cabinetOf(target.output, target.cabinet);
  }
}

/** The name of a test picture; its code where there are no words for it. */
export function patternWords({ patterns: words }: Texts, pattern: string): string {
  return wordsFor(words.names, pattern) ?? pattern;
}
