import { brightnessProblems } from '../brightness/checks.js';
import { nearestWord } from '../layout/nearest-word.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

/** Rules and times that lack what they need, and outputs that are not there. */
export function brightnessFindings({ brightness, outputIds }: ValidParts): Finding[] {
  if (brightness === null) return [];
  return [
    ...brightnessProblems(brightness).map((problem) => ({ ...problem, path: ['brightness', ...problem.path] })),
    ...brightness.dimmedByController.flatMap((id, index) => unknownOutput(id, index, outputIds)),
  ];
}

function unknownOutput(id: string, index: number, outputIds: ReadonlySet<string>): Finding[] {
  if (outputIds.has(id)) return [];
  const nearest = nearestWord(id, outputIds);
  return [
    {
      code: 'unknown-output',
      path: ['brightness', 'dimmedByController', index],
      message: `no output is called "${id}"`,
      mend: nearest === null ? `name one of ${[...outputIds].join(', ')}` : `did you mean "${nearest}"?`,
    },
  ];
}
