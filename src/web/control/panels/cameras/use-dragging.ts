import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { layoutToFill } from '../../state/cells.js';

/** A mouse that moves so far means to drag. */
const START_PX = 8;
/** A finger that rests so long means to drag, not to scroll. */
const HOLD_MS = 300;

type Gesture = { readonly pointerId: number; readonly x: number; readonly y: number; readonly isTouch: boolean };

/**
 * Lets an element be dragged onto a cell of the preview as a camera, by mouse and by finger.
 * @returns what goes on the element: its reference
 */
export function useDragging(camera: string): RefObject<HTMLButtonElement | null> {
  const { hall, may, commands, selection } = useDesk();
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let gesture: Gesture | null = null;
    let holding: number | undefined;
    let dragged = false;

    const isDragging = (): boolean => selection.placing.peek()?.way === 'drag';
    const begin = (): void => {
      if (gesture === null || !may.value.operate) return;
      dragged = true;
      moveGhost(gesture.x, gesture.y);
      selection.placing.value = { camera, way: 'drag', over: null };
    };
    const end = (): void => {
      window.clearTimeout(holding);
      gesture = null;
      if (isDragging()) selection.placing.value = null;
    };
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0 || !event.isPrimary) return;
      dragged = false;
      const isTouch = event.pointerType === 'touch';
      gesture = { pointerId: event.pointerId, x: event.clientX, y: event.clientY, isTouch };
      // A finger holds its element by itself; a mouse that is fast would have left it with its first move.
      if (!isTouch) target.setPointerCapture(event.pointerId);
      if (isTouch) holding = window.setTimeout(begin, HOLD_MS);
    };
    const onMove = (event: PointerEvent): void => {
      if (gesture === null || event.pointerId !== gesture.pointerId) return;
      const far = Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) > START_PX;
      if (!isDragging()) {
        if (far && gesture.isTouch) end();
        else if (far) begin();
        if (!isDragging()) return;
      }
      const over = cellAt(event.clientX, event.clientY);
      moveGhost(event.clientX, event.clientY);
      if (selection.placing.peek()?.over !== over) selection.placing.value = { camera, way: 'drag', over };
    };
    const onUp = (): void => {
      const over = isDragging() ? (selection.placing.peek()?.over ?? null) : null;
      end();
      const wall = hall.wall.peek();
      const layout = wall === null ? null : layoutToFill(wall);
      if (over !== null && layout !== null) void commands.cells.setSource(layout.id, over, camera);
    };
    // What ended a drag is no press.
    const onClick = (event: MouseEvent): void => {
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
      dragged = false;
    };
    const keep = (event: Event): void => {
      if (isDragging()) event.preventDefault();
    };
    target.addEventListener('pointerdown', onDown);
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp);
    target.addEventListener('pointercancel', end);
    target.addEventListener('click', onClick, { capture: true });
    target.addEventListener('touchmove', keep, { passive: false });
    target.addEventListener('contextmenu', keep);
    return () => {
      end();
      target.removeEventListener('pointerdown', onDown);
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onUp);
      target.removeEventListener('pointercancel', end);
      target.removeEventListener('click', onClick, { capture: true });
      target.removeEventListener('touchmove', keep);
      target.removeEventListener('contextmenu', keep);
    };
  }, [camera, hall, may, commands, selection]);
  return element;
}

function cellAt(x: number, y: number): string | null {
  const target = document.elementsFromPoint(x, y).find((element) => element.matches('[data-cell]'));
  return target instanceof HTMLElement ? (target.dataset['cell'] ?? null) : null;
}

/** Past the framework: it moves with every event of the pointer. */
function moveGhost(x: number, y: number): void {
  const { style } = document.documentElement;
  style.setProperty('--drag-x', `${x}px`);
  style.setProperty('--drag-y', `${y}px`);
}
