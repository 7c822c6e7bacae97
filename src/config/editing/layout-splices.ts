import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Cell, Layout } from '../../layout/layout.js';
import { defaultCellId } from '../../layout/resolve.js';
import { cellsBlock, cellWords, entryWords, layoutBlock, layoutFlow, scalarWords } from './layout-words.js';
import {
  appending,
  columnOf,
  contentEndOf,
  keyOf,
  lineBreakOf,
  NotEditable,
  prepending,
  removal,
  replacing,
  setting,
  startOf,
  type Splice,
} from './splices.js';

/** Keys of a layout that is drawn. */
const DRAWING_KEYS: ReadonlySet<string> = new Set(['areas', 'columns', 'rows', 'gap']);

/** A layout and the mapping in which it is written. */
export type Written = { readonly map: YAMLMap; readonly layout: Layout };

/** What makes one layout of another where it is written, everything that stays the same untouched. @throws NotEditable */
export function layoutSplices({ map, layout }: Written, wanted: Layout, text: string): Splice[] {
  const splices: Splice[] = [];
  if (wanted.id !== layout.id) splices.push(replacing(map, 'id', scalarWords(wanted.id)));
  if (wanted.name !== layout.name) splices.push(replacing(map, 'name', scalarWords(wanted.name)));
  if (sameCells(layout.cells, wanted.cells)) return splices;
  const cells = map.get('cells', true);
  return isSeq(cells)
    ? [...splices, ...cellsSplices(cells, layout.cells, wanted.cells, text)]
    : [...splices, ...drawingSplices(map, wanted.cells, text)];
}

/** The whole layout written anew where it stands. @throws NotEditable */
export function wholeLayoutSplice({ map }: Written, wanted: Layout, text: string): Splice {
  const start = startOf(map.flow === true ? map : map.items[0]);
  const end = contentEndOf(map, text);
  if (map.flow === true) return { start, end, text: layoutFlow(wanted) };
  const indent = lineBreakOf(text) + ' '.repeat(columnOf(start, text));
  return { start, end, text: layoutBlock(wanted).join(indent) };
}

/** One more layout at the end of the list. @throws NotEditable */
export function newLayoutSplice(list: YAMLSeq, wanted: Layout, text: string): Splice {
  return appending(list, layoutFlow(wanted), layoutBlock(wanted), text);
}

/** Whether two lists have the same cells, in whatever order. */
export function sameCells(some: readonly Cell[], others: readonly Cell[]): boolean {
  const inOrder = (cells: readonly Cell[]): string =>
    JSON.stringify(
      [...cells]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, source, rectangle, z, fit }) => {
          const { x, y, widthPx, heightPx } = rectangle;
          return [id, source, x, y, widthPx, heightPx, z, fit];
        }),
    );
  return inOrder(some) === inOrder(others);
}

/** A drawing becomes a list of rectangles, which stands where the drawing stood. */
function drawingSplices(map: YAMLMap, cells: readonly Cell[], text: string): Splice[] {
  const drawn = map.items.flatMap((pair, index) => (DRAWING_KEYS.has(keyOf(pair)) ? [index] : []));
  if (map.flow === true || drawn.length === 0 || drawn.includes(0)) throw new NotEditable('a drawing between brackets');
  const indent = ' '.repeat(columnOf(startOf(map.items[0]), text));
  const lineBreak = lineBreakOf(text);
  const block = cellsBlock(cells).map((line) => indent + line + lineBreak);
  return drawn.map((index, position) => {
    const { start, end } = removal(map, index, text);
    if (position > 0) return { start, end, text: '' };
    return { start, end, text: end < text.length ? block.join('') : lineBreak + block.join('').trimEnd() };
  });
}

function cellsSplices(list: YAMLSeq, before: readonly Cell[], wanted: readonly Cell[], text: string): Splice[] {
  const written = list.items.map((item, index) => {
    if (!isMap(item)) throw new NotEditable('a cell that is no mapping');
    const id = item.get('id');
    const cell = before.find((candidate) => candidate.id === (typeof id === 'string' ? id : defaultCellId(index)));
    if (cell === undefined) throw new NotEditable('a cell that cannot be found again');
    return { map: item, cell };
  });
  const byId = new Map(wanted.map((cell) => [cell.id, cell]));
  const staying = written.filter(({ cell }) => byId.has(cell.id));
  if (staying.length === 0) throw new NotEditable('no cell stays');
  const added = wanted.filter((cell) => !written.some((other) => other.cell.id === cell.id));
  return [
    ...written.flatMap((entry, index) => (staying.includes(entry) ? [] : [removal(list, index, text)])),
    ...staying.flatMap(({ map, cell }, index) => cellSplices(map, cell, byId.get(cell.id) ?? cell, index, text)),
    ...joined(
      added.map((cell, index) => {
        const words = cellWords(cell, staying.length + index);
        return appending(list, words, [words], text);
      }),
    ),
  ];
}

/** Several additions in one place, as one. */
function joined(splices: readonly Splice[]): Splice[] {
  const [first] = splices;
  return first === undefined ? [] : [{ ...first, text: splices.map(({ text }) => text).join('') }];
}

function cellSplices(map: YAMLMap, before: Cell, wanted: Cell, index: number, text: string): Splice[] {
  const changes = new Map<string, string | number>();
  if (wanted.source !== before.source) changes.set('source', wanted.source);
  const [was, is] = [before.rectangle, wanted.rectangle];
  // Both of a direction: what is written as a share of the wall is rounded together with the other.
  if (was.x !== is.x || was.widthPx !== is.widthPx) changes.set('x', is.x).set('width', is.widthPx);
  if (was.y !== is.y || was.heightPx !== is.heightPx) changes.set('y', is.y).set('height', is.heightPx);
  if (wanted.z !== before.z) changes.set('z', wanted.z);
  if (wanted.fit !== before.fit) changes.set('fit', wanted.fit);
  const values = new Map(
    [...changes].flatMap(([key, value]): [string, string][] =>
      map.get(key) === value ? [] : [[key, typeof value === 'number' ? String(value) : scalarWords(value)]],
    ),
  );
  const splices = [...setting(map, values, text)];
  if (!map.has('id') && wanted.id !== defaultCellId(index)) {
    splices.push(prepending(map, entryWords('id', wanted.id), text));
  }
  return splices;
}
