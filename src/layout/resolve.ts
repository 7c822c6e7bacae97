import type { Rectangle, Size } from '../core/geometry.js';
import { layAreas } from './areas.js';
import type { Cell, Layout } from './layout.js';
import type { LayoutOptions } from './options.js';
import type { LayoutProblem } from './problem.js';

/** Where a cell was written, for messages: its path in the layout's options, and its place in the drawing. */
export type CellOrigin = Pick<LayoutProblem, 'path' | 'drawing'>;

/** A layout in wall pixels, or what keeps it from being one. `origins` has one entry for each cell id. */
export type LayoutResolution =
  | { readonly layout: Layout; readonly origins: ReadonlyMap<string, CellOrigin>; readonly problems: readonly [] }
  | { readonly layout: null; readonly problems: readonly LayoutProblem[] };

type WrittenCell = NonNullable<LayoutOptions['cells']>[number];
type Placed = { readonly cell: Cell; readonly origin: CellOrigin };

/**
 * Computes a layout for a wall. Cells come back sorted by `z`, lowest first, those of equal `z` as they were written.
 * Only the geometry is settled here; whether the result makes sense is `checkLayout`'s question.
 */
export function resolveLayout(options: LayoutOptions, wall: Size): LayoutResolution {
  if (options.cells !== undefined) {
    const problems = [...checkTracksBesideCells(options), ...checkCellIds(options.cells)];
    if (problems.length > 0) return { layout: null, problems };
    return finish(
      options,
      options.cells.map((cell, index) => ({ cell: placeCell(cell, index, wall), origin: { path: ['cells', index] } })),
    );
  }
  const drawing = { areas: options.areas ?? '', columns: options.columns, rows: options.rows, gapPx: options.gap };
  const { areas, problems } = layAreas(drawing, wall);
  if (problems.length > 0) return { layout: null, problems };
  return finish(
    options,
    areas.map((area) => ({
      cell: { id: area.name, source: area.name, rectangle: area.rectangle, z: 0, fit: 'cover' },
      origin: { path: ['areas'], drawing: area.drawing },
    })),
  );
}

function finish(options: LayoutOptions, placed: readonly Placed[]): LayoutResolution {
  const cells = placed.map(({ cell }) => cell).sort((a, b) => a.z - b.z);
  return {
    layout: { id: options.id, name: options.name, cells },
    origins: new Map(placed.map(({ cell, origin }) => [cell.id, origin])),
    problems: [],
  };
}

function placeCell(cell: WrittenCell, index: number, wall: Size): Cell {
  return {
    id: cellIdOf(cell, index),
    source: cell.source,
    rectangle: placeRectangle(cell, wall),
    z: cell.z ?? 0,
    fit: cell.fit,
  };
}

function cellIdOf(cell: WrittenCell, index: number): string {
  return cell.id ?? defaultCellId(index);
}

/** What a cell is called that has no name of its own. @param index its place in the written list, from 0 */
export function defaultCellId(index: number): string {
  return `cell-${index + 1}`;
}

/** Whoever names a cell must not take the name of another, nor that of one without a name. */
function checkCellIds(cells: readonly WrittenCell[]): LayoutProblem[] {
  const ids = cells.map(cellIdOf);
  return cells.flatMap((cell, index) => {
    const first = ids.indexOf(cellIdOf(cell, index));
    if (first === index) return [];
    const blamed = cell.id === undefined ? first : index;
    return [
      {
        code: 'duplicate-cell-id',
        path: ['cells', blamed, 'id'],
        message: `"${ids[index] ?? ''}" is the id of two cells`,
        mend: 'give each cell of a layout an id of its own; those without are cell-1, cell-2 … as they are written',
      },
    ];
  });
}

/** Edges are rounded, and not widths: cells that meet in per cent meet in pixels, too. */
function placeRectangle(cell: WrittenCell, wall: Size): Rectangle {
  const [x, right] = edges(cell.x, cell.width, wall.widthPx);
  const [y, bottom] = edges(cell.y, cell.height, wall.heightPx);
  return { x, y, widthPx: right - x, heightPx: bottom - y };
}

function edges(start: number | string, size: number | string, wallPx: number): [number, number] {
  const startPx = pixels(start, wallPx);
  return [round(startPx), round(startPx + pixels(size, wallPx))];
}

function pixels(length: number | string, wallPx: number): number {
  return typeof length === 'number' ? length : (Number.parseFloat(length) * wallPx) / 100;
}

/** To the nearest pixel; what differs by floating point alone falls to the same side. */
function round(value: number): number {
  return Math.floor(Math.round(value * 1e6) / 1e6 + 0.5);
}

function checkTracksBesideCells(options: LayoutOptions): LayoutProblem[] {
  return (['columns', 'rows'] as const)
    .filter((key) => options[key] !== undefined)
    .map((key) => ({
      code: 'tracks-without-areas',
      path: [key],
      message: `${key} belong to a drawing, and this layout has cells`,
      mend: `remove ${key}, or draw the layout as areas`,
    }));
}
