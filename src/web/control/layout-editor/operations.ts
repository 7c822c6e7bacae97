import type { Rectangle, Size } from '../../../core/geometry.js';
import { layTracks } from '../../../layout/tracks.js';
import { boundsOf, cellIn, leastSize, withCells } from './drawing.js';
import type { Drawing, DrawnCell } from './drawing.js';
import { kept, moved } from './placing.js';
import { GAP_PX } from './snapping.js';

/** A drawing after an operation, and the cells that it made or left to go on with. */
export type Outcome = { readonly drawing: Drawing; readonly selection: readonly string[] };

/** The most cells of a layout, as the configuration has it. */
export const MOST_CELLS = 256;
/** How far a copy lies from what it is a copy of. */
const COPY_OFFSET_PX = 24;

/** One more cell, over everything else that is there. Nothing happens to a drawing that is full. */
export function addCell(drawing: Drawing, source: string, rectangle: Rectangle, wall: Size): Outcome {
  if (drawing.cells.length >= MOST_CELLS) return { drawing, selection: [] };
  const { named, drawing: counted } = naming(drawing, 1);
  const cell: DrawnCell = { id: named[0] ?? '', source, rectangle: kept(rectangle, wall), z: 0, fit: 'cover' };
  return { drawing: withCells(counted, [...counted.cells, cell]), selection: [cell.id] };
}

/** The cells without those of these names. */
export function removeCells(drawing: Drawing, ids: readonly string[]): Outcome {
  return {
    drawing: withCells(
      drawing,
      drawing.cells.filter(({ id }) => !ids.includes(id)),
    ),
    selection: [],
  };
}

/** Copies, a little beside what they were copied from. */
export function duplicateCells(drawing: Drawing, ids: readonly string[], wall: Size): Outcome {
  const originals = drawing.cells.filter(({ id }) => ids.includes(id));
  if (originals.length === 0 || drawing.cells.length + originals.length > MOST_CELLS)
    return { drawing, selection: ids };
  const { named, drawing: counted } = naming(drawing, originals.length);
  const copies = originals.map((cell, index): DrawnCell => {
    const { rectangle } = cell;
    const right = moved(rectangle, COPY_OFFSET_PX, COPY_OFFSET_PX, wall);
    // In the corner of the wall there is room on the other side only.
    const place =
      right.x === rectangle.x && right.y === rectangle.y
        ? moved(rectangle, -COPY_OFFSET_PX, -COPY_OFFSET_PX, wall)
        : right;
    return { ...cell, id: named[index] ?? '', rectangle: place };
  });
  return { drawing: withCells(counted, [...counted.cells, ...copies]), selection: copies.map(({ id }) => id) };
}

/**
 * A cell in equal parts with a gap between them; the first part keeps its name. Nothing happens where the parts would be too small.
 * @param sources for the parts after the first; what it shows itself where there are too few
 */
export function splitCell(
  drawing: Drawing,
  id: string,
  columns: number,
  rows: number,
  wall: Size,
  sources: readonly string[],
): Outcome {
  const cell = cellIn(drawing, id);
  const parts = columns * rows;
  const unchanged = { drawing, selection: [id] };
  if (cell === null || parts < 2 || drawing.cells.length + parts - 1 > MOST_CELLS) return unchanged;
  const { x, y, widthPx, heightPx } = cell.rectangle;
  const across = layTracks(
    Array.from({ length: columns }, () => '1fr'),
    widthPx,
    GAP_PX,
  );
  const down = layTracks(
    Array.from({ length: rows }, () => '1fr'),
    heightPx,
    GAP_PX,
  );
  if (!Array.isArray(across) || !Array.isArray(down)) return unchanged;
  const places = down.flatMap((row) =>
    across.map((column) => ({
      x: x + column.startPx,
      y: y + row.startPx,
      widthPx: column.endPx - column.startPx,
      heightPx: row.endPx - row.startPx,
    })),
  );
  const least = leastSize(wall);
  if (places.some((place) => place.widthPx < least.widthPx || place.heightPx < least.heightPx)) return unchanged;
  const { named, drawing: counted } = naming(drawing, parts - 1);
  const pieces = places.map((rectangle, index): DrawnCell =>
    index === 0
      ? { ...cell, rectangle }
      : { ...cell, id: named[index - 1] ?? '', source: sources[index - 1] ?? cell.source, rectangle },
  );
  const cells = counted.cells.flatMap((other) => (other.id === id ? pieces : [other]));
  return { drawing: withCells(counted, cells), selection: pieces.map((piece) => piece.id) };
}

/** Several cells become one that covers all of them and is the first that was chosen. */
export function mergeCells(drawing: Drawing, ids: readonly string[]): Outcome {
  const [first] = ids;
  const chosen = drawing.cells.filter(({ id }) => ids.includes(id));
  const cell = first === undefined ? null : cellIn(drawing, first);
  if (cell === null || chosen.length < 2) return { drawing, selection: ids };
  const whole = { ...cell, rectangle: boundsOf(chosen.map(({ rectangle }) => rectangle)) };
  const cells = drawing.cells.flatMap((other) =>
    other.id === cell.id ? [whole] : ids.includes(other.id) ? [] : [other],
  );
  return { drawing: withCells(drawing, cells), selection: [cell.id] };
}

/** One step over or under its neighbour in the order, or all the way. */
export type Step = 'front' | 'forward' | 'backward' | 'back';

/** A cell at another height. */
export function reorderCell(drawing: Drawing, id: string, step: Step): Outcome {
  const at = drawing.cells.findIndex((cell) => cell.id === id);
  const cell = drawing.cells[at];
  if (cell === undefined) return { drawing, selection: [id] };
  const others = drawing.cells.filter((other) => other !== cell);
  const to = { front: others.length, forward: at + 1, backward: Math.max(0, at - 1), back: 0 }[step];
  // Heights follow from the order again; those of the configuration may be in the way.
  const cells = [...others.slice(0, to), cell, ...others.slice(to)].map((other) => ({ ...other, z: 0 }));
  return { drawing: withCells(drawing, cells), selection: [id] };
}

/** Several cells moved together, as far as the wall goes for all of them. */
export function moveCells(drawing: Drawing, ids: readonly string[], dx: number, dy: number, wall: Size): Drawing {
  const chosen = drawing.cells.filter(({ id }) => ids.includes(id));
  if (chosen.length === 0) return drawing;
  const around = boundsOf(chosen.map(({ rectangle }) => rectangle));
  const to = moved(around, dx, dy, wall);
  const by = { x: to.x - around.x, y: to.y - around.y };
  const cells = drawing.cells.map((cell) =>
    ids.includes(cell.id)
      ? { ...cell, rectangle: { ...cell.rectangle, x: cell.rectangle.x + by.x, y: cell.rectangle.y + by.y } }
      : cell,
  );
  return withCells(drawing, cells);
}

/** Names for cells that no cell had before. */
function naming(drawing: Drawing, count: number): { named: readonly string[]; drawing: Drawing } {
  const taken = new Set(drawing.cells.map(({ id }) => id));
  const named: string[] = [];
  let number = drawing.lastNumber;
  while (named.length < count) {
    number += 1;
    if (!taken.has(`cell-${number}`)) named.push(`cell-${number}`);
  }
  return { named, drawing: { ...drawing, lastNumber: number } };
}
