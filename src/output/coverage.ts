import type { Rectangle, Size } from '../core/geometry.js';
import type { OutputOptions } from './options.js';
import { shownBy } from './view/options.js';

/** Which parts of the wall its outputs show. */
export type Coverage = {
  /** What nobody sees, as rectangles that do not overlap, from the top. */
  readonly uncovered: readonly Rectangle[];
  /** Outputs of which the second shows pixels that the first shows, too. */
  readonly shared: readonly (readonly [string, string])[];
};

/** Looks at every pixel of the wall. @param outputs that fit the wall; up to 255 */
export function coverageOf(outputs: readonly OutputOptions[], wall: Size): Coverage {
  /** For each pixel the number of the first output that shows it, from 1; 0: none. */
  const first = new Uint8Array(wall.widthPx * wall.heightPx);
  const pairs = new Map<number, readonly [string, string]>();
  outputs.forEach((output, index) => {
    for (const { x, y, widthPx, heightPx } of shownBy(output, wall))
      for (let row = y; row < y + heightPx; row += 1)
        for (let pixel = row * wall.widthPx + x; pixel < row * wall.widthPx + x + widthPx; pixel += 1) {
          const owner = first[pixel] ?? 0;
          if (owner === 0) first[pixel] = index + 1;
          else if (owner !== index + 1 && !pairs.has(owner * 256 + index)) {
            pairs.set(owner * 256 + index, [outputs[owner - 1]?.id ?? '', output.id]);
          }
        }
  });
  return { uncovered: emptyRectangles(first, wall), shared: [...pairs.values()] };
}

/** Runs of empty pixels, each joined with an equal one in the row above. */
function emptyRectangles(owners: Uint8Array, { widthPx, heightPx }: Size): Rectangle[] {
  const done: Rectangle[] = [];
  let open: Rectangle[] = [];
  for (let y = 0; y <= heightPx; y += 1) {
    const runs = y < heightPx ? emptyRuns(owners.subarray(y * widthPx, (y + 1) * widthPx)) : [];
    const next = runs.map((run) => {
      const above = open.find((rectangle) => rectangle.x === run.x && rectangle.widthPx === run.widthPx);
      return above === undefined ? { ...run, y, heightPx: 1 } : { ...above, heightPx: above.heightPx + 1 };
    });
    const isContinued = ({ x, y: top }: Rectangle): boolean => next.some((other) => other.x === x && other.y === top);
    done.push(...open.filter((rectangle) => !isContinued(rectangle)));
    open = next;
  }
  return done.sort((a, b) => a.y - b.y || a.x - b.x);
}

function emptyRuns(row: Uint8Array): { x: number; widthPx: number }[] {
  const runs: { x: number; widthPx: number }[] = [];
  let x = row.indexOf(0);
  while (x >= 0 && x < row.length) {
    let end = x;
    while (end < row.length && row[end] === 0) end += 1;
    runs.push({ x, widthPx: end - x });
    x = row.indexOf(0, end);
  }
  return runs;
}
