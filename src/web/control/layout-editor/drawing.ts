/**
 * The layout-editor folder is the editor without a page: pure functions from one drawing to the next. `placing.ts` moves and
 * resizes, `snapping.ts` finds what lines up, `operations.ts` splits, merges and orders, `templates.ts` begins, `history.ts`
 * takes back, `problems.ts` says what cannot be saved. Whatever they do, every cell lies inside of the wall and has an area.
 */
import { overlaps } from '../../../core/geometry.js';
import type { Fit, Rectangle, Size } from '../../../core/geometry.js';

/** A cell in wall pixels. */
export type DrawnCell = {
  readonly id: string;
  readonly source: string;
  readonly rectangle: Rectangle;
  readonly z: number;
  readonly fit: Fit;
};

/** A layout that is being drawn. Cells stand in the order in which they lie over one another, the lowest first. */
export type Drawing = {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly DrawnCell[];
  /** The highest number that a cell was named by: no name comes twice, because what is hidden is known by its name. */
  readonly lastNumber: number;
};

/** A layout as it travels. */
export type GivenLayout = { readonly id: string; readonly name: string; readonly cells: readonly DrawnCell[] };

const HIGHEST_Z = 100;

/** Begins to draw with what a layout has. Cells may be given in any order. */
export function drawingOf({ id, name, cells }: GivenLayout): Drawing {
  const numbers = cells.map((cell) => Number(/^cell-(\d{1,9})$/.exec(cell.id)?.[1] ?? 0));
  return { id, name, cells: [...cells].sort((a, b) => a.z - b.z), lastNumber: Math.max(cells.length, ...numbers) };
}

/** What is to be saved of a drawing. */
export function layoutFrom({ id, name, cells }: Drawing): { id: string; name: string; cells: DrawnCell[] } {
  return { id, name, cells: cells.map((cell) => ({ ...cell, rectangle: { ...cell.rectangle } })) };
}

/** Whether two drawings would be saved as the same. */
export function isSame(a: GivenLayout, b: GivenLayout): boolean {
  const words = ({ id, name, cells }: GivenLayout): string =>
    JSON.stringify([
      id,
      name.trim(),
      [...cells]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ id: cell, source, rectangle: { x, y, widthPx, heightPx }, z, fit }) => [
          cell,
          source,
          x,
          y,
          widthPx,
          heightPx,
          z,
          fit,
        ]),
    ]);
  return words(a) === words(b);
}

/** The cell of this name, null where there is none. */
export function cellIn(drawing: Drawing, id: string): DrawnCell | null {
  return drawing.cells.find((cell) => cell.id === id) ?? null;
}

/** The drawing with one cell changed. */
export function withCell(drawing: Drawing, id: string, changes: Partial<Omit<DrawnCell, 'id'>>): Drawing {
  return withCells(
    drawing,
    drawing.cells.map((cell) => (cell.id === id ? { ...cell, ...changes } : cell)),
  );
}

/**
 * The drawing with these cells, whose `z` follow from their order: a cell keeps its own unless something that it lies over has
 * the same or a higher one.
 */
export function withCells(drawing: Drawing, cells: readonly DrawnCell[]): Drawing {
  const raised = raise(cells);
  const isTooHigh = raised.some(({ z }) => z > HIGHEST_Z);
  return { ...drawing, cells: isTooHigh ? raise(cells.map((cell) => ({ ...cell, z: 0 }))) : raised };
}

function raise(cells: readonly DrawnCell[]): readonly DrawnCell[] {
  const placed: DrawnCell[] = [];
  for (const cell of cells) {
    const below = placed.filter((other) => overlaps(other.rectangle, cell.rectangle)).map(({ z }) => z + 1);
    const z = Math.max(cell.z, ...below);
    placed.push(z === cell.z ? cell : { ...cell, z });
  }
  return placed;
}

/** The smallest rectangle around others. */
export function boundsOf(rectangles: readonly Rectangle[]): Rectangle {
  const x = Math.min(...rectangles.map((each) => each.x));
  const y = Math.min(...rectangles.map((each) => each.y));
  const right = Math.max(...rectangles.map((each) => each.x + each.widthPx));
  const bottom = Math.max(...rectangles.map((each) => each.y + each.heightPx));
  return { x, y, widthPx: right - x, heightPx: bottom - y };
}

/** The least that a cell of any kind measures while it is drawn; a small wall has smaller ones. */
export function leastSize(wall: Size): Size {
  return { widthPx: Math.min(16, wall.widthPx), heightPx: Math.min(16, wall.heightPx) };
}
