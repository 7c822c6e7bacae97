import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { cellIn, withCell } from '../../layout-editor/drawing.js';
import { moveCells, removeCells } from '../../layout-editor/operations.js';
import { resized } from '../../layout-editor/placing.js';
import type { Handle, Point } from '../../layout-editor/placing.js';
import type { DrawingProblem } from '../../layout-editor/problems.js';
import type { Wall } from '../../state/hall.js';
import { carryOut } from './gestures.js';
import type { Gesture } from './gestures.js';
import { nextSource } from './sources.js';
import { StageCell } from './stage-cell.js';
import './stage.css';
import type { Work } from './work.js';

/** How near a line draws, and how far a press is a press and no pull, in pixels of the page. */
const REACH_PX = 8;
const STILL_PX = 5;

/** The wall's true shape with the cells in it. */
export function Stage(props: {
  readonly work: Work;
  readonly wall: Wall;
  readonly problems: readonly DrawingProblem[];
}) {
  const { texts, hall } = useDesk();
  const { work, wall } = props;
  const words = texts.value.editor;
  const stage = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly gesture: Gesture; readonly pointer: number; isPulled: boolean } | null>(null);
  const size = wall.wall;
  const drawing = work.drawing.value;
  const [main] = work.selection.value;

  const pointAt = (event: PointerEvent): Point => {
    const box = stage.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - box.left) / box.width) * size.widthPx,
      y: ((event.clientY - box.top) / box.height) * size.heightPx,
    };
  };
  const pixelPx = (): number => size.widthPx / (stage.current?.getBoundingClientRect().width ?? size.widthPx);

  const hold = (event: PointerEvent, gesture: Gesture): void => {
    if (event.button !== 0 || held.current !== null) return;
    stage.current?.setPointerCapture(event.pointerId);
    held.current = { gesture, pointer: event.pointerId, isPulled: false };
  };
  const result = (event: PointerEvent, gesture: Gesture): ReturnType<typeof carryOut> =>
    carryOut(gesture, pointAt(event), {
      wall: size,
      reachPx: work.tools.snap.value && !event.altKey ? REACH_PX * pixelPx() : 0,
      aspect: work.tools.aspect.value ? 16 / 9 : null,
    });
  const onMove = (event: PointerEvent): void => {
    const now = held.current;
    if (now === null || now.pointer !== event.pointerId) return;
    const to = pointAt(event);
    const { from } = now.gesture;
    now.isPulled ||= Math.hypot(to.x - from.x, to.y - from.y) > STILL_PX * pixelPx();
    if (now.isPulled) work.show(result(event, now.gesture));
  };
  const onUp = (event: PointerEvent): void => {
    const now = held.current;
    if (now === null || now.pointer !== event.pointerId) return;
    held.current = null;
    if (!now.isPulled) {
      if (now.gesture.kind === 'draw') work.selection.value = [];
      return;
    }
    const { drawing: next, id } = result(event, now.gesture);
    work.step(next);
    if (id !== null) work.selection.value = [id];
  };
  const onLost = (): void => {
    held.current = null;
    work.show(null);
  };

  const choose = (id: string, adds: boolean): void => {
    const chosen = work.selection.value;
    if (!adds)
      work.selection.value =
        chosen.includes(id) && chosen.length > 1 ? [id, ...chosen.filter((each) => each !== id)] : [id];
    else work.selection.value = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
  };

  // A view that goes away in the middle of a pull leaves nothing half done.
  useEffect(() => () => work.show(null), [work]);

  return (
    <div class="stage-frame">
      <div
        ref={stage}
        class={`stage ${work.guides.value.length > 0 ? 'is-snapping' : ''}`}
        role="group"
        aria-label={words.canvas(size.widthPx, size.heightPx)}
        aria-describedby="stage-hint"
        style={{ aspectRatio: `${size.widthPx} / ${size.heightPx}`, '--stage-ratio': size.widthPx / size.heightPx }}
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          const used = drawing.cells.map(({ source }) => source);
          hold(event, {
            kind: 'draw',
            drawing,
            from: pointAt(event),
            source: nextSource(hall.tiles.value ?? [], used),
          });
        }}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onLost}
        // Else a finger that lets go while it moves is a fling to the browser, and the next tap is taken for stopping it.
        onTouchMove={(event) => event.preventDefault()}
      >
        {drawing.cells.length === 0 && <p class="stage-empty">{words.emptyCanvas}</p>}
        {drawing.cells.map((cell, index) => (
          <StageCell
            key={cell.id}
            cell={cell}
            wall={wall}
            withPicture={index < 40}
            isChosen={work.selection.value.includes(cell.id)}
            isMain={cell.id === main && work.selection.value.length === 1}
            problems={props.problems.filter((problem) => problem.cell === cell.id)}
            onPress={(event) => {
              const adds = event.shiftKey || event.ctrlKey || event.metaKey || work.tools.several.value;
              choose(cell.id, adds);
              const ids = work.selection.value;
              if (ids.includes(cell.id)) hold(event, { kind: 'move', drawing, from: pointAt(event), ids });
            }}
            onHandle={(event, handle) =>
              hold(event, { kind: 'resize', drawing, from: pointAt(event), id: cell.id, handle })
            }
            onFocus={() => {
              if (!work.selection.value.includes(cell.id)) work.selection.value = [cell.id];
            }}
            onKey={(event) => press(event, work, wall)}
          />
        ))}
        {work.guides.value.map(({ axis, at }) => (
          <i
            key={`${axis}${at}`}
            class={`stage-guide is-${axis}`}
            style={axis === 'x' ? { left: `${(at / size.widthPx) * 100}%` } : { top: `${(at / size.heightPx) * 100}%` }}
          />
        ))}
      </div>
      <p id="stage-hint" class="stage-hint">
        {words.canvasHint}
      </p>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys on a cell: arrows move it, with Alt they pull its right or lower edge. */
function press(event: KeyboardEvent, work: Work, wall: Wall): void {
  const arrow = ARROWS[event.code];
  const ids = work.selection.value;
  const drawing = work.drawing.value;
  if (arrow !== undefined && !event.ctrlKey && !event.metaKey) {
    const far = event.shiftKey ? 10 : 1;
    const [dx, dy] = [arrow[0] * far, arrow[1] * far];
    const cell = cellIn(drawing, ids[0] ?? '');
    if (!event.altKey) work.step(moveCells(drawing, ids, dx, dy, wall.wall), `move ${ids.join()}`);
    else if (cell !== null) {
      const handle: Handle = dx === 0 ? 's' : 'e';
      const aspect = work.tools.aspect.value ? 16 / 9 : null;
      const rectangle = resized(cell.rectangle, handle, dx, dy, wall.wall, aspect);
      work.step(withCell(drawing, cell.id, { rectangle }), `resize ${cell.id}`);
    }
  } else if (event.code === 'Delete' || event.code === 'Backspace') {
    work.does(removeCells(drawing, ids));
  } else if (event.code === 'Escape') {
    work.selection.value = [];
  } else return;
  event.preventDefault();
}
