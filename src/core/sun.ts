import { getTimes } from 'suncalc';

/** A place on the earth, degrees; north and east are positive. */
export type GeographicPosition = { readonly latitude: number; readonly longitude: number };

/** Sunrise and sunset: the sun's upper edge at the horizon; dawn and dusk: its centre 6° below (civil twilight). */
export type SunEvent = 'dawn' | 'sunrise' | 'sunset' | 'dusk';

/** When each happens on a day, epoch milliseconds; null: it does not. */
export type SunDay = Readonly<Record<SunEvent, number | null>>;

/**
 * The sun's day at a place. Near the poles the sun may stay above or below a height all day. Its day is then as on the last that
 * had both events, when they met: where it stays up, it rises at solar midnight and does not set; where it stays down, it sets
 * at solar noon and does not rise.
 * @param noonMs about noon of the day, by the clocks of the place, epoch milliseconds
 */
export function sunDayOf(noonMs: number, { latitude, longitude }: GeographicPosition): SunDay {
  const times = getTimes(new Date(noonMs), latitude, longitude);
  const noon = times.solarNoon.getTime();
  const pair = (rise: Date | null, set: Date | null, staysUp: boolean): [number | null, number | null] => {
    if (rise !== null && set !== null) return [rise.getTime(), set.getTime()];
    return staysUp ? [times.nadir.getTime(), null] : [null, noon];
  };
  const [sunrise, sunset] = pair(times.sunrise, times.sunset, times.alwaysUp === true);
  // What never comes down to the horizon does not come below it; what crosses the horizon stays above the twilight's height.
  const [dawn, dusk] = pair(times.dawn, times.dusk, times.alwaysDown !== true);
  return { dawn, sunrise, sunset, dusk };
}
