import { isInside, overlaps, type Rectangle, type Size } from '../../../core/geometry.js';
import type { Cabinet } from './cabinet.js';
import type { GridOptions, MapOptions } from './options.js';
import { chainLength } from './pixel-map.js';
import { gridCabinetSize, placeCabinets } from './place.js';

/** Something in a map that cannot be meant. */
export type MapProblem = {
  /** Stable: `grid-uneven`, `cabinet-off-area`, `cabinets-overlap`, `chain-overlaps`, `chain-too-long`. */
  readonly code: string;
  /** From the map. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly mend: string;
};

/** No controller comes near; more would be a slip of the pen that costs memory. */
const LONGEST_CHAIN = 4_194_304;

/** Everything in a map that does not fit its area or itself. */
export function mapProblems(map: MapOptions, area: Size): MapProblem[] {
  const uneven = map.grid === undefined ? [] : checkGrid(map.grid, area);
  if (uneven.length > 0) return uneven;
  const cabinets = placeCabinets(map, area);
  const length = chainLength(cabinets);
  const problems = cabinets.flatMap((cabinet, index) => {
    if (map.cabinets === undefined) return checkPlace(cabinet, index, ['grid'], area);
    const path = ['cabinets', index];
    return [...checkPlace(cabinet, index, path, area), ...checkNeighbours(cabinet, index, cabinets)];
  });
  // A grid that is too large leaves the area with many cabinets: one of them is enough to say so.
  if (map.cabinets === undefined) problems.splice(1);
  if (length <= LONGEST_CHAIN) return problems;
  return [
    ...problems,
    {
      code: 'chain-too-long',
      path: [],
      message: `the chain has ${length} pixels, null pixels included; more than ${LONGEST_CHAIN} cannot be meant`,
      mend: 'look at breaks, lineGap and beginsAt, or use several outputs',
    },
  ];
}

function checkGrid(grid: GridOptions, area: Size): MapProblem[] {
  const size = gridCabinetSize(grid, area);
  const check = (key: 'width' | 'height', each: number, whole: number, count: number): MapProblem[] =>
    Number.isInteger(each) && each > 0
      ? []
      : [
          {
            code: 'grid-uneven',
            path: ['grid'],
            message: `${whole} pixels of ${key} cannot be divided evenly among ${count} cabinets`,
            mend: `say ${key}: of one cabinet, or choose another number or area`,
          },
        ];
  return [
    ...check('width', size.widthPx, area.widthPx, grid.columns),
    ...check('height', size.heightPx, area.heightPx, grid.rows),
  ];
}

function checkPlace({ rectangle }: Cabinet, index: number, path: MapProblem['path'], area: Size): MapProblem[] {
  if (isInside(rectangle, area)) return [];
  return [
    {
      code: 'cabinet-off-area',
      path,
      message: `cabinet ${index + 1} (${describe(rectangle)}) leaves the area of ${area.widthPx}×${area.heightPx}`,
      mend: 'keep x + width and y + height within the area; both count from its top left corner',
    },
  ];
}

function checkNeighbours(cabinet: Cabinet, index: number, cabinets: readonly Cabinet[]): MapProblem[] {
  const rival = cabinets.findIndex((other, at) => at < index && overlaps(other.rectangle, cabinet.rectangle));
  const before = cabinets[index - 1];
  const problems: MapProblem[] = [];
  if (rival >= 0) {
    problems.push({
      code: 'cabinets-overlap',
      path: ['cabinets', index],
      message: `cabinet ${index + 1} (${describe(cabinet.rectangle)}) lies over cabinet ${rival + 1}: pixels would be shown twice`,
      mend: 'move one of them; the same picture a second time is another output',
    });
  }
  if (before !== undefined && cabinet.from < before.to) {
    problems.push({
      code: 'chain-overlaps',
      path: ['cabinets', index, 'beginsAt'],
      message: `pixel ${cabinet.from} of the chain belongs to cabinet ${index} already, which ends at ${before.to - 1}`,
      mend: `set beginsAt to at least ${before.to}`,
    });
  }
  return problems;
}

function describe({ x, y, widthPx, heightPx }: Rectangle): string {
  return `${widthPx}×${heightPx} at ${x},${y}`;
}
