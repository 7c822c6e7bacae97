import { LEAST_DWELL_MS, type TourOptions } from './options.js';

/** Where a tour is. `enteredAtMs` is on the monotonic clock, which nobody sets. */
export type TourProgress = { readonly stopIndex: number; readonly enteredAtMs: number };

/** Whether a layout shows nothing but cameras that are away. */
export type IsDead = (layout: string) => boolean;

/**
 * A tour begins where the wall is, if the layout on air is one of its stops, and otherwise at the first stop that has something to show.
 * @param onAir layout id
 */
export function beginTour(tour: TourOptions, onAir: string, nowMs: number, isDead: IsDead): TourProgress {
  const stays = tour.stops.findIndex(({ layout }) => layout === onAir && !isPassedOver(tour, layout, isDead));
  const stopIndex = stays >= 0 ? stays : (nextStop(tour, -1, isDead) ?? 0);
  return { stopIndex, enteredAtMs: nowMs };
}

/**
 * Goes on when its time has come; the same object when it has not. A stop that has nothing to show any more is left early.
 * Where all stops are dead, the tour stands still: their slates say what is wrong.
 */
export function advanceTour(tour: TourOptions, progress: TourProgress, nowMs: number, isDead: IsDead): TourProgress {
  if (nowMs < dueMs(tour, progress, isDead)) return progress;
  const stopIndex = nextStop(tour, progress.stopIndex, isDead);
  return stopIndex === null || stopIndex === progress.stopIndex ? progress : { stopIndex, enteredAtMs: nowMs };
}

/** When this stop ends, on the monotonic clock; in the past where there is nowhere to go. */
export function dueMs(tour: TourOptions, { stopIndex, enteredAtMs }: TourProgress, isDead: IsDead): number {
  const stop = tour.stops[stopIndex];
  if (stop === undefined) return enteredAtMs;
  return enteredAtMs + (isPassedOver(tour, stop.layout, isDead) ? LEAST_DWELL_MS : stop.dwell);
}

/** The stop that comes after one, in a circle: itself when it is the only one; null when none has anything to show. */
export function nextStop(tour: TourOptions, stopIndex: number, isDead: IsDead): number | null {
  for (let step = 1; step <= tour.stops.length; step += 1) {
    const index = (stopIndex + step) % tour.stops.length;
    const stop = tour.stops[index];
    if (stop !== undefined && !isPassedOver(tour, stop.layout, isDead)) return index;
  }
  return null;
}

/** Goes on in a tour that was written anew: at the stop with the layout where it was, if that is still there. */
export function carryOver(before: TourOptions, progress: TourProgress, after: TourOptions): TourProgress | null {
  const layout = before.stops[progress.stopIndex]?.layout;
  const same = after.stops[progress.stopIndex]?.layout === layout;
  const stopIndex = same ? progress.stopIndex : after.stops.findIndex((stop) => stop.layout === layout);
  return stopIndex < 0 ? null : { ...progress, stopIndex };
}

function isPassedOver(tour: TourOptions, layout: string, isDead: IsDead): boolean {
  return tour.skipDead && isDead(layout);
}
