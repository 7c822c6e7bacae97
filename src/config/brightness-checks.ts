import { brightnessProblems } from '../brightness/checks.js';
import { nearestWord } from '../layout/nearest-word.js';
import { isUnbroken, type OutputOptions } from '../output/options.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

/** Rules and times that lack what they need, and outputs that are not there. */
export function brightnessFindings({ brightness, outputIds, outputs, controllers }: ValidParts): Finding[] {
  if (brightness === null) return [];
  return [
    ...brightnessProblems(brightness).map((problem) => ({ ...problem, path: ['brightness', ...problem.path] })),
    ...brightness.dimmedByController.flatMap((id, index) => {
      const isControlled = controllers.some((controller) => controller === null || controller.outputs.includes(id));
      return outputIds.has(id)
        ? noController(id, index, isControlled)
        : unknownOutput(id, ['brightness', 'dimmedByController', index], outputIds);
    }),
    ...brightness.silentWhenDark.flatMap((id, index) => {
      const path = ['brightness', 'silentWhenDark', index];
      const output = outputs.find((each) => each?.id === id);
      return outputIds.has(id) ? cannotRest(output, path) : unknownOutput(id, path, outputIds);
    }),
  ];
}

function noController(id: string, index: number, isControlled: boolean): Finding[] {
  if (isControlled) return [];
  return [
    {
      code: 'output-without-controller',
      path: ['brightness', 'dimmedByController', index],
      message: `output "${id}" ends in none of the controllers: nobody would dim it`,
      mend: `name it in a controller under controllers: { …, outputs: [${id}] }, or let its pixels be dimmed`,
    },
  ];
}

function cannotRest(output: OutputOptions | null | undefined, path: Finding['path']): Finding[] {
  if (output === null || output === undefined || !isUnbroken(output.type)) return [];
  return [
    {
      code: 'output-cannot-rest',
      path,
      message: `output "${output.id}" (${output.type}) is watched or kept without a gap and cannot rest`,
      mend: 'take it out of the list: it stays black while the screen is dark',
    },
  ];
}

function unknownOutput(id: string, path: Finding['path'], outputIds: ReadonlySet<string>): Finding[] {
  const nearest = nearestWord(id, outputIds);
  return [
    {
      code: 'unknown-output',
      path,
      message: `no output is called "${id}"`,
      mend: nearest === null ? `name one of ${[...outputIds].join(', ')}` : `did you mean "${nearest}"?`,
    },
  ];
}
