import { isInside, overlaps, type Rectangle, type Size } from '../core/geometry.js';
import type { Cell, Layout } from './layout.js';
import { nearestWord } from './nearest-word.js';
import type { LayoutProblem } from './problem.js';
import type { CellOrigin } from './resolve.js';
import { ownKindOf, ownSources, sourceKinds, type SourceKind } from './sources.js';

/** What a layout is checked against: the wall, and the kinds of the configured sources by their ids. */
export type LayoutSurroundings = { readonly wall: Size; readonly sources: ReadonlyMap<string, SourceKind> };

/** Everything in a resolved layout that cannot be meant: cells off the wall, too small, over one another without an order, of unknown sources. */
export function checkLayout(
  layout: Layout,
  origins: ReadonlyMap<string, CellOrigin>,
  surroundings: LayoutSurroundings,
): LayoutProblem[] {
  const originOf = (cell: Cell): CellOrigin => origins.get(cell.id) ?? { path: [] };
  const inWrittenOrder = [...origins.keys()].flatMap((id) => layout.cells.filter((cell) => cell.id === id));
  return inWrittenOrder.flatMap((cell, index) => [
    ...checkSource(cell, originOf(cell), surroundings.sources),
    ...checkPlace(cell, originOf(cell), surroundings),
    ...checkOrder(cell, originOf(cell), inWrittenOrder.slice(0, index)),
  ]);
}

function checkSource(cell: Cell, origin: CellOrigin, sources: LayoutSurroundings['sources']): LayoutProblem[] {
  if (ownKindOf(cell.source) !== null || sources.has(cell.source)) return [];
  const known = [...sources.keys(), ...ownSources.map(({ id }) => id)];
  const nearest = nearestWord(cell.source, known);
  return [
    {
      code: 'unknown-source',
      ...origin,
      path: origin.drawing === undefined ? [...origin.path, 'source'] : origin.path,
      message: `there is no camera, board or image "${cell.source}"`,
      mend:
        nearest === null
          ? `add it under cameras, boards or images, or use one of ${list(known)}`
          : `did you mean "${nearest}"? Otherwise add it under cameras, boards or images`,
    },
  ];
}

function checkPlace(cell: Cell, origin: CellOrigin, { wall, sources }: LayoutSurroundings): LayoutProblem[] {
  const { rectangle } = cell;
  if (rectangle.widthPx < 1 || rectangle.heightPx < 1) {
    return [
      {
        code: 'cell-empty',
        ...origin,
        message: `cell of "${cell.source}" is ${describe(rectangle)}: it has no area`,
        mend: 'give it a positive width and height',
      },
    ];
  }
  if (!isInside(rectangle, wall)) {
    return [
      {
        code: 'cell-off-wall',
        ...origin,
        message: `cell of "${cell.source}" (${describe(rectangle)}) leaves the wall of ${wall.widthPx}×${wall.heightPx}`,
        mend: mendPlace(rectangle, wall),
      },
    ];
  }
  const { smallest } = sourceKinds[ownKindOf(cell.source) ?? sources.get(cell.source) ?? 'camera'];
  if (rectangle.widthPx >= smallest.widthPx && rectangle.heightPx >= smallest.heightPx) return [];
  return [
    {
      code: 'cell-too-small',
      ...origin,
      message: `cell of "${cell.source}" is ${rectangle.widthPx}×${rectangle.heightPx} px, too small to be read`,
      mend: `make it at least ${smallest.widthPx}×${smallest.heightPx} px`,
    },
  ];
}

function checkOrder(cell: Cell, origin: CellOrigin, earlier: readonly Cell[]): LayoutProblem[] {
  const rival = earlier.find((other) => other.z === cell.z && overlaps(other.rectangle, cell.rectangle));
  if (rival === undefined) return [];
  return [
    {
      code: 'cells-overlap',
      ...origin,
      message: `cell of "${cell.source}" (${describe(cell.rectangle)}) lies over that of "${rival.source}" (${describe(rival.rectangle)}) at the same z`,
      mend: `give the one that shall be on top a higher z, such as z: ${cell.z + 1}, or move it`,
    },
  ];
}

function mendPlace(rectangle: Rectangle, wall: Size): string {
  const steps: string[] = [];
  const direction = (name: string, start: number, size: number, limit: number, sizeName: string): void => {
    if (start < 0) steps.push(`${name} must be 0 or more`);
    else if (start >= limit) steps.push(`${name} must be less than ${limit}`);
    else if (start + size > limit) steps.push(`${sizeName} may be ${limit - start} px at most there`);
  };
  direction('x', rectangle.x, rectangle.widthPx, wall.widthPx, 'width');
  direction('y', rectangle.y, rectangle.heightPx, wall.heightPx, 'height');
  return steps.join('; ');
}

function describe(rectangle: Rectangle): string {
  return `${rectangle.widthPx}×${rectangle.heightPx} at ${rectangle.x},${rectangle.y}`;
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 8).map((word) => `"${word}"`);
  return shown.join(', ') + (words.length > shown.length ? ` and ${words.length - shown.length} more` : '');
}
