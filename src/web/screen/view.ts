/** Everything in device pixels, so that nothing is rounded twice. */

/** Where the wall is on the canvas: the distance between two LEDs, and the wall's top left corner. */
export type View = { readonly pitchPx: number; readonly originX: number; readonly originY: number };

/** The canvas and what must stay free at its edges when the wall is fitted in. */
export type Surface = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly marginPx: number;
  readonly bottomBarPx: number;
};

/** The wall's LEDs. */
export type Wall = { readonly columns: number; readonly rows: number };

const MAXIMUM_PITCH_PX = 160;
/** From here on LEDs are drawn one by one, and lie on whole device pixels so that all look the same. */
const WHOLE_PITCH_FROM_PX = 3;

/** The whole wall, as large as it goes, in the middle. */
export function fitView(wall: Wall, surface: Surface): View {
  const freeWidth = surface.widthPx - 2 * surface.marginPx;
  const freeHeight = surface.heightPx - 2 * surface.marginPx - surface.bottomBarPx;
  const exact = Math.max(0.02, Math.min(freeWidth / wall.columns, freeHeight / wall.rows));
  const pitchPx = exact >= WHOLE_PITCH_FROM_PX ? Math.floor(exact) : exact;
  return {
    pitchPx,
    originX: Math.round((surface.widthPx - pitchPx * wall.columns) / 2),
    originY: Math.round((surface.heightPx - surface.bottomBarPx - pitchPx * wall.rows) / 2),
  };
}

/** Enlarges by a factor so that the point (x, y) stays where it is. */
export function zoomView(view: View, factor: number, x: number, y: number, wall: Wall, surface: Surface): View {
  const smallest = fitView(wall, surface).pitchPx / 2;
  const pitchPx = Math.min(MAXIMUM_PITCH_PX, Math.max(smallest, view.pitchPx * factor));
  const scale = pitchPx / view.pitchPx;
  const moved = { pitchPx, originX: x - (x - view.originX) * scale, originY: y - (y - view.originY) * scale };
  return keepInSight(moved, wall, surface);
}

/** Moves the wall, but never out of sight. */
export function panView(view: View, deltaX: number, deltaY: number, wall: Wall, surface: Surface): View {
  // From the view as it is drawn, so that the wall stays under the finger to the pixel.
  const drawn = settledView(view, surface);
  return keepInSight({ ...drawn, originX: drawn.originX + deltaX, originY: drawn.originY + deltaY }, wall, surface);
}

/** The view as it is drawn: on whole device pixels where LEDs are drawn one by one, anchored at the canvas's middle. */
export function settledView(view: View, surface: Surface): View {
  if (view.pitchPx < WHOLE_PITCH_FROM_PX) {
    return { ...view, originX: Math.round(view.originX), originY: Math.round(view.originY) };
  }
  const pitchPx = Math.round(view.pitchPx);
  const scale = pitchPx / view.pitchPx;
  const [middleX, middleY] = [surface.widthPx / 2, surface.heightPx / 2];
  return {
    pitchPx,
    originX: Math.round(middleX - (middleX - view.originX) * scale),
    originY: Math.round(middleY - (middleY - view.originY) * scale),
  };
}

/** The wall always covers the canvas's middle: one cannot get lost in the night. */
function keepInSight(view: View, wall: Wall, surface: Surface): View {
  const between = (value: number, extent: number, canvas: number): number =>
    Math.min(canvas / 2, Math.max(canvas / 2 - extent, value));
  return {
    pitchPx: view.pitchPx,
    originX: between(view.originX, view.pitchPx * wall.columns, surface.widthPx),
    originY: between(view.originY, view.pitchPx * wall.rows, surface.heightPx),
  };
}
