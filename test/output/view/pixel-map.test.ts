import { describe, expect, it } from 'vitest';
import type { Size } from '../../../src/core/geometry.js';
import { ddpOptions } from '../../../src/output/drivers/ddp/options.js';
import { mapProblems } from '../../../src/output/view/map/checks.js';
import { mapOptions } from '../../../src/output/view/map/options.js';
import { pixelMapOf } from '../../../src/output/view/map/pixel-map.js';
import { placeCabinets } from '../../../src/output/view/map/place.js';
import { View } from '../../../src/output/view/view.js';
import { cut, picture } from '../pictures.js';

/** The wall pixels of a chain, in the order of the wire; −1 is a null pixel. */
function chain(options: object, area: Size): number[] {
  const map = mapOptions.parse(options);
  expect(mapProblems(map, area)).toEqual([]);
  return [...pixelMapOf(placeCabinets(map, area), area)];
}

/** For a chain that runs row by row from the top left: the place on the wire of every pixel. */
function wireOf(pixels: readonly number[]): number[] {
  const wire: number[] = [];
  pixels.forEach((pixel, index) => {
    if (pixel >= 0) wire[pixel] = index;
  });
  return wire;
}

describe('one cabinet', () => {
  const w = 5;
  const h = 3;
  const size = { widthPx: w, heightPx: h };
  /** FPP's PanelMatrix: the place on the wire of column x, row y, as the panel hangs. */
  const formulas: Readonly<Record<number, (x: number, y: number) => number>> = {
    0: (x, y) => y * w + x,
    90: (x, y) => (w - 1 - x) * h + y,
    180: (x, y) => w * h - 1 - (y * w + x),
    270: (x, y) => x * h + (h - 1 - y),
  };

  it.each([0, 90, 180, 270])('turned by %i° follows the formula', (rotation) => {
    const wire = wireOf(chain({ rotation, serpentine: false }, size));
    const expected = Array.from({ length: w * h }, (_, pixel) =>
      formulas[rotation]?.(pixel % w, Math.floor(pixel / w)),
    );
    expect(wire).toEqual(expected);
  });

  it.each([0, 90, 180, 270])('turned by %i° and mirrored is the same picture seen in a mirror', (rotation) => {
    for (const mirror of ['horizontal', 'vertical']) {
      const plain = chain({ rotation }, size);
      const seen = plain.map((pixel) => {
        const [x, y] = [pixel % w, Math.floor(pixel / w)];
        return mirror === 'horizontal' ? y * w + (w - 1 - x) : (h - 1 - y) * w + x;
      });
      expect(chain({ rotation, mirror }, size)).toEqual(seen);
    }
  });

  // Drawn by hand: 3×2 pixels, numbered 0 1 2 above 3 4 5.
  it.each([
    ['top-left', 'rows', true, [0, 1, 2, 5, 4, 3]],
    ['top-left', 'rows', false, [0, 1, 2, 3, 4, 5]],
    ['top-right', 'rows', true, [2, 1, 0, 3, 4, 5]],
    ['bottom-left', 'rows', true, [3, 4, 5, 2, 1, 0]],
    ['bottom-right', 'rows', false, [5, 4, 3, 2, 1, 0]],
    ['top-left', 'columns', true, [0, 3, 4, 1, 2, 5]],
    ['top-right', 'columns', false, [2, 5, 1, 4, 0, 3]],
    ['bottom-left', 'columns', true, [3, 0, 1, 4, 5, 2]],
    ['bottom-right', 'columns', true, [5, 2, 1, 4, 3, 0]],
  ] as const)('from %s along %s, serpentine %s', (start, direction, serpentine, expected) => {
    expect(chain({ start, direction, serpentine }, { widthPx: 3, heightPx: 2 })).toEqual(expected);
  });

  it('leaves null pixels between its lines', () => {
    expect(chain({ lineGap: 2 }, { widthPx: 2, heightPx: 3 })).toEqual([0, 1, -1, -1, 3, 2, -1, -1, 4, 5]);
  });
});

describe('an area', () => {
  it.each([{}, { grid: { columns: 1, rows: 1 } }])('anywhere on the wall is mapped as it lies there: %o', (map) => {
    const wall = { widthPx: 20, heightPx: 10 };
    const frame = picture(wall, 1);
    const area = { x: 7, y: 3, width: 5, height: 4 };
    const options = ddpOptions.parse({
      id: 'screen',
      type: 'ddp',
      host: '192.0.2.1',
      area,
      map: { ...map, serpentine: false },
    });
    const shown = new View(options, { wall, framesPerSecond: 25 }).of(frame);
    expect(shown).toMatchObject({ widthPx: 20, heightPx: 1, tick: 1 });
    expect(Buffer.from(shown.pixels).equals(cut(frame, 7, 3, 5, 4))).toBe(true);
  });
});

describe('a grid', () => {
  // Cabinets of 1×1: the chain is the order of the cabinets.
  const area = { widthPx: 3, heightPx: 2 };
  const order = (grid: object): number[] => chain({ grid: { columns: 3, rows: 2, ...grid } }, area);

  it('is wired there and back unless it is said otherwise', () => {
    expect(order({})).toEqual([0, 1, 2, 5, 4, 3]);
    expect(order({ serpentine: false })).toEqual([0, 1, 2, 3, 4, 5]);
    expect(order({ start: 'bottom-right' })).toEqual([5, 4, 3, 0, 1, 2]);
    expect(order({ start: 'top-right', direction: 'columns' })).toEqual([2, 5, 4, 1, 0, 3]);
    expect(order({ start: 'bottom-left', direction: 'columns', serpentine: false })).toEqual([3, 0, 4, 1, 5, 2]);
  });

  it('divides its area, or has cabinets of a size, a place and a gap', () => {
    expect(chain({ grid: { columns: 2, rows: 1 } }, { widthPx: 4, heightPx: 2 })).toEqual([0, 1, 5, 4, 2, 3, 7, 6]);
    const spaced = { grid: { columns: 2, rows: 1, width: 1, height: 1, x: 1, y: 1, gap: 1 } };
    expect(chain(spaced, { widthPx: 4, heightPx: 2 })).toEqual([5, 7]);
  });

  it('turns the cabinets of every second line where cables want it', () => {
    const turned = { serpentine: false, grid: { columns: 1, rows: 2, turned: true } };
    expect(chain(turned, { widthPx: 2, heightPx: 2 })).toEqual([0, 1, 3, 2]);
    expect(chain({ ...turned, rotation: 270 }, { widthPx: 1, heightPx: 4 })).toEqual([1, 0, 2, 3]);
  });

  it('breaks the chain before a cabinet, or before every so many', () => {
    const grid = { columns: 3, rows: 2 };
    const nulls = (count: number): number[] => Array.from({ length: count }, () => -1);
    expect(chain({ grid, breaks: { pixels: 3 } }, area).slice(0, 7)).toEqual([0, -1, -1, 1, -1, -1, 2]);
    expect(chain({ grid, breaks: { pixels: 10, cabinets: 4 } }, area)).toEqual([0, 1, 2, 5, ...nulls(6), 4, 3]);
    // A universe that is just full is followed by the next one at once.
    expect(chain({ grid, breaks: { pixels: 2, cabinets: 2 } }, area)).toEqual([0, 1, 2, 5, 4, 3]);
  });
});

describe('a list of cabinets', () => {
  it('is chained as it is written, each with its own wiring, gaps and beginnings', () => {
    const options = {
      serpentine: false,
      cabinets: [
        { x: 2, y: 0, width: 2, height: 1, gapBefore: 1 },
        { x: 0, y: 0, width: 2, height: 2, start: 'bottom-left', serpentine: true },
        { x: 2, y: 1, width: 1, height: 1, beginsAt: 9 },
      ],
    };
    expect(chain(options, { widthPx: 4, heightPx: 2 })).toEqual([-1, 2, 3, 4, 5, 1, 0, -1, -1, 6]);
  });

  it('covers every pixel of a large wall exactly once, in every wiring', () => {
    const area = { widthPx: 24, heightPx: 18 };
    for (const rotation of [0, 90, 180, 270])
      for (const start of ['top-left', 'top-right', 'bottom-left', 'bottom-right'])
        for (const direction of ['rows', 'columns']) {
          const pixels = chain({ rotation, start, direction, grid: { columns: 4, rows: 3, direction } }, area);
          expect([...pixels].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 * 18 }, (_, pixel) => pixel));
        }
  });
});
