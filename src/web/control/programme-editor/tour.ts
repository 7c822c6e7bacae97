import { IDENTIFIER } from '../../../core/identifier.js';
import type { EditableTour } from '../commands/programme-making.js';

/** A tour while it is made. */
export type DrawnTour = Pick<EditableTour, 'id' | 'name' | 'skipDead'> & {
  /** `seconds` as they are typed. `key` tells stops apart, which may be the same. */
  readonly stops: readonly { readonly key: number; readonly layout: string; readonly seconds: string }[];
};

export const MOST_STOPS = 128;
const NEW_STOP_SECONDS = '20';
const LEAST_SECONDS = 5;
const MOST_SECONDS = 86_400;

/** What is wrong with a tour before it is sent: with the whole of it, or a stop by its index. */
export type TourProblem = {
  readonly code: 'no-name' | 'name-taken' | 'bad-id' | 'id-taken' | 'no-stops' | 'bad-dwell' | 'unknown-layout';
  readonly stop: number | null;
};

export function drawnTour({ id, name, skipDead, stops }: Omit<EditableTour, 'uses'>): DrawnTour {
  return {
    ...{ id, name, skipDead },
    stops: stops.map(({ layout, dwellMs }, key) => ({ key, layout, seconds: String(dwellMs / 1_000) })),
  };
}

/** What is sent. */
export function givenTour({ id, name, skipDead, stops }: DrawnTour): Omit<EditableTour, 'uses'> {
  return {
    ...{ id, name: name.trim(), skipDead },
    stops: stops.map(({ layout, seconds }) => ({ layout, dwellMs: Math.round(Number(seconds) * 1_000) })),
  };
}

export function isSameTour(a: DrawnTour, b: DrawnTour): boolean {
  return JSON.stringify(givenTour(a)) === JSON.stringify(givenTour(b));
}

export function withStop(tour: DrawnTour, layout: string): DrawnTour {
  if (tour.stops.length >= MOST_STOPS) return tour;
  const key = Math.max(-1, ...tour.stops.map((stop) => stop.key)) + 1;
  return { ...tour, stops: [...tour.stops, { key, layout, seconds: tour.stops.at(-1)?.seconds ?? NEW_STOP_SECONDS }] };
}

/** How long a round takes, milliseconds. */
export function roundMs(tour: DrawnTour): number {
  return givenTour(tour).stops.reduce((sum, { dwellMs }) => sum + dwellMs, 0);
}

/** @param others the other tours @param layouts ids of the layouts that there are */
export function tourProblems(
  tour: DrawnTour,
  others: readonly Pick<EditableTour, 'id' | 'name'>[],
  layouts: ReadonlySet<string>,
): readonly TourProblem[] {
  const name = tour.name.trim();
  const codes: TourProblem['code'][] = [];
  if (name === '') codes.push('no-name');
  if (others.some((other) => other.name === name)) codes.push('name-taken');
  if (!IDENTIFIER.test(tour.id)) codes.push('bad-id');
  if (layouts.has(tour.id) || others.some(({ id }) => id === tour.id)) codes.push('id-taken');
  if (tour.stops.length === 0) codes.push('no-stops');
  return [
    ...codes.map((code) => ({ code, stop: null })),
    ...tour.stops.flatMap(({ layout, seconds }, stop): TourProblem[] => [
      ...(Number(seconds) >= LEAST_SECONDS && Number(seconds) <= MOST_SECONDS
        ? []
        : [{ code: 'bad-dwell', stop } as const]),
      ...(layouts.has(layout) ? [] : [{ code: 'unknown-layout', stop } as const]),
    ]),
  ];
}

/** A number that no tour and no layout is called by yet. */
export function freeTourNumber(taken: ReadonlySet<string>): number {
  let number = 1;
  while (taken.has(`tour-${number}`)) number += 1;
  return number;
}
