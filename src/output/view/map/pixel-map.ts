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
  const alongRows = wiring.direction === 'rows';
  const fromRight = wiring.start.endsWith('right');
  const fromBottom = wiring.start.startsWith('bottom');
  const uprightWidth = alongRows ? length : count;
  const uprightHeight = alongRows ? count : length;
  for (let line = 0; line < count; line += 1) {
    const isBackwards = wiring.serpentine && line % 2 === 1;
    for (let step = 0; step < length; step += 1) {
      const along = isBackwards ? length - 1 - step : step;
      const u = alongRows ? along : line;
      const v = alongRows ? line : along;
      const seen = hung(
        cabinet,
        fromRight ? uprightWidth - 1 - u : u,
        fromBottom ? uprightHeight - 1 - v : v,
        areaWidthPx,
      );
      map[from + line * (length + wiring.lineGap) + step] = rectangle.y * areaWidthPx + rectangle.x + seen;
    }
  }
}

/** Where column `u`, row `v` of the upright cabinet is seen, counted in the area from the cabinet's top left corner. */
function hung({ rectangle, wiring }: Cabinet, u: number, v: number, areaWidthPx: number): number {
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
  return y * areaWidthPx + x;
}
