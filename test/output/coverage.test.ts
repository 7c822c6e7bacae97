import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/output/coverage.js';
import { outputOptions, type OutputOptions } from '../../src/output/options.js';

const WALL = { widthPx: 20, heightPx: 10 };
const ddp = (id: string, more: object): OutputOptions =>
  outputOptions.parse({ id, type: 'ddp', host: '192.0.2.1', ...more });

describe('coverage', () => {
  it('is whole for an output of the whole wall, and for parts that fit', () => {
    const left = ddp('left', { area: { x: 0, y: 0, width: 7, height: 10 } });
    const right = ddp('right', { area: { x: 7, y: 0, width: 13, height: 10 }, map: {} });
    expect(coverageOf([ddp('screen', {})], WALL)).toEqual({ uncovered: [], shared: [] });
    expect(coverageOf([left, right], WALL)).toEqual({ uncovered: [], shared: [] });
  });

  it('names what nobody shows: beside areas and between cabinets', () => {
    const map = { grid: { columns: 2, rows: 1, width: 4, height: 6, gap: 2 } };
    const output = ddp('screen', { area: { x: 2, y: 1, width: 10, height: 9 }, map });
    const { uncovered } = coverageOf([output], WALL);
    expect(uncovered).toEqual([
      { x: 0, y: 0, widthPx: 20, heightPx: 1 },
      { x: 0, y: 1, widthPx: 2, heightPx: 6 },
      { x: 6, y: 1, widthPx: 2, heightPx: 6 },
      { x: 12, y: 1, widthPx: 8, heightPx: 6 },
      { x: 0, y: 7, widthPx: 20, heightPx: 3 },
    ]);
  });

  it('says which outputs show the same, once for each two', () => {
    const one = ddp('one', { area: { x: 0, y: 0, width: 20, height: 10 } });
    const other = ddp('other', { area: { x: 18, y: 8, width: 2, height: 2 } });
    expect(coverageOf([one, other, ddp('third', {})], WALL)).toEqual({
      uncovered: [],
      shared: [
        ['one', 'other'],
        ['one', 'third'],
      ],
    });
  });
});
