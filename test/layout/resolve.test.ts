import { describe, expect, it } from 'vitest';
import { isInside, type Size } from '../../src/core/geometry.js';
import { checkLayout } from '../../src/layout/checks.js';
import type { Layout } from '../../src/layout/layout.js';
import { layoutOptions } from '../../src/layout/options.js';
import { resolveLayout } from '../../src/layout/resolve.js';

const wall: Size = { widthPx: 960, heightPx: 540 };
const sources = new Map([
  ...['lobby', 'window-a', 'window-b'].map((id) => [id, 'camera'] as const),
  ['queue-board', 'board'] as const,
]);

const options = (written: object): ReturnType<typeof layoutOptions.parse> =>
  layoutOptions.parse({ id: 'layout', name: '布局', ...written });

function resolved(written: object, size: Size = wall): Layout {
  const { layout, problems } = resolveLayout(options(written), size);
  if (layout === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return layout;
}

function problemsOf(written: object, size: Size = wall): { code: string; path: string }[] {
  const resolution = resolveLayout(options(written), size);
  const problems =
    resolution.layout === null
      ? resolution.problems
      : checkLayout(resolution.layout, resolution.origins, { wall: size, sources });
  return problems.map(({ code, path }) => ({ code, path: path.join('.') }));
}

const whole = { x: 0, y: 0, width: '100%', height: '100%' };

describe('layout', () => {
  it('places rectangles in pixels and per cent of the wall', () => {
    const layout = resolved({
      cells: [
        { source: 'lobby', ...whole },
        { source: 'window-a', x: '68%', y: '4%', width: '28%', height: '28%', z: 1, fit: 'contain' },
      ],
    });
    // 68 % of 960 is 652.8, 96 % is 921.6; 4 % of 540 is 21.6, 32 % is 172.8.
    expect(layout.cells).toEqual([
      { id: 'cell-1', source: 'lobby', rectangle: { x: 0, y: 0, widthPx: 960, heightPx: 540 }, z: 0, fit: 'cover' },
      {
        id: 'cell-2',
        source: 'window-a',
        rectangle: { x: 653, y: 22, widthPx: 269, heightPx: 151 },
        z: 1,
        fit: 'contain',
      },
    ]);
  });

  it('lets cells that meet in per cent meet in pixels, on every width', () => {
    const shares = [12.5, 20.83, 33.34, 33.33];
    for (let widthPx = 16; widthPx < 3_000; widthPx += 1) {
      let start = 0;
      const cells = shares.map((share) => {
        const cell = { source: 'lobby', x: `${start.toFixed(2)}%`, y: 0, width: `${share}%`, height: '100%' };
        start += share;
        return cell;
      });
      const placed = resolved({ cells }, { widthPx, heightPx: 16 }).cells;
      placed.forEach(({ rectangle }, index) => {
        const previous = placed[index - 1]?.rectangle;
        expect(rectangle.x).toBe(previous === undefined ? 0 : previous.x + previous.widthPx);
      });
      expect((placed.at(-1)?.rectangle.x ?? 0) + (placed.at(-1)?.rectangle.widthPx ?? 0)).toBe(widthPx);
    }
  });

  it('sorts by z, in written order where z is equal, and keeps ids by written order', () => {
    const layout = resolved({
      cells: [
        { source: 'lobby', ...whole, z: 5 },
        { source: 'window-a', x: 0, y: 0, width: 100, height: 100 },
        { source: 'window-b', x: 200, y: 0, width: 100, height: 100 },
      ],
    });
    expect(layout.cells.map(({ id, z }) => `${id} ${z}`)).toEqual(['cell-2 0', 'cell-3 0', 'cell-1 5']);
  });

  it('names the cells of a drawing after their areas', () => {
    const layout = resolved({ areas: 'lobby window-a\nticker ticker', rows: ['1fr', '48px'] });
    expect(layout.cells.map(({ id, source }) => [id, source])).toEqual([
      ['lobby', 'lobby'],
      ['window-a', 'window-a'],
      ['ticker', 'ticker'],
    ]);
    expect(layout.cells.every(({ rectangle }) => isInside(rectangle, wall))).toBe(true);
  });

  it('accepts overlaps with an order, and cells that only touch', () => {
    expect(
      problemsOf({
        cells: [
          { source: 'lobby', x: 0, y: 0, width: '50%', height: '100%' },
          { source: 'window-a', x: '50%', y: 0, width: '50%', height: '100%' },
          { source: 'window-b', x: '40%', y: 10, width: '20%', height: 100, z: 1 },
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ['an overlap without z', { source: 'window-a', x: 900, y: 500, width: 60, height: 40 }, 'cells-overlap', 'cells.1'],
    [
      'an overlap at the same z',
      { source: 'window-a', x: 0, y: 0, width: 60, height: 40, z: 0 },
      'cells-overlap',
      'cells.1',
    ],
    [
      'a cell that leaves the wall to the right',
      { source: 'window-a', x: 901, y: 0, width: 60, height: 40, z: 1 },
      'cell-off-wall',
      'cells.1',
    ],
    [
      'a cell that leaves it by a per cent',
      { source: 'window-a', x: '73%', y: 0, width: '28%', height: 40, z: 1 },
      'cell-off-wall',
      'cells.1',
    ],
    ['a negative place', { source: 'window-a', x: -1, y: 0, width: 60, height: 40, z: 1 }, 'cell-off-wall', 'cells.1'],
    ['a cell without area', { source: 'window-a', x: 0, y: 0, width: 0, height: 40, z: 1 }, 'cell-empty', 'cells.1'],
    [
      'an unknown camera',
      { source: 'window-c', x: 0, y: 0, width: 60, height: 40, z: 1 },
      'unknown-source',
      'cells.1.source',
    ],
    [
      'a ticker that nobody can read',
      { source: 'ticker', x: 0, y: 0, width: 600, height: 16, z: 1 },
      'cell-too-small',
      'cells.1',
    ],
    [
      'a clock that nobody can read',
      { source: 'clock', x: 0, y: 0, width: 40, height: 40, z: 1 },
      'cell-too-small',
      'cells.1',
    ],
  ])('refuses %s', (_, cell, code, path) => {
    expect(problemsOf({ cells: [{ source: 'lobby', ...whole }, cell] })).toEqual([{ code, path }]);
  });

  it('refuses tracks beside cells', () => {
    expect(problemsOf({ columns: ['1fr'], cells: [{ source: 'lobby', ...whole }] })).toEqual([
      { code: 'tracks-without-areas', path: 'columns' },
    ]);
  });
});
