import { GlasshallError } from '../core/errors.js';
import { overlaps, type Rectangle, type Size } from '../core/geometry.js';
import type { PatternPlace, PlacedCabinet, Point } from './pattern.js';

/** What a pattern is put on. A cabinet is named by its number on its output's chain, from 1. */
export type PatternTarget =
  | { readonly kind: 'wall' }
  | { readonly kind: 'output'; readonly output: string }
  | { readonly kind: 'cabinet'; readonly output: string; readonly cabinet: number };

/** Where an output is on the wall and how its chain runs, in wall pixels; `cabinets` is empty for one without a map. */
export type OutputPlace = {
  readonly output: string;
  readonly area: Rectangle;
  readonly chainLengthPx: number;
  readonly cabinets: readonly {
    readonly number: number;
    readonly rectangle: Rectangle;
    readonly from: number;
    readonly to: number;
    readonly first: Point;
    readonly lineEnd: Point;
    readonly last: Point;
  }[];
};

/**
 * The part of the wall that a target shows, and the cabinets that hang there.
 * @param outputs of the wall, in configured order
 * @throws GlasshallError `unknown-output`, `unknown-cabinet`
 */
export function placeOf(target: PatternTarget, outputs: readonly OutputPlace[], wall: Size): PatternPlace {
  const placed = outputs.flatMap((output, index) => cabinetsOf(output, index + 1));
  if (target.kind === 'wall') return within({ x: 0, y: 0, ...wall }, withoutDoubles(placed));
  const output = outputs.find((candidate) => candidate.output === target.output);
  if (output === undefined) {
    throw new GlasshallError('unknown-output', `there is no output ${target.output}`, { output: target.output });
  }
  const own = placed.filter((cabinet) => cabinet.output === target.output);
  if (target.kind === 'output') return within(output.area, own);
  const cabinet = own.find(({ number }) => number === target.cabinet);
  if (cabinet === undefined) {
    const count = output.cabinets.length;
    throw new GlasshallError(
      'unknown-cabinet',
      `output ${target.output} has ${count} cabinets in its map, there is no number ${target.cabinet}`,
      { output: target.output, cabinet: target.cabinet, count },
    );
  }
  return within(cabinet.rectangle, [cabinet]);
}

/** Still in wall pixels. */
function cabinetsOf({ output, area, chainLengthPx, cabinets }: OutputPlace, outputNumber: number): PlacedCabinet[] {
  if (cabinets.length > 0) {
    return cabinets.map(({ number, rectangle, from, to, first, lineEnd, last }) => {
      return { output, outputNumber, number, rectangle, from, to, first, lineEnd, last };
    });
  }
  const corner = (x: number, y: number): Point => ({ x: area.x + x, y: area.y + y });
  return [
    {
      output,
      outputNumber,
      number: null,
      rectangle: area,
      from: 0,
      to: chainLengthPx,
      first: corner(0, 0),
      lineEnd: corner(area.widthPx - 1, 0),
      last: corner(area.widthPx - 1, area.heightPx - 1),
    },
  ];
}

/** A stream or a recording shows what hangs already as cabinets: those of maps come first, and nothing is shown twice. */
function withoutDoubles(cabinets: readonly PlacedCabinet[]): PlacedCabinet[] {
  const chosen = cabinets.filter(({ number }) => number !== null);
  for (const cabinet of cabinets) {
    if (cabinet.number !== null) continue;
    if (!chosen.some(({ rectangle }) => overlaps(rectangle, cabinet.rectangle))) chosen.push(cabinet);
  }
  return chosen;
}

/** Counts all places from the area's corner. */
function within(area: Rectangle, cabinets: readonly PlacedCabinet[]): PatternPlace {
  const own = <Where extends Point>(where: Where): Where => ({ ...where, x: where.x - area.x, y: where.y - area.y });
  return {
    area: { x: area.x, y: area.y, widthPx: area.widthPx, heightPx: area.heightPx },
    cabinets: cabinets.map((cabinet) => ({
      ...cabinet,
      rectangle: own(cabinet.rectangle),
      first: own(cabinet.first),
      lineEnd: own(cabinet.lineEnd),
      last: own(cabinet.last),
    })),
  };
}
