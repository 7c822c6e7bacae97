import { describe, expect, it } from 'vitest';
import { layAreas, type AreaDrawing } from '../../src/layout/areas.js';

const wall = { widthPx: 960, heightPx: 540 };
const draw = (areas: string, tracks: Partial<AreaDrawing> = {}): AreaDrawing => ({
  areas,
  columns: undefined,
  rows: undefined,
  gapPx: 0,
  ...tracks,
});
const codesOf = (drawing: AreaDrawing): string[] => layAreas(drawing, wall).problems.map((problem) => problem.code);

describe('areas', () => {
  it('turns a drawing into rectangles, as CSS grid areas do', () => {
    const { areas, problems } = layAreas(
      draw('lobby  window-a\nlobby  window-b\nticker ticker\n', {
        columns: ['2fr', '1fr'],
        rows: ['1fr', '1fr', '48px'],
        gapPx: 2,
      }),
      wall,
    );
    expect(problems).toEqual([]);
    // 960 − 2 = 958 = 639 + 319 (2 : 1), 540 − 4 − 48 = 488 = 244 + 244.
    expect(areas.map(({ name, rectangle }) => [name, rectangle])).toEqual([
      ['lobby', { x: 0, y: 0, widthPx: 639, heightPx: 490 }],
      ['window-a', { x: 641, y: 0, widthPx: 319, heightPx: 244 }],
      ['window-b', { x: 641, y: 246, widthPx: 319, heightPx: 244 }],
      ['ticker', { x: 0, y: 492, widthPx: 960, heightPx: 48 }],
    ]);
  });

  it('covers every pixel of odd walls once', () => {
    for (const size of [
      { widthPx: 961, heightPx: 541 },
      { widthPx: 97, heightPx: 31 },
      { widthPx: 1_366, heightPx: 769 },
    ]) {
      const { areas } = layAreas(draw('a a b c\na a b d\ne f f f'), size);
      const covered = new Uint8Array(size.widthPx * size.heightPx);
      for (const { rectangle } of areas) {
        for (let y = rectangle.y; y < rectangle.y + rectangle.heightPx; y += 1) {
          for (let x = rectangle.x; x < rectangle.x + rectangle.widthPx; x += 1) {
            const index = y * size.widthPx + x;
            covered[index] = (covered[index] ?? 0) + 1;
          }
        }
      }
      expect(areas).toHaveLength(6);
      expect(covered.every((times) => times === 1)).toBe(true);
    }
  });

  it('leaves "." empty and does not mind blank lines and indentation', () => {
    const { areas } = layAreas(draw('\n   . lobby\n\n   .. lobby\n'), wall);
    expect(areas.map(({ name, rectangle }) => [name, rectangle])).toEqual([
      ['lobby', { x: 480, y: 0, widthPx: 480, heightPx: 540 }],
    ]);
  });

  it.each([
    ['an L', 'a a b\na b b', ['area-not-rectangle']],
    ['a hole', 'a a a\na b a\na a a', ['area-not-rectangle']],
    ['two islands', 'a b a', ['area-not-rectangle']],
    ['rows of different lengths', 'a b\na b c\n', ['areas-ragged']],
    ['nothing', ' \n \n', ['areas-empty']],
    ['only empty places', '. .\n. .', ['areas-empty']],
    ['a word that is no name', 'lobby win/dow', ['areas-bad-name']],
  ])('refuses %s', (_, areas, codes) => {
    expect(codesOf(draw(areas))).toEqual(codes);
  });

  it('names row and column of what stands in the way', () => {
    const [problem] = layAreas(draw('a a b\na b b'), wall).problems;
    expect(problem?.drawing).toEqual({ line: 1, word: 1 });
    expect(problem?.message).toContain('row 2, column 2');
  });

  it('refuses tracks that do not match the drawing', () => {
    expect(codesOf(draw('a b', { columns: ['1fr'] }))).toEqual(['tracks-do-not-match']);
    expect(codesOf(draw('a b', { rows: ['1fr', '1fr'] }))).toEqual(['tracks-do-not-match']);
    expect(codesOf(draw('a b', { rows: ['541px'] }))).toEqual(['tracks-too-large']);
  });
});
