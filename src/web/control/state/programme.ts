import { layoutOf } from './hall.js';
import type { Received, ScheduleDay, Tile, Wall, WallLayout } from './hall.js';

export type { ScheduleDay };
export type ScheduleEntry = ScheduleDay['entries'][number];
export type Tour = Wall['tours'][number];

const DAY_MS = 86_400_000;

/** So many dates from this one on, `2026-10-01`. */
export function datesFrom(date: string, count: number): readonly string[] {
  const firstMs = Date.parse(`${date}T00:00Z`);
  return Array.from({ length: count }, (_, index) => new Date(firstMs + index * DAY_MS).toISOString().slice(0, 10));
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay();
}

/** Where a moment lies in a day, 0 to 1. A day on which clocks are set has other than 24 hours. */
export function shareOfDay({ entries }: ScheduleDay, epochMs: number): number {
  const fromMs = entries[0]?.fromMs ?? 0;
  const untilMs = entries.at(-1)?.untilMs ?? fromMs + DAY_MS;
  return Math.min(1, Math.max(0, (epochMs - fromMs) / (untilMs - fromMs)));
}

/** The index of the stop that a running tour goes on to; null where it stays. */
export function nextStopIndex(tour: Tour, { running, next }: Wall['agenda']): number | null {
  if (running === null || running.tour !== tour.id || next === null || next.atMs !== running.untilMs) return null;
  const { length } = tour.stops;
  for (let step = 1; step < length; step += 1) {
    const index = (running.stopIndex + step) % length;
    if (tour.stops[index]?.layout === next.layout) return index;
  }
  return null;
}

const AWAY: ReadonlySet<Tile['state']> = new Set(['connecting', 'retrying', 'off', 'stale']);

/** Names of a layout's cameras when all of them are away, so that a tour passes it over; empty otherwise. */
export function deadCameras(layout: WallLayout, tiles: readonly Received<Tile>[]): readonly string[] {
  const sources = new Set(layout.cells.filter(({ enabled }) => enabled).map(({ source }) => source));
  const cameras = tiles.map(({ value }) => value).filter(({ camera }) => sources.has(camera));
  return cameras.every(({ state }) => AWAY.has(state)) ? cameras.map(({ name }) => name) : [];
}

/** The name of what a schedule shows: a layout or a tour. */
export function shownName(wall: Wall, id: string): string {
  return layoutOf(wall, id)?.name ?? wall.tours.find((tour) => tour.id === id)?.name ?? id;
}

/** The address of the rules inside of the view. */
export const EDIT_RULES = 'rules';
const NEW_TOUR = 'new-tour';
const TOUR = 'tour:';

/** The address of a tour inside of the view; null: of a new one. */
export function tourDetail(id: string | null): string {
  return id === null ? NEW_TOUR : TOUR + id;
}

/** Which tour an address means; null for a new one. */
export function editedTour(detail: string): string | null {
  return detail.startsWith(TOUR) ? detail.slice(TOUR.length) : null;
}
