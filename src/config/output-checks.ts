import { isInside, type Size } from '../core/geometry.js';
import { misfitOf, spanOf, type AddressSpan, type OutputOptions } from '../output/options.js';
import { areaOf } from '../output/view/options.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

/** Outputs that show what is not on the wall, or write over each other in the same controller. */
export function outputFindings(parts: ValidParts): Finding[] {
  const { wall } = parts;
  if (wall === null) return [];
  return parts.outputs.flatMap((output, index) => {
    if (output === null) return [];
    return [
      ...checkArea(output, index, wall),
      ...checkFit(output, index, wall),
      ...checkRange(output, index, wall),
      ...checkCollision(output, index, parts.outputs.slice(0, index), wall),
    ];
  });
}

function checkArea(output: OutputOptions, index: number, wall: Size): Finding[] {
  const area = areaOf(output, wall);
  if (isInside(area, wall)) return [];
  return [
    {
      code: 'area-off-wall',
      path: ['outputs', index, 'area'],
      message: `${area.widthPx}×${area.heightPx} at ${area.x},${area.y} leaves the wall of ${wall.widthPx}×${wall.heightPx}`,
      mend: 'keep x + width and y + height within the wall',
    },
  ];
}

function checkFit(output: OutputOptions, index: number, wall: Size): Finding[] {
  const misfit = misfitOf(output, areaOf(output, wall));
  if (misfit === null) return [];
  const { code, option, message, mend } = misfit;
  return [{ code, path: ['outputs', index, option], message, mend }];
}

function checkRange(output: OutputOptions, index: number, wall: Size): Finding[] {
  const span = spanIn(output, wall);
  if (span === null || span.to <= span.limit) return [];
  const { from, to, limit, unit, option } = span;
  return [
    {
      code: 'too-large',
      path: option === null ? ['outputs', index] : ['outputs', index, option],
      message: `the picture would end at ${unit} ${to - 1} of the controller, beyond the last one, ${limit - 1}`,
      mend: option === null ? 'use a smaller area' : `set ${option} to at most ${limit - (to - from)}`,
    },
  ];
}

function checkCollision(
  output: OutputOptions,
  index: number,
  earlier: readonly (OutputOptions | null)[],
  wall: Size,
): Finding[] {
  const mine = spanIn(output, wall);
  const spans = earlier.map((other) => (other === null ? null : spanIn(other, wall)));
  const rival = spans.findIndex((theirs) => mine !== null && theirs !== null && overlap(mine, theirs));
  const [other, theirs] = [earlier[rival] ?? null, spans[rival] ?? null];
  if (mine === null || other === null || theirs === null) return [];
  return [
    {
      code: 'outputs-overlap',
      path: ['outputs', index],
      message: `writes ${mine.unit}s ${mine.from} to ${mine.to - 1} of ${mine.device}, where outputs[${rival}] ("${other.id}") writes, too`,
      mend: mine.option === null ? 'use another device' : `set ${mine.option}: ${theirs.to}, or another device`,
    },
  ];
}

function overlap(mine: AddressSpan, theirs: AddressSpan): boolean {
  return theirs.device === mine.device && theirs.from < mine.to && mine.from < theirs.to;
}

function spanIn(output: OutputOptions, wall: Size): AddressSpan | null {
  return spanOf(output, areaOf(output, wall));
}
