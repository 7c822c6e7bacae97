import { useDesk } from '../../desk.js';
import { shareOfDay, shownName } from '../../state/programme.js';
import type { ScheduleDay } from '../../state/hall.js';

const MARKS = [0, 6, 9, 12, 15, 18, 24] as const;
/** So much of a day has room for its name. */
const NAMED_FROM = 0.05;
/** Different things next to each other look different; which is which say their names. */
const TONES = 5;

/** The hours above the lines. */
export function HourMarks() {
  return (
    <div class="hour-marks" aria-hidden="true">
      {MARKS.map((hour) => (
        <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
          {hour}
        </span>
      ))}
    </div>
  );
}

/** A day from midnight to midnight: when the hall is open, what is shown when, and where it is now. The entries below say the same in words. */
export function DayLine({ day, isToday }: { readonly day: ScheduleDay; readonly isToday: boolean }) {
  const { hall, serverNow } = useDesk();
  const wall = hall.wall.value;
  if (wall === null) return null;
  const nowMs = serverNow();
  const kinds = [...wall.layouts.map(({ id }) => id), ...wall.tours.map(({ id }) => id)];
  const percent = (share: number): string => `${share * 100}%`;
  return (
    <span class="day-line" aria-hidden="true">
      {day.workingDay.open.map(({ fromMs, untilMs }) => (
        <span
          key={fromMs}
          class="day-open"
          style={{
            left: percent(shareOfDay(day, fromMs)),
            width: percent(shareOfDay(day, untilMs) - shareOfDay(day, fromMs)),
          }}
        />
      ))}
      {day.entries.map(({ fromMs, untilMs, show }) => {
        const width = shareOfDay(day, untilMs) - shareOfDay(day, fromMs);
        return (
          <span
            key={fromMs}
            class={`day-entry is-tone-${Math.max(0, kinds.indexOf(show)) % TONES}`}
            style={{ left: percent(shareOfDay(day, fromMs)), width: percent(width) }}
          >
            {width >= NAMED_FROM && shownName(wall, show)}
          </span>
        );
      })}
      {isToday && shareOfDay(day, nowMs) < 1 && (
        <span class="day-now" style={{ left: percent(shareOfDay(day, nowMs)) }} />
      )}
    </span>
  );
}
