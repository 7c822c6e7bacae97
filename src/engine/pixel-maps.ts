import type { PixelMapStatus } from '../control/engine.js';
import type { Rectangle, Size } from '../core/geometry.js';
import type { OutputOptions } from '../output/options.js';
import { courseOf, chainLength } from '../output/view/map/pixel-map.js';
import { placeCabinets } from '../output/view/map/place.js';
import { areaOf, type ViewOptions } from '../output/view/options.js';

/** What every output shows of the wall and how its chain runs, in configured order. */
export function pixelMapsOf(outputs: readonly OutputOptions[], wall: Size): PixelMapStatus[] {
  return outputs.map((output) => pixelMapOf(output, wall));
}

function pixelMapOf(output: ViewOptions, wall: Size): PixelMapStatus {
  const area = areaOf(output, wall);
  const cabinets = output.map === undefined ? [] : placeCabinets(output.map, area);
  const onWall = <Where extends { readonly x: number; readonly y: number }>(where: Where): Where => ({
    ...where,
    x: area.x + where.x,
    y: area.y + where.y,
  });
  return {
    output: output.id,
    area,
    chainLengthPx: output.map === undefined ? area.widthPx * area.heightPx : chainLength(cabinets),
    cabinets: cabinets.map((cabinet, index) => {
      const { first, lineEnd, last } = courseOf(cabinet);
      return {
        number: index + 1,
        rectangle: onWall<Rectangle>(cabinet.rectangle),
        rotation: cabinet.wiring.rotation,
        mirror: cabinet.wiring.mirror,
        from: cabinet.from,
        to: cabinet.to,
        first: onWall(first),
        lineEnd: onWall(lineEnd),
        last: onWall(last),
      };
    }),
  };
}
