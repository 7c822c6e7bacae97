import { expect, it } from 'vitest';
import { pixelMapsOf } from '../../src/engine/pixel-maps.js';
import { outputOptions } from '../../src/output/options.js';
import { readCounter } from '../../src/pattern/counter-cells.js';
import { placeOf } from '../../src/pattern/place.js';
import { preparePattern } from '../../src/pattern/prepare.js';
import type { PatternName } from '../../src/pattern/registry.js';
import { Compositor } from '../../src/wall/compositor.js';
import { paintLine } from '../../src/paint/text.js';
import { CABINET, CONTROLLERS, shown, WALL } from '../output/view/cabinet-wall.js';
import { MOMENT } from './wall-of-six.js';

const OUTPUTS = CONTROLLERS.map(({ protocol, area, map }, index) => {
  const address = protocol === 'sacn' ? { interface: '192.0.2.9', universe: 1 } : {};
  return outputOptions.parse({ id: `row-${index + 1}`, type: protocol, host: '192.0.2.1', ...address, area, map });
});
const MAPS = pixelMapsOf(OUTPUTS, WALL);

async function canvasOf(pattern: PatternName): Promise<Uint8Array> {
  const compositor = new Compositor(
    WALL,
    () => {
      throw new Error('no running line here');
    },
    (failure) => {
      throw failure;
    },
  );
  const place = placeOf({ kind: 'wall' }, MAPS, WALL);
  compositor.setPattern(
    await preparePattern(pattern, place, { timeZone: 'UTC', language: 'zh-CN' }),
    Number.POSITIVE_INFINITY,
  );
  const canvas = new Uint8Array(WALL.widthPx * WALL.heightPx * 3);
  compositor.compose(canvas, MOMENT);
  return canvas;
}

/** Rows of ink: whether each pixel is as white as figures are. */
type Ink = readonly (readonly boolean[])[];

/** The ink in a picture, without the empty rows and columns around it. */
function inkOf(rows: Ink): Ink {
  const columns = rows[0]?.map((_, x) => rows.some((row) => row[x])) ?? [];
  const left = columns.indexOf(true);
  const right = columns.lastIndexOf(true);
  return rows.filter((row) => row.includes(true)).map((row) => row.slice(left, right + 1));
}

/** What a cabinet shows of its figures. */
function seenAt(screen: Uint8Array, left: number, top: number): Ink {
  const isWhite = (x: number, y: number): boolean => {
    const at = ((top + y) * WALL.widthPx + left + x) * 3;
    return Math.min(...screen.subarray(at, at + 3)) > 150;
  };
  return inkOf(
    Array.from({ length: CABINET.heightPx }, (_, y) =>
      Array.from({ length: CABINET.widthPx }, (__, x) => isWhite(x, y)),
    ),
  );
}

/** A number painted upright in a size. */
async function painted(text: string, fontSizePx: number): Promise<Ink> {
  const { bitmap } = await paintLine({ text, fontSizePx, weight: 'bold', colour: '#ffffff' });
  const isInk = (x: number, y: number): boolean => (bitmap.pixels[(y * bitmap.widthPx + x) * 4 + 3] ?? 0) > 150;
  return inkOf(
    Array.from({ length: bitmap.heightPx }, (_, y) => Array.from({ length: bitmap.widthPx }, (__, x) => isInk(x, y))),
  );
}

const mirrored = (ink: Ink): Ink => ink.map((row) => row.toReversed());
const quarterTurned = (ink: Ink): Ink => (ink[0] ?? []).map((_, x) => ink.map((row) => row[x] ?? false).toReversed());

/** The eight ways in which a figure can hang; upright is the first. */
function ways(ink: Ink): readonly Ink[] {
  const turned = [ink];
  for (let turn = 1; turn < 4; turn += 1) turned.push(quarterTurned(turned[turn - 1] ?? []));
  return [...turned, ...turned.map(mirrored)];
}

/** How many pixels differ when the upper left corners lie on each other. */
function difference(a: Ink, b: Ink): number {
  let count = 0;
  for (let y = 0; y < CABINET.heightPx; y += 1)
    for (let x = 0; x < CABINET.widthPx; x += 1) if ((a[y]?.[x] ?? false) !== (b[y]?.[x] ?? false)) count += 1;
  return count;
}

type Figure = { readonly number: number; readonly way: number; readonly ink: Ink };

/** The figures 1 to 4, small and large, in every way in which they can hang. */
async function figures(): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const number of [1, 2, 3, 4])
    for (let fontSizePx = 6; fontSizePx <= 16; fontSizePx += 1) {
      const upright = await painted(String(number), fontSizePx);
      found.push(...ways(upright).map((ink, way) => ({ number, way, ink })));
    }
  return found;
}

/** Reads a figure as a person does: which it is most like. */
function read(seen: Ink, known: readonly Figure[]): Pick<Figure, 'number' | 'way'> {
  const [best] = known.toSorted((a, b) => difference(seen, a.ink) - difference(seen, b.ink));
  return { number: best?.number ?? 0, way: best?.way ?? -1 };
}

it('numbers the cabinets in the order of their chains, and they stand upright where they hang', async () => {
  const screen = await shown(await canvasOf('cabinet-numbers'));
  const known = await figures();
  for (const { area, hangs } of CONTROLLERS) {
    const chain = hangs.map(([, from]) => from).toSorted((a, b) => a - b);
    for (const [column, [, from]] of hangs.entries()) {
      const seen = seenAt(screen, column * CABINET.widthPx, area.y);
      expect(read(seen, known)).toEqual({ number: chain.indexOf(from) + 1, way: 0 });
    }
  }
});

it.each(['grid', 'checkerboard-1', 'ramp-red-horizontal', 'moving-column', 'frame-counter'] as const)(
  '%s arrives on twelve turned cabinets as it was drawn',
  async (pattern) => {
    const canvas = await canvasOf(pattern);
    const screen = await shown(canvas);
    expect(screen.equals(canvas)).toBe(true);
    if (pattern === 'frame-counter') {
      expect(readCounter(screen, WALL)).toEqual({ tick: MOMENT.tick, epochMs: MOMENT.epochMs % 2 ** 32 });
    }
  },
);
