import { describe, expect, it } from 'vitest';
import { pixelMapsOf } from '../../src/engine/pixel-maps.js';
import { outputOptions } from '../../src/output/options.js';
import { placeOf } from '../../src/pattern/place.js';
import { OUTPUTS, WALL } from './wall-of-six.js';

const MAPS = pixelMapsOf(OUTPUTS, WALL);

describe('the place of a pattern', () => {
  it('is the whole wall with every cabinet once, whoever else shows all of it', () => {
    const { area, cabinets } = placeOf({ kind: 'wall' }, MAPS, WALL);
    expect(area).toEqual({ x: 0, y: 0, ...WALL });
    expect(cabinets.map(({ output, outputNumber, number }) => [output, outputNumber, number])).toEqual([
      ['top', 2, 1],
      ['top', 2, 2],
      ['top', 2, 3],
      ['bottom', 3, 1],
      ['bottom', 3, 2],
      ['bottom', 3, 3],
    ]);
    expect(cabinets[0]?.rectangle).toEqual({ x: 160, y: 0, widthPx: 80, heightPx: 60 });
  });

  it('is what an output shows, counted from its own corner', () => {
    const { area, cabinets } = placeOf({ kind: 'output', output: 'bottom' }, MAPS, WALL);
    expect(area).toEqual({ x: 0, y: 60, widthPx: 240, heightPx: 60 });
    expect(cabinets.map(({ rectangle }) => [rectangle.x, rectangle.y])).toEqual([
      [0, 0],
      [80, 0],
      [160, 0],
    ]);
    expect(cabinets[1]).toMatchObject({ from: 4_800, to: 9_600, first: { x: 80, y: 59 }, lineEnd: { x: 80, y: 0 } });
  });

  it('is one cabinet, by its number on the chain', () => {
    const { area, cabinets } = placeOf({ kind: 'cabinet', output: 'top', cabinet: 3 }, MAPS, WALL);
    expect(area).toEqual({ x: 0, y: 0, widthPx: 80, heightPx: 60 });
    expect(cabinets).toMatchObject([{ number: 3, rectangle: { x: 0, y: 0, widthPx: 80, heightPx: 60 } }]);
  });

  it('takes an output without a map for one cabinet without a number', () => {
    const plain = pixelMapsOf([outputOptions.parse({ id: 'plain', type: 'ddp', host: '192.0.2.1' })], WALL);
    const { cabinets } = placeOf({ kind: 'wall' }, plain, WALL);
    expect(cabinets).toMatchObject([{ output: 'plain', number: null, from: 0, to: 28_800, last: { x: 239, y: 119 } }]);
  });

  it.each([
    [{ kind: 'output', output: 'nowhere' } as const, 'unknown-output'],
    [{ kind: 'cabinet', output: 'nowhere', cabinet: 1 } as const, 'unknown-output'],
    [{ kind: 'cabinet', output: 'top', cabinet: 4 } as const, 'unknown-cabinet'],
    [{ kind: 'cabinet', output: 'stream', cabinet: 1 } as const, 'unknown-cabinet'],
  ])('%o does not exist: %s', (target, code) => {
    expect(() => placeOf(target, MAPS, WALL)).toThrow(expect.objectContaining({ code }));
  });
});
