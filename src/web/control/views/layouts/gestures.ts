import { withCell } from '../../layout-editor/drawing.js';
import type { Drawing } from '../../layout-editor/drawing.js';
import { addCell, moveCells } from '../../layout-editor/operations.js';
import { between, evened, resized } from '../../layout-editor/placing.js';
import type { Handle, Point } from '../../layout-editor/placing.js';
import { snapMoved, snapResized } from '../../layout-editor/snapping.js';
import type { Guide } from '../../layout-editor/snapping.js';
import type { Rectangle, Size } from '../../../../core/geometry.js';

/** What a pointer that is held down does. `drawing` is how it was when it came down. */
export type Gesture =
  | { readonly kind: 'move'; readonly drawing: Drawing; readonly from: Point; readonly ids: readonly string[] }
  | {
      readonly kind: 'resize';
      readonly drawing: Drawing;
      readonly from: Point;
      readonly id: string;
      readonly handle: Handle;
    }
  | { readonly kind: 'draw'; readonly drawing: Drawing; readonly from: Point; readonly source: string };

/** How a gesture is carried out. */
export type GestureOptions = {
  readonly wall: Size;
  /** How near a line must be to draw something to it, in wall pixels; 0: not at all. */
  readonly reachPx: number;
  /** Width divided by height, null for any shape. */
  readonly aspect: number | null;
};

/** What a gesture comes to with the pointer at a point. `id`: the cell that it made, if any. */
export type GestureResult = {
  readonly drawing: Drawing;
  readonly guides: readonly Guide[];
  readonly id: string | null;
};

export function carryOut(gesture: Gesture, to: Point, options: GestureOptions): GestureResult {
  const { wall, reachPx, aspect } = options;
  const dx = to.x - gesture.from.x;
  const dy = to.y - gesture.from.y;
  const { drawing } = gesture;
  const othersOf = (ids: readonly string[]): readonly Rectangle[] =>
    drawing.cells.filter(({ id }) => !ids.includes(id)).map(({ rectangle }) => rectangle);
  const settle = (rectangle: Rectangle, guides: readonly Guide[]): Rectangle =>
    aspect === null ? evened(rectangle, wall, { x: hasGuide(guides, 'x'), y: hasGuide(guides, 'y') }) : rectangle;
  switch (gesture.kind) {
    case 'move': {
      const first = drawing.cells.find(({ id }) => id === gesture.ids[0]);
      if (first === undefined) return { drawing, guides: [], id: null };
      const [plain] = moveCells(drawing, [first.id], dx, dy, wall).cells.filter(({ id }) => id === first.id);
      const { rectangle, guides } = snapMoved(
        plain?.rectangle ?? first.rectangle,
        othersOf(gesture.ids),
        wall,
        reachPx,
      );
      const by = { x: rectangle.x - first.rectangle.x, y: rectangle.y - first.rectangle.y };
      return { drawing: moveCells(drawing, gesture.ids, by.x, by.y, wall), guides, id: null };
    }
    case 'resize': {
      const cell = drawing.cells.find(({ id }) => id === gesture.id);
      if (cell === undefined) return { drawing, guides: [], id: null };
      const pulled = resized(cell.rectangle, gesture.handle, dx, dy, wall, aspect);
      const { rectangle, guides } =
        aspect === null
          ? snapResized(pulled, gesture.handle, othersOf([cell.id]), wall, reachPx)
          : { rectangle: pulled, guides: [] };
      return { drawing: withCell(drawing, cell.id, { rectangle: settle(rectangle, guides) }), guides, id: null };
    }
    case 'draw': {
      const handle = `${dy < 0 ? 'n' : 's'}${dx < 0 ? 'w' : 'e'}` as const;
      const start = { x: 2 * Math.round(gesture.from.x / 2), y: 2 * Math.round(gesture.from.y / 2) };
      const drawn = between(start, to, wall);
      const shaped = aspect === null ? drawn : { ...drawn, heightPx: Math.round(drawn.widthPx / aspect) };
      const { rectangle, guides } = snapResized(shaped, handle, othersOf([]), wall, reachPx);
      const added = addCell(drawing, gesture.source, settle(rectangle, guides), wall);
      return { drawing: added.drawing, guides, id: added.selection[0] ?? null };
    }
  }
}

function hasGuide(guides: readonly Guide[], axis: Guide['axis']): boolean {
  return guides.some((guide) => guide.axis === axis);
}
