import type { Size } from '../../core/geometry.js';
import { pixelMapOf } from './map/pixel-map.js';
import { placeCabinets } from './map/place.js';
import { areaOf, type ViewOptions } from './options.js';

/** For every pixel that an output sends the pixel of the wall that it shows, counted row by row; negative: none. */
export function wallPixelsOf(options: ViewOptions, wall: Size): Int32Array {
  const area = areaOf(options, wall);
  const toWall = (pixel: number): number => {
    if (pixel < 0) return pixel;
    const row = Math.floor(pixel / area.widthPx);
    return (area.y + row) * wall.widthPx + area.x + (pixel - row * area.widthPx);
  };
  if (options.map === undefined) {
    return Int32Array.from({ length: area.widthPx * area.heightPx }, (_, pixel) => toWall(pixel));
  }
  return pixelMapOf(placeCabinets(options.map, area), area).map(toWall);
}
