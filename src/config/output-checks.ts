import { isInside, type Rectangle, type Size } from '../core/geometry.js';
import type { OutputOptions } from '../output/options.js';
import type { Finding } from './problems.js';
import type { ValidParts } from './valid-parts.js';

const BYTES_PER_PIXEL = 3;
/** DDP counts bytes of the controller's frame buffer in 32 bits. */
const HIGHEST_OFFSET = 2 ** 32;

/** Outputs that show what is not on the wall, or write over each other's bytes in the same controller. */
export function outputFindings(parts: ValidParts): Finding[] {
  const { wall } = parts;
  if (wall === null) return [];
  return parts.outputs.flatMap((output, index) => {
    if (output === null) return [];
    return [
      ...checkArea(output, index, wall),
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

function checkRange(output: OutputOptions, index: number, wall: Size): Finding[] {
  const { end } = bytesOf(output, wall);
  if (end <= HIGHEST_OFFSET) return [];
  return [
    {
      code: 'too-large',
      path: ['outputs', index, 'offset'],
      message: `the picture would end at byte ${end} of the controller, beyond what DDP can address`,
      mend: `use an offset of at most ${HIGHEST_OFFSET - (end - output.offset)}`,
    },
  ];
}

function checkCollision(
  output: OutputOptions,
  index: number,
  earlier: readonly (OutputOptions | null)[],
  wall: Size,
): Finding[] {
  const mine = bytesOf(output, wall);
  const rival = earlier.findIndex((other) => {
    if (other === null || !sameDisplay(other, output)) return false;
    const theirs = bytesOf(other, wall);
    return theirs.start < mine.end && mine.start < theirs.end;
  });
  if (rival < 0) return [];
  const theirs = earlier[rival] ?? output;
  return [
    {
      code: 'outputs-overlap',
      path: ['outputs', index],
      message: `writes bytes ${mine.start} to ${mine.end - 1} of ${output.host}:${output.port}, where outputs[${rival}] ("${theirs.id}") writes, too`,
      mend: `set offset: ${bytesOf(theirs, wall).end}, or another host, port or destination`,
    },
  ];
}

function sameDisplay(a: OutputOptions, b: OutputOptions): boolean {
  return a.host === b.host && a.port === b.port && a.destination === b.destination;
}

function bytesOf(output: OutputOptions, wall: Size): { start: number; end: number } {
  const area = areaOf(output, wall);
  return { start: output.offset, end: output.offset + area.widthPx * area.heightPx * BYTES_PER_PIXEL };
}

function areaOf(output: OutputOptions, wall: Size): Rectangle {
  const area = output.area;
  if (area === undefined) return { x: 0, y: 0, ...wall };
  return { x: area.x, y: area.y, widthPx: area.width, heightPx: area.height };
}
