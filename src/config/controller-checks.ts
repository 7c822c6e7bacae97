import { controllerAddress } from '../controller/options.js';
import { nearestWord } from '../layout/nearest-word.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

/** Controllers of outputs that are not there, and two talks with the same controller. */
export function controllerFindings(parts: ValidParts): Finding[] {
  return [...unknownOutputs(parts), ...sharedAddresses(parts)];
}

function unknownOutputs({ controllers, outputIds }: ValidParts): Finding[] {
  return controllers.flatMap((controller, index) =>
    (controller?.outputs ?? []).flatMap((output, place): Finding[] => {
      if (outputIds.has(output)) return [];
      const nearest = nearestWord(output, outputIds);
      return [
        {
          code: 'unknown-output',
          path: ['controllers', index, 'outputs', place],
          message: `there is no output "${output}"`,
          mend:
            nearest === null ? `use an id from outputs: ${[...outputIds].join(', ')}` : `did you mean "${nearest}"?`,
        },
      ];
    }),
  );
}

function sharedAddresses({ controllers }: ValidParts): Finding[] {
  const seen = new Map<string, number>();
  return controllers.flatMap((controller, index): Finding[] => {
    if (controller === null) return [];
    const address = controllerAddress(controller);
    const first = seen.get(address);
    seen.set(address, first ?? index);
    if (first === undefined) return [];
    return [
      {
        code: 'duplicate-controller',
        path: ['controllers', index, 'host'],
        message: `${address} is controllers[${first}] already, and takes one connection at a time`,
        mend: 'name all its outputs in one entry',
      },
    ];
  });
}
