import type { TourOptions, WrittenRule } from '../../automation/options.js';
import { entryWords, scalarWords } from './layout-words.js';

/** A length of time as it is written in a configuration: whole minutes, whole seconds, milliseconds. */
export function durationWords(ms: number): string {
  if (ms > 0 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

/** A stop of a tour on one line. */
export function stopWords({ layout, dwell }: TourOptions['stops'][number]): string {
  return `{ ${entryWords('layout', layout)}, dwell: ${durationWords(dwell)} }`;
}

/** The stops of a tour between brackets. */
export function stopsFlow(stops: TourOptions['stops']): string {
  return `[${stops.map(stopWords).join(', ')}]`;
}

/** A tour between brackets. */
export function tourFlow(tour: TourOptions): string {
  return `{ ${[...tourEntries(tour), `stops: ${stopsFlow(tour.stops)}`].join(', ')} }`;
}

/** A tour as lines, for a place among others in a block. */
export function tourBlock(tour: TourOptions): readonly string[] {
  return [...tourEntries(tour), 'stops:', ...tour.stops.map((stop) => `  - ${stopWords(stop)}`)];
}

function tourEntries({ id, name, skipDead }: TourOptions): readonly string[] {
  return [entryWords('id', id), entryWords('name', name), ...(skipDead ? [] : ['skipDead: false'])];
}

/** The values of a rule by their keys, in the order in which people write them; null for what is not said. */
export function ruleValues({ name, when, days, from, to, show }: WrittenRule): ReadonlyMap<string, string | null> {
  const [first = ''] = days;
  return new Map([
    ['name', name === null ? null : scalarWords(name)],
    ['when', scalarWords(when)],
    [
      'days',
      days.length === 0 ? null : days.length === 1 ? scalarWords(first) : `[${days.map(scalarWords).join(', ')}]`,
    ],
    ['from', from === null ? null : scalarWords(from)],
    ['to', to === null ? null : scalarWords(to)],
    ['show', scalarWords(show)],
  ]);
}

/** A rule on one line. */
export function ruleWords(rule: WrittenRule): string {
  const entries = [...ruleValues(rule)].flatMap(([key, words]) => (words === null ? [] : [`${key}: ${words}`]));
  return `{ ${entries.join(', ')} }`;
}
