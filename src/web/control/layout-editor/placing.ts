import type { Rectangle, Size } from '../../../core/geometry.js';
import { leastSize } from './drawing.js';

/** The eight places by which a cell is pulled, by the points of the compass. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof HANDLES)[number];

/** The nearest rectangle that lies inside of the wall: moved first, and made smaller only where it is too large. */
export function kept(rectangle: Rectangle, wall: Size): Rectangle {
  const least = leastSize(wall);
  const widthPx = clamp(Math.round(rectangle.widthPx), least.widthPx, wall.widthPx);
  const heightPx = clamp(Math.round(rectangle.heightPx), least.heightPx, wall.heightPx);
  return {
    x: clamp(Math.round(rectangle.x), 0, wall.widthPx - widthPx),
    y: clamp(Math.round(rectangle.y), 0, wall.heightPx - heightPx),
    widthPx,
    heightPx,
  };
}

/** A rectangle moved as far as the wall goes. */
export function moved(rectangle: Rectangle, dx: number, dy: number, wall: Size): Rectangle {
  return kept({ ...rectangle, x: rectangle.x + dx, y: rectangle.y + dy }, wall);
}

/**
 * A rectangle pulled at a handle; the opposite side stays where it is.
 * @param aspect width divided by height, which is kept as nearly as whole pixels allow; null for any shape
 */
export function resized(
  rectangle: Rectangle,
  handle: Handle,
  dx: number,
  dy: number,
  wall: Size,
  aspect: number | null,
): Rectangle {
  const least = leastSize(wall);
  const [west, east, north, south] = (['w', 'e', 'n', 's'] as const).map((side) => handle.includes(side));
  const right = rectangle.x + rectangle.widthPx;
  const bottom = rectangle.y + rectangle.heightPx;
  const mostWidth = west === true ? right : wall.widthPx - rectangle.x;
  const mostHeight = north === true ? bottom : wall.heightPx - rectangle.y;
  let width = rectangle.widthPx + (east === true ? dx : west === true ? -dx : 0);
  let height = rectangle.heightPx + (south === true ? dy : north === true ? -dy : 0);
  if (aspect !== null) {
    if (east !== true && west !== true) width = height * aspect;
    const fitting = Math.min(mostWidth, mostHeight * aspect);
    width = clamp(width, Math.min(fitting, Math.max(least.widthPx, least.heightPx * aspect)), fitting);
    height = width / aspect;
  }
  const widthPx = Math.round(clamp(width, least.widthPx, mostWidth));
  const heightPx = Math.round(clamp(height, least.heightPx, mostHeight));
  return kept(
    {
      x: west === true ? right - widthPx : rectangle.x,
      y: north === true ? bottom - heightPx : rectangle.y,
      widthPx,
      heightPx,
    },
    wall,
  );
}

/** The rectangle between two points of the wall. */
export function between(from: Point, to: Point, wall: Size): Rectangle {
  const x = Math.min(from.x, to.x);
  const y = Math.min(from.y, to.y);
  return kept({ x, y, widthPx: Math.abs(to.x - from.x), heightPx: Math.abs(to.y - from.y) }, wall);
}

/** A place on the wall, in its pixels, fractions included. */
export type Point = { readonly x: number; readonly y: number };

/**
 * The rectangle with edges on even pixels, as far as the wall has them: video is coded in pairs of pixels, and an odd edge is
 * soft or has a seam of colour. Edges that `fixed` names stay.
 */
export function evened(
  rectangle: Rectangle,
  wall: Size,
  fixed: { readonly x: boolean; readonly y: boolean },
): Rectangle {
  const [x, right] = fixed.x
    ? [rectangle.x, rectangle.x + rectangle.widthPx]
    : evenEdges(rectangle.x, rectangle.widthPx);
  const [y, bottom] = fixed.y
    ? [rectangle.y, rectangle.y + rectangle.heightPx]
    : evenEdges(rectangle.y, rectangle.heightPx);
  return kept({ x, y, widthPx: right - x, heightPx: bottom - y }, wall);
}

function evenEdges(start: number, size: number): readonly [number, number] {
  return [2 * Math.round(start / 2), 2 * Math.round((start + size) / 2)];
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
