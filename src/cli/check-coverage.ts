import type { Configuration } from '../config/schema.js';
import { coverageOf } from '../output/coverage.js';
import type { Verdict } from './verdict.js';

/** More regions than these are a pattern, and nobody reads them. */
const MOST_REGIONS = 12;

/** Whether every pixel of the wall is shown by an output, and which are shown by several. Neither is wrong: both may be meant. */
export function checkCoverage({ wall, outputs }: Configuration): Verdict[] {
  const { uncovered, shared } = coverageOf(outputs, { widthPx: wall.width, heightPx: wall.height });
  const note = (message: string, mend: string | null): Verdict => ({
    device: 'wall',
    id: 'coverage',
    state: 'note',
    message,
    mend,
  });
  const regions = uncovered.slice(0, MOST_REGIONS).map(({ x, y, widthPx, heightPx }) => {
    return note(`no output shows ${widthPx}×${heightPx} at ${x},${y}`, 'look at area and map, unless it is meant');
  });
  const rest = uncovered.length - regions.length;
  return [
    ...regions,
    ...(rest > 0 ? [note(`and ${rest} more regions that no output shows`, null)] : []),
    ...shared.map(([one, other]) => note(`${one} and ${other} show the same pixels`, null)),
  ];
}
