import type { Rectangle, Size } from '../../../core/geometry.js';
import type { Handle } from './placing.js';
import { kept } from './placing.js';

/** A line that something stands on: upright at this x, or level at this y. */
export type Guide = { readonly axis: 'x' | 'y'; readonly at: number };

/** A rectangle that was drawn to lines nearby, and those lines. */
export type Snapped = { readonly rectangle: Rectangle; readonly guides: readonly Guide[] };

/** Pixels between neighbours, as drawings of areas have them. */
export const GAP_PX = 2;

type Lines = { readonly edges: readonly number[]; readonly centres: readonly number[] };
type Span = { readonly start: number; readonly size: number };

/**
 * Draws a moved rectangle to the wall's edges, middle and thirds, and to the edges of other cells with and without a gap.
 * @param reachPx how near a line must be
 */
export function snapMoved(rectangle: Rectangle, others: readonly Rectangle[], wall: Size, reachPx: number): Snapped {
  const x = snapSpan({ start: rectangle.x, size: rectangle.widthPx }, linesOf('x', others, wall), reachPx);
  const y = snapSpan({ start: rectangle.y, size: rectangle.heightPx }, linesOf('y', others, wall), reachPx);
  const snapped = kept({ ...rectangle, x: rectangle.x + x.by, y: rectangle.y + y.by }, wall);
  return { rectangle: snapped, guides: guidesOf(x.at, y.at) };
}

/** Draws the edges that a handle pulls to the same lines. */
export function snapResized(
  rectangle: Rectangle,
  handle: Handle,
  others: readonly Rectangle[],
  wall: Size,
  reachPx: number,
): Snapped {
  const right = rectangle.x + rectangle.widthPx;
  const bottom = rectangle.y + rectangle.heightPx;
  const pull = (axis: 'x' | 'y', edge: number | null): { by: number; at: number | null } => {
    const nearest = edge === null ? null : nearestTo(edge, linesOf(axis, others, wall).edges, reachPx);
    return edge === null || nearest === null ? { by: 0, at: null } : { by: nearest - edge, at: nearest };
  };
  const x = pull('x', handle.includes('w') ? rectangle.x : handle.includes('e') ? right : null);
  const y = pull('y', handle.includes('n') ? rectangle.y : handle.includes('s') ? bottom : null);
  const [fromWest, fromNorth] = [handle.includes('w'), handle.includes('n')];
  const snapped = {
    x: fromWest ? rectangle.x + x.by : rectangle.x,
    y: fromNorth ? rectangle.y + y.by : rectangle.y,
    widthPx: rectangle.widthPx + (fromWest ? -x.by : x.by),
    heightPx: rectangle.heightPx + (fromNorth ? -y.by : y.by),
  };
  // A line so near to the other side that nothing would be left is none.
  if (snapped.widthPx < 1 || snapped.heightPx < 1) return { rectangle, guides: [] };
  return { rectangle: kept(snapped, wall), guides: guidesOf(x.at, y.at) };
}

function snapSpan(
  { start, size }: Span,
  { edges, centres }: Lines,
  reachPx: number,
): { by: number; at: number | null } {
  const candidates = [
    { line: nearestTo(start, edges, reachPx), from: start },
    { line: nearestTo(start + size, edges, reachPx), from: start + size },
    { line: nearestTo(start + size / 2, centres, reachPx), from: start + size / 2 },
  ].flatMap(({ line, from }) => (line === null ? [] : [{ by: line - from, at: line }]));
  const best = candidates.sort((a, b) => Math.abs(a.by) - Math.abs(b.by))[0];
  return best === undefined ? { by: 0, at: null } : { by: best.by, at: best.at };
}

function linesOf(axis: 'x' | 'y', others: readonly Rectangle[], wall: Size): Lines {
  const length = axis === 'x' ? wall.widthPx : wall.heightPx;
  const parts = [length / 3, length / 2, (2 * length) / 3].map(Math.round);
  const spans = others.map((other) =>
    axis === 'x' ? { start: other.x, size: other.widthPx } : { start: other.y, size: other.heightPx },
  );
  const neighbours = spans.flatMap(({ start, size }) => [start, start + size, start - GAP_PX, start + size + GAP_PX]);
  return {
    edges: [0, length, ...parts, ...neighbours].filter((at) => at >= 0 && at <= length),
    centres: [length / 2, ...spans.map(({ start, size }) => start + size / 2)],
  };
}

/** The first of the nearest, so that the wall's own lines win. */
function nearestTo(value: number, lines: readonly number[], reachPx: number): number | null {
  let nearest: number | null = null;
  for (const line of lines) {
    const distance = Math.abs(line - value);
    if (distance <= reachPx && (nearest === null || distance < Math.abs(nearest - value))) nearest = line;
  }
  return nearest;
}

function guidesOf(x: number | null, y: number | null): readonly Guide[] {
  return [
    ...(x === null ? [] : [{ axis: 'x' as const, at: x }]),
    ...(y === null ? [] : [{ axis: 'y' as const, at: y }]),
  ];
}
