import type { Stage } from './stage.js';

const KEY_ZOOM = 1.25;
const KEY_PAN_CSS_PX = 80;
const WHEEL_LINE_CSS_PX = 16;

/** Wheel, pinch, drag, double-click and keys move the view. */
export function attachGestures(surface: HTMLElement, stage: Stage): void {
  attachWheel(surface, stage);
  attachPointers(surface, stage);
  surface.addEventListener('dblclick', (event) => {
    stage.toggleFit(event.clientX, event.clientY);
  });
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (actOnKey(event.key, stage)) event.preventDefault();
  });
}

function attachWheel(surface: HTMLElement, stage: Stage): void {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE_CSS_PX;
    // A pinch on a touch pad arrives as a wheel with Ctrl and small steps.
    const speed = event.ctrlKey ? 0.01 : 0.0022;
    stage.zoom(Math.exp(-event.deltaY * lines * speed), event.clientX, event.clientY);
  };
  surface.addEventListener('wheel', onWheel, { passive: false });
}

function attachPointers(surface: HTMLElement, stage: Stage): void {
  const pointers = new Map<number, { x: number; y: number }>();
  surface.addEventListener('pointerdown', (event) => {
    surface.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    surface.classList.add('dragged');
  });
  surface.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      stage.pan(now.x - before.x, now.y - before.y);
      return;
    }
    const apart = Math.hypot(before.x - other.x, before.y - other.y);
    const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, apart);
    stage.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    stage.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
  });
  const release = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) surface.classList.remove('dragged');
  };
  surface.addEventListener('pointerup', release);
  surface.addEventListener('pointercancel', release);
}

function actOnKey(key: string, stage: Stage): boolean {
  if (key === '+' || key === '=') stage.zoom(KEY_ZOOM);
  else if (key === '-') stage.zoom(1 / KEY_ZOOM);
  else if (key === '0' || key === 'Home' || key === 'Escape') stage.fit();
  else if (key === 'ArrowLeft') stage.pan(KEY_PAN_CSS_PX, 0);
  else if (key === 'ArrowRight') stage.pan(-KEY_PAN_CSS_PX, 0);
  else if (key === 'ArrowUp') stage.pan(0, KEY_PAN_CSS_PX);
  else if (key === 'ArrowDown') stage.pan(0, -KEY_PAN_CSS_PX);
  else return false;
  return true;
}
