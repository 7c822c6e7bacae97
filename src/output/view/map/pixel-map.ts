import type { Size } from '../../../core/geometry.js';
import { linesOf, type Cabinet } from './cabinet.js';

/** A pixel of the chain that shows nothing, sent black. */
export const NULL_PIXEL = -1;

/** The pixels of a chain, null pixels included. */
export function chainLength(cabinets: readonly Cabinet[]): number {
  return cabinets.at(-1)?.to ?? 0;
}

/**
 * For every pixel of the chain the pixel of the area that it shows, counted row by row, or `NULL_PIXEL`.
 * The four rotations are those of a panel matrix in the Falcon Player (FPP, `PanelMatrix`, N, R, U, L clockwise).
 * @param cabinets within the area
 */
export function pixelMapOf(cabinets: readonly Cabinet[], area: Size): Int32Array {
  const map = new Int32Array(chainLength(cabinets)).fill(NULL_PIXEL);
  for (const cabinet of cabinets) layCabinet(cabinet, area.widthPx, map);
  return map;
}

function layCabinet(cabinet: Cabinet, areaWidthPx: number, map: Int32Array): void {
  const { rectangle, wiring, from } = cabinet;
  const { count, length } = linesOf(cabinet);
  const origin = seen(cabinet, 0, 0, areaWidthPx);
  // However it hangs, a step along a line is always the same way, and so is one to the next line.
  const step = seen(cabinet, 0, 1, areaWidthPx) - origin;
  const toNextLine = seen(cabinet, 1, 0, areaWidthPx) - origin;
  const corner = rectangle.y * areaWidthPx + rectangle.x + origin;
  for (let line = 0; line < count; line += 1) {
    const isBackwards = wiring.serpentine && line % 2 === 1;
    const at = from + line * (length + wiring.lineGap);
    let pixel = corner + line * toNextLine + (isBackwards ? (length - 1) * step : 0);
    for (let index = at; index < at + length; index += 1) {
      map[index] = pixel;
      pixel += isBackwards ? -step : step;
    }
  }
}

/** A pixel of a cabinet in the output's area. */
export type Place = { readonly x: number; readonly y: number };

/** How the chain runs through a cabinet: its first pixel, the last of its first line, its last pixel; in the area. */
export function courseOf(cabinet: Cabinet): { readonly first: Place; readonly lineEnd: Place; readonly last: Place } {
  const { x, y, widthPx } = cabinet.rectangle;
  const { count, length } = linesOf(cabinet);
  const placeOf = (line: number, along: number): Place => {
    const pixel = seen(cabinet, line, along, widthPx);
    return { x: x + (pixel % widthPx), y: y + Math.floor(pixel / widthPx) };
  };
  const endsBackwards = cabinet.wiring.serpentine && count % 2 === 0;
  return {
    first: placeOf(0, 0),
    lineEnd: placeOf(0, length - 1),
    last: placeOf(count - 1, endsBackwards ? 0 : length - 1),
  };
}

/**
 * Where a pixel is seen, counted in rows of the given width from the cabinet's top left corner.
 * @param along from the end of its line at which the first line begins
 */
function seen(cabinet: Cabinet, line: number, along: number, rowWidthPx: number): number {
  const { start, direction } = cabinet.wiring;
  const { count, length } = linesOf(cabinet);
  const alongRows = direction === 'rows';
  const [u, width] = alongRows ? [along, length] : [line, count];
  const [v, height] = alongRows ? [line, count] : [along, length];
  return hung(
    cabinet,
    start.endsWith('right') ? width - 1 - u : u,
    start.startsWith('bottom') ? height - 1 - v : v,
    rowWidthPx,
  );
}

/** Where column `u`, row `v` of the upright cabinet is seen, counted in rows of the given width from the cabinet's top left corner. */
function hung({ rectangle, wiring }: Cabinet, u: number, v: number, rowWidthPx: number): number {
  const { widthPx, heightPx } = rectangle;
  let x = u;
  let y = v;
  if (wiring.rotation === 90) {
    x = widthPx - 1 - v;
    y = u;
  } else if (wiring.rotation === 180) {
    x = widthPx - 1 - u;
    y = heightPx - 1 - v;
  } else if (wiring.rotation === 270) {
    x = v;
    y = heightPx - 1 - u;
  }
  if (wiring.mirror === 'horizontal') x = widthPx - 1 - x;
  if (wiring.mirror === 'vertical') y = heightPx - 1 - y;
  return y * rowWidthPx + x;
}
