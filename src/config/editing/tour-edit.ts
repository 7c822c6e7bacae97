import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { TourOptions } from '../../automation/options.js';
import { GlasshallError } from '../../core/errors.js';
import { scalarWords } from './layout-words.js';
import { relisting, wasBefore, type ListEntry } from './list-splices.js';
import { durationWords, stopWords, tourBlock, tourFlow } from './programme-words.js';
import {
  appending,
  columnOf,
  contentEndOf,
  lineBreakOf,
  NotEditable,
  removal,
  removingKey,
  replacing,
  setting,
  startOf,
  type Splice,
} from './splices.js';
import { appendingLines, listIn, restOfList, rootOf, type EditedText, type TextEdit } from './text-edit.js';

/** What becomes of the tours. `replaces`: id of the tour that gives way to it; null for one more. */
export type TourEdit =
  | { readonly kind: 'save'; readonly tour: TourOptions; readonly replaces: string | null }
  | { readonly kind: 'delete'; readonly tour: string };

/** The change of a tour. @throws GlasshallError `unknown-tour`; made, it may throw `tour-not-editable` */
export function tourEdit({ text, loaded }: EditedText, edit: TourEdit): TextEdit {
  const { tours } = loaded.configuration;
  const old = edit.kind === 'save' ? edit.replaces : edit.tour;
  const index = tours.findIndex(({ id }) => id === old);
  if (old !== null && index < 0) throw new GlasshallError('unknown-tour', `no tour is called "${old}"`, { tour: old });
  const before = tours[index];
  const place = index < 0 ? 'tours' : `tours[${index}]`;
  return {
    ways:
      edit.kind === 'delete'
        ? [() => deletion(index, tours.length, text)]
        : before === undefined
          ? [() => [newTour(edit.tour, text)]]
          : [
              () => tourSplices(tourAt(index, text), before, edit.tour, text),
              () => [wholeTour(tourAt(index, text), edit.tour, text)],
            ],
    rest: restOfList('tours', index, edit.kind === 'save'),
    says: ({ configuration }) =>
      edit.kind === 'delete'
        ? configuration.tours.every(({ id }) => id !== edit.tour)
        : configuration.tours.some((tour) => isDeepStrictEqual(tour, edit.tour)),
    refusal: () =>
      new GlasshallError(
        'tour-not-editable',
        `${place} is written in a way that is not changed by program (anchors, merges or tags) — change it by hand`,
        { path: place },
      ),
  };
}

function tourAt(index: number, text: string): YAMLMap {
  const map = listIn(rootOf(text), 'tours').items[index];
  if (!isMap(map)) throw new NotEditable('a tour that is no mapping');
  return map;
}

function deletion(index: number, count: number, text: string): readonly Splice[] {
  const root = rootOf(text);
  // Of an empty list nothing could say where its entries belong.
  return count === 1 ? removingKey(root, 'tours', text) : [removal(listIn(root, 'tours'), index, text)];
}

function newTour(tour: TourOptions, text: string): Splice {
  const root = rootOf(text);
  const list = root.get('tours', true);
  if (list === undefined) {
    const lines = tourBlock(tour).map((line, index) => `  ${index === 0 ? '- ' : '  '}${line}`);
    return appendingLines(root, ['tours:', ...lines], text);
  }
  if (!isSeq(list)) throw new NotEditable('tours is no list');
  return list.items.length === 0
    ? replacing(root, 'tours', `[${tourFlow(tour)}]`)
    : appending(list, tourFlow(tour), tourBlock(tour), text);
}

function tourSplices(map: YAMLMap, before: TourOptions, wanted: TourOptions, text: string): readonly Splice[] {
  const values = new Map<string, string>();
  if (wanted.id !== before.id) values.set('id', scalarWords(wanted.id));
  if (wanted.name !== before.name) values.set('name', scalarWords(wanted.name));
  if (wanted.skipDead !== before.skipDead) values.set('skipDead', String(wanted.skipDead));
  const splices = setting(map, values, text);
  if (isDeepStrictEqual(before.stops, wanted.stops)) return splices;
  return [...splices, ...relisting(listIn(map, 'stops'), stopEntries(before, wanted, text), text)];
}

function stopEntries(before: TourOptions, wanted: TourOptions, text: string): readonly ListEntry[] {
  const origins = wasBefore(before.stops, wanted.stops, (written, { layout, dwell }) =>
    written.layout !== layout ? 0 : written.dwell === dwell ? 2 : 1,
  );
  return wanted.stops.map((stop, position): ListEntry => {
    const index = origins[position] ?? null;
    if (index === null) return { kind: 'new', flow: stopWords(stop), block: [stopWords(stop)] };
    const isSame = before.stops[index]?.dwell === stop.dwell;
    const values = new Map(isSame ? [] : [['dwell', durationWords(stop.dwell)] as const]);
    return { kind: 'written', index, changes: (map) => setting(map, values, text) };
  });
}

function wholeTour(map: YAMLMap, wanted: TourOptions, text: string): Splice {
  const start = startOf(map.flow === true ? map : map.items[0]);
  const end = contentEndOf(map, text);
  if (map.flow === true) return { start, end, text: tourFlow(wanted) };
  return { start, end, text: tourBlock(wanted).join(lineBreakOf(text) + ' '.repeat(columnOf(start, text))) };
}
