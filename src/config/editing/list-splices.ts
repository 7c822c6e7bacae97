import { isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import {
  applySplices,
  columnOf,
  contentEndOf,
  dashOf,
  lineBreakOf,
  lineEndOf,
  lineStartOf,
  nextLineOf,
  NotEditable,
  startOf,
  type Splice,
} from './splices.js';

/** An entry of a list as it is wanted: one that is written already, with what changes in it, or a new one. */
export type ListEntry =
  | { readonly kind: 'written'; readonly index: number; readonly changes: (map: YAMLMap) => readonly Splice[] }
  /** Between brackets; and in lines, without dash and indentation. */
  | { readonly kind: 'new'; readonly flow: string; readonly block: readonly string[] };

/**
 * A list that is not empty with its entries in another order, some gone, some new, some changed. An entry takes the comments right
 * above it along, but for the first: what stands above the first may be about all of them. @throws NotEditable
 */
export function relisting(list: YAMLSeq, entries: readonly ListEntry[], text: string): readonly Splice[] {
  const isInPlace =
    entries.length === list.items.length &&
    entries.every((entry, position) => entry.kind === 'written' && entry.index === position);
  if (isInPlace) return entries.flatMap((entry) => (entry.kind === 'written' ? entry.changes(mapAt(list, entry)) : []));
  return [list.flow === true ? rewrittenFlow(list, entries, text) : rewrittenBlock(list, entries, text)];
}

/**
 * Which written entry each wanted one was: the likest pairs first, of those as like the nearest; null for a new one.
 * @param likeness 0 where the two have nothing to do with each other
 */
export function wasBefore<T>(
  written: readonly T[],
  wanted: readonly T[],
  likeness: (written: T, wanted: T) => number,
): readonly (number | null)[] {
  const pairs = wanted.flatMap((entry, to) =>
    written.map((other, from) => ({ from, to, likeness: likeness(other, entry) })),
  );
  const distance = ({ from, to }: { readonly from: number; readonly to: number }): number => Math.abs(from - to);
  const found = new Map<number, number>();
  const taken = new Set<number>();
  for (const pair of pairs.sort((a, b) => b.likeness - a.likeness || distance(a) - distance(b))) {
    if (pair.likeness <= 0 || found.has(pair.to) || taken.has(pair.from)) continue;
    found.set(pair.to, pair.from);
    taken.add(pair.from);
  }
  return wanted.map((_entry, to) => found.get(to) ?? null);
}

function rewrittenFlow(list: YAMLSeq, entries: readonly ListEntry[], text: string): Splice {
  const places = list.items.map((item) => ({ start: startOf(item), end: contentEndOf(item, text) }));
  const [first, second] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) throw new NotEditable('an empty list');
  const between = places.slice(1).map(({ start }, index) => text.slice(places[index]?.end ?? start, start));
  if (between.some((words) => words.includes('#'))) throw new NotEditable('comments between brackets');
  const separator = second === undefined ? ', ' : (between[0] ?? ', ');
  const written = entries.map((entry) => {
    if (entry.kind === 'new') return entry.flow;
    const place = places[entry.index];
    if (place === undefined) throw new NotEditable('an entry that is not there');
    return part(text, place, entry.changes(mapAt(list, entry)));
  });
  return { start: first.start, end: last.end, text: written.join(separator) };
}

function rewrittenBlock(list: YAMLSeq, entries: readonly ListEntry[], text: string): Splice {
  const lineBreak = lineBreakOf(text);
  const column = columnOf(dashOf(startOf(list.items[0]), text), text);
  const ends = list.items.map((item) => nextLineOf(lineEndOf(contentEndOf(item, text), text), text));
  const start = lineStartOf(dashOf(startOf(list.items[0]), text), text);
  const end = ends.at(-1) ?? start;
  const places = ends.map((to, index) => ({ start: ends[index - 1] ?? start, end: to }));
  const isSpaced = places.slice(1).some((place) => EMPTY_LINES.test(text.slice(place.start, place.end)));
  const written = entries.map((entry, position) => {
    if (entry.kind === 'new') {
      const lines = entry.block.map(
        (line, index) => ' '.repeat(column) + (index === 0 ? '- ' : '  ') + line + lineBreak,
      );
      return (isSpaced && position > 0 ? lineBreak : '') + lines.join('');
    }
    const place = places[entry.index];
    if (place === undefined) throw new NotEditable('an entry that is not there');
    const changed = part(text, place, entry.changes(mapAt(list, entry)));
    const whole = changed.endsWith('\n') ? changed : changed + lineBreak;
    if (position === 0) return whole.replace(EMPTY_LINES, '');
    return entry.index === 0 && isSpaced ? lineBreak + whole : whole;
  });
  const joined = written.join('');
  return { start, end, text: end === text.length && !text.endsWith('\n') ? joined.trimEnd() : joined };
}

const EMPTY_LINES = /^(?:[ \t]*\r?\n)+/;

/** A part of the text with changes that lie in it. */
function part(text: string, place: Omit<Splice, 'text'>, changes: readonly Splice[]): string {
  const shifted = changes.map((change) => {
    if (change.start < place.start || change.end > place.end) throw new NotEditable('a change beyond its entry');
    return { ...change, start: change.start - place.start, end: change.end - place.start };
  });
  return applySplices(text.slice(place.start, place.end), shifted);
}

function mapAt(list: YAMLSeq, { index }: { readonly index: number }): YAMLMap {
  const item = list.items[index];
  if (!isMap(item)) throw new NotEditable('an entry that is no mapping');
  return item;
}
