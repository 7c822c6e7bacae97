import type { SourceKind } from '../../../../src/layout/sources.js';
import { describe, expect, it } from 'vitest';
import { isInside, overlaps, type Size } from '../../../../src/core/geometry.js';
import {
  cellIn,
  drawingOf,
  isSame,
  layoutFrom,
  withCell,
  type Drawing,
} from '../../../../src/web/control/layout-editor/drawing.js';
import { historyOf, record, redo, undo, type History } from '../../../../src/web/control/layout-editor/history.js';
import {
  addCell,
  duplicateCells,
  mergeCells,
  moveCells,
  removeCells,
  reorderCell,
  splitCell,
} from '../../../../src/web/control/layout-editor/operations.js';
import { between, evened, HANDLES, kept, resized } from '../../../../src/web/control/layout-editor/placing.js';
import { problemsOf } from '../../../../src/web/control/layout-editor/problems.js';
import { snapMoved, snapResized } from '../../../../src/web/control/layout-editor/snapping.js';
import { TEMPLATES, templateOf } from '../../../../src/web/control/layout-editor/templates.js';
import { randomNumbers } from '../../../control/random.js';

const wall: Size = { widthPx: 960, heightPx: 540 };
const rectangle = (x: number, y: number, widthPx: number, heightPx: number) => ({ x, y, widthPx, heightPx });
const empty = drawingOf({ id: 'new', name: '新', cells: [] });
const sources = (...cameras: string[]): Map<string, SourceKind> => new Map(cameras.map((id) => [id, 'camera']));
const SOURCES = ['lobby', 'window-a', 'window-b', 'ticker', 'clock'];

function soundness(drawing: Drawing, size: Size): string | null {
  const ids = new Set(drawing.cells.map(({ id }) => id));
  if (ids.size !== drawing.cells.length) return 'two cells of one name';
  for (const [index, cell] of drawing.cells.entries()) {
    const { x, y, widthPx, heightPx } = cell.rectangle;
    if (![x, y, widthPx, heightPx].every(Number.isInteger)) return `fractions in ${cell.id}`;
    if (widthPx < 1 || heightPx < 1) return `${cell.id} is empty`;
    if (!isInside(cell.rectangle, size)) return `${cell.id} leaves the wall`;
    for (const lower of drawing.cells.slice(0, index)) {
      if (overlaps(lower.rectangle, cell.rectangle) && lower.z >= cell.z) return `${cell.id} is not above ${lower.id}`;
    }
  }
  return null;
}

/** One operation by chance, as a hand might do it, nonsense included. */
function operate(drawing: Drawing, size: Size, random: () => number): Drawing {
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const far = (): number => whole(-1_500, 1_500);
  const some = (): string => drawing.cells[whole(0, drawing.cells.length - 1)]?.id ?? 'nobody';
  const cell = cellIn(drawing, some());
  const others = drawing.cells.filter((other) => other !== cell).map((other) => other.rectangle);
  switch (whole(0, 9)) {
    case 0:
      return addCell(
        drawing,
        SOURCES[whole(0, 4)] ?? '',
        between({ x: far(), y: far() }, { x: far(), y: far() }, size),
        size,
      ).drawing;
    case 1:
      return moveCells(drawing, [some(), some()], far(), far(), size);
    case 2:
      return drawing.cells.length > 12
        ? drawing
        : splitCell(drawing, some(), whole(1, 4), whole(1, 3), size, SOURCES).drawing;
    case 3:
      return mergeCells(drawing, [some(), some()]).drawing;
    case 4:
      return duplicateCells(drawing, [some()], size).drawing;
    case 5:
      return reorderCell(drawing, some(), (['front', 'forward', 'backward', 'back'] as const)[whole(0, 3)] ?? 'front')
        .drawing;
    case 6:
      return drawing.cells.length < 8 ? drawing : removeCells(drawing, [some(), some()]).drawing;
    case 7: {
      if (cell === null) return drawing;
      const pulled = resized(
        cell.rectangle,
        HANDLES[whole(0, 7)] ?? 'se',
        far(),
        far(),
        size,
        random() < 0.5 ? 16 / 9 : null,
      );
      return withCell(drawing, cell.id, { rectangle: evened(pulled, size, { x: random() < 0.5, y: false }) });
    }
    case 8: {
      if (cell === null) return drawing;
      const handle = HANDLES[whole(0, 7)] ?? 'se';
      const snapped =
        random() < 0.5
          ? snapMoved(cell.rectangle, others, size, whole(0, 40))
          : snapResized(cell.rectangle, handle, others, size, whole(0, 40));
      return withCell(drawing, cell.id, { rectangle: snapped.rectangle });
    }
    default:
      return cell === null
        ? drawing
        : withCell(drawing, cell.id, { rectangle: kept(rectangle(far(), far(), far(), far()), size) });
  }
}

describe('a drawing', () => {
  it.each([
    [960, 540],
    [1_919, 1_081],
    [96, 48],
    [40, 700],
    [10, 9],
  ])(
    'on a wall of %i×%i never leaves it, has no empty cell, and takes every step back and forth',
    (widthPx, heightPx) => {
      const size = { widthPx, heightPx };
      for (let seed = 1; seed <= 12; seed += 1) {
        const below = randomNumbers(seed * 7_919);
        const random = (): number => below(1_000_003) / 1_000_003;
        let history: History = historyOf(empty);
        const seen: Drawing[] = [empty];
        for (let step = 0; step < 120; step += 1) {
          const next = record(history, operate(history.present, size, random));
          expect(soundness(next.present, size), `seed ${seed}, step ${step}`).toBe(null);
          if (next === history) continue;
          expect(undo(next).present).toBe(history.present);
          expect(redo(undo(next)).present).toBe(next.present);
          history = next;
          seen.push(next.present);
        }
        const last = history.present;
        for (const earlier of seen.slice(0, -1).reverse()) {
          history = undo(history);
          expect(history.present).toBe(earlier);
        }
        expect(undo(history)).toBe(history);
        while (history.future.length > 0) history = redo(history);
        expect(history.present).toBe(last);
      }
    },
  );

  it('takes steps of one topic back together, and forgets what was taken back when it goes on', () => {
    const a = addCell(empty, 'lobby', rectangle(0, 0, 100, 100), wall).drawing;
    const b = moveCells(a, ['cell-1'], 1, 0, wall);
    const c = moveCells(b, ['cell-1'], 1, 0, wall);
    const history = record(record(record(historyOf(empty), a), b, 'arrows'), c, 'arrows');
    expect(undo(history).present).toBe(a);
    expect(redo(record(undo(history), b)).present).toBe(b);
    expect(record(history, { ...c })).toBe(history);
  });

  it('snaps to edges, middle, thirds and neighbours with their gap, and says to which', () => {
    const other = rectangle(0, 0, 300, 540);
    expect(snapMoved(rectangle(305, 5, 200, 100), [other], wall, 6)).toEqual({
      rectangle: rectangle(302, 0, 200, 100),
      guides: [
        { axis: 'x', at: 302 },
        { axis: 'y', at: 0 },
      ],
    });
    expect(snapMoved(rectangle(383, 200, 200, 100), [], wall, 6).guides).toEqual([{ axis: 'x', at: 480 }]);
    expect(snapResized(rectangle(400, 100, 237, 100), 'e', [other], wall, 6)).toEqual({
      rectangle: rectangle(400, 100, 240, 100),
      guides: [{ axis: 'x', at: 640 }],
    });
    expect(snapResized(rectangle(400, 100, 220, 100), 'n', [other], wall, 6).guides).toEqual([]);
  });

  it('keeps its shape when it is told to, whichever handle is pulled', () => {
    const cell = rectangle(320, 180, 320, 180);
    for (const handle of HANDLES) {
      const { widthPx, heightPx } = resized(cell, handle, 37, 21, wall, 16 / 9);
      expect(Math.abs(widthPx / heightPx - 16 / 9), handle).toBeLessThan(0.02);
    }
    expect(resized(cell, 'se', 9_999, 9_999, wall, 16 / 9)).toEqual(rectangle(320, 180, 640, 360));
    expect(resized(cell, 'nw', 9_999, 9_999, wall, null)).toEqual(rectangle(624, 344, 16, 16));
  });

  it('is split evenly with a gap, and merged into what it was', () => {
    const whole = addCell(empty, 'lobby', rectangle(0, 0, 960, 540), wall);
    const split = splitCell(whole.drawing, 'cell-1', 3, 2, wall, ['window-a']);
    expect(split.drawing.cells.map((cell) => [cell.id, cell.source, cell.rectangle.x, cell.rectangle.widthPx])).toEqual(
      [
        ['cell-1', 'lobby', 0, 319],
        ['cell-2', 'window-a', 321, 319],
        ['cell-3', 'lobby', 642, 318],
        ['cell-4', 'lobby', 0, 319],
        ['cell-5', 'lobby', 321, 319],
        ['cell-6', 'lobby', 642, 318],
      ],
    );
    expect(mergeCells(split.drawing, split.selection).drawing.cells).toEqual(whole.drawing.cells);
    const small = addCell(empty, 'lobby', rectangle(0, 0, 32, 32), wall).drawing;
    expect(splitCell(small, 'cell-1', 2, 1, wall, []).drawing).toBe(small);
  });

  it('has an order, from which follows what lies above', () => {
    let drawing = empty;
    for (const x of [0, 50, 100]) drawing = addCell(drawing, 'lobby', rectangle(x, 0, 200, 100), wall).drawing;
    expect(drawing.cells.map(({ id, z }) => `${id} ${z}`)).toEqual(['cell-1 0', 'cell-2 1', 'cell-3 2']);
    const back = reorderCell(drawing, 'cell-3', 'back').drawing;
    expect(back.cells.map(({ id, z }) => `${id} ${z}`)).toEqual(['cell-3 0', 'cell-1 1', 'cell-2 2']);
    const forward = reorderCell(back, 'cell-3', 'forward').drawing;
    expect(forward.cells.map(({ id }) => id)).toEqual(['cell-1', 'cell-3', 'cell-2']);
  });

  it('keeps heights of the configuration, and never gives a name twice', () => {
    const given = {
      id: 'pip',
      name: '画中画',
      cells: [
        { id: 'cell-2', source: 'lobby', rectangle: rectangle(600, 0, 300, 200), z: 7, fit: 'contain' as const },
        { id: 'cell-1', source: 'window-a', rectangle: rectangle(0, 0, 960, 540), z: 3, fit: 'cover' as const },
      ],
    };
    const drawing = drawingOf(given);
    expect(isSame(layoutFrom(moveCells(drawing, ['cell-2'], 0, 0, wall)), given)).toBe(true);
    const without = removeCells(drawing, ['cell-2']).drawing;
    expect(addCell(without, 'clock', rectangle(0, 0, 80, 40), wall).selection).toEqual(['cell-3']);
  });

  it.each(TEMPLATES)('begins with the template %s, which can be saved as it is', (name) => {
    for (const size of [wall, { widthPx: 1_920, heightPx: 1_080 }, { widthPx: 540, heightPx: 1_919 }]) {
      const drawing = templateOf(name, { id: 'new', name: '新' }, size, ['lobby', 'window-a'], true);
      expect(soundness(drawing, size)).toBe(null);
      const problems = problemsOf(drawing, { wall: size, sources: sources('lobby', 'window-a'), others: [] });
      expect(problems.map(({ code }) => code)).toEqual(name === 'empty' ? ['no-cells'] : []);
    }
  });

  it('is told what the configuration would not take, and at which cell', () => {
    let drawing = addCell({ ...empty, id: 'Bad', name: '大厅' }, 'gone', rectangle(0, 0, 300, 200), wall).drawing;
    drawing = addCell(drawing, 'ticker', rectangle(0, 500, 60, 20), wall).drawing;
    const others = [{ id: 'hall', name: '大厅' }];
    expect(problemsOf(drawing, { wall, sources: sources('lobby'), others })).toEqual([
      { cell: null, code: 'name-taken' },
      { cell: null, code: 'bad-id' },
      { cell: 'cell-1', code: 'unknown-source' },
      { cell: 'cell-2', code: 'cell-too-small' },
    ]);
  });
});
