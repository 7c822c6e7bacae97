import { computed, effect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import type { Hall } from '../state/hall.js';
import { datesFrom } from '../state/programme.js';
import type { ScheduleDay } from '../state/hall.js';
import type { Link } from './link.js';

const DAYS = 7;

/**
 * Asks for the schedule of a week from today on while somebody wants to see it: at once, when the link is back, when another
 * entry of it begins (so at midnight, too), when the wall changed and when there is another configuration.
 */
export function keepScheduleDays(hall: Hall, link: Link, wanted: ReadonlySignal<boolean>): void {
  const occasion = computed(() => {
    const wall = hall.wall.value;
    if (!wanted.value || link.state.value.kind !== 'open' || wall === null) return null;
    const loadedAtMs = hall.configurationLoadedAtMs.value ?? '';
    return `${wall.revision} ${loadedAtMs} ${wall.agenda.scheduled?.fromMs ?? ''}`;
  });
  effect(() => {
    const asked = occasion.value;
    if (asked === null) return;
    askWeek(link).then(
      (days) => {
        if (occasion.peek() === asked) hall.scheduleDays.value = days;
      },
      (thrown: unknown) => {
        // Lost with the connection: it is asked for again when that is back.
        if (!(thrown instanceof RequestError)) throw thrown;
      },
    );
  });
}

/** The server knows which day it is where the wall hangs. */
async function askWeek(link: Link): Promise<readonly ScheduleDay[]> {
  const { day: today } = await callVendor(link.connection(), 'GetSchedule', {});
  if (today === null) return [];
  const [, ...dates] = datesFrom(today.date, DAYS);
  const others = await Promise.all(dates.map((date) => callVendor(link.connection(), 'GetSchedule', { date })));
  return [today, ...others.map(({ day }) => day).filter((day) => day !== null)];
}
