import { useDesk } from '../../desk.js';
import { shownName } from '../../state/programme.js';
import type { ScheduleDay } from '../../state/hall.js';

/** What a day shows, in words: when, what, and by which rule. */
export function DayEntries({ day, isToday }: { readonly day: ScheduleDay; readonly isToday: boolean }) {
  const { hall, texts, wallClock, serverNow } = useDesk();
  const words = texts.value.programme.timetable;
  const wall = hall.wall.value;
  if (wall === null) return null;
  const nowMs = serverNow();
  const { time } = wallClock.value;
  const endMs = day.entries.at(-1)?.untilMs;
  return (
    <div class="day-entries" role="group" tabIndex={0} aria-label={words.day}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {day.entries.map(({ fromMs, untilMs, show, rule }) => {
            const isNow = isToday && fromMs <= nowMs && nowMs < untilMs;
            return (
              <tr key={fromMs} class={isNow ? 'is-now' : ''} aria-current={isNow ? 'time' : undefined}>
                <td>
                  {time(fromMs)}–{untilMs === endMs ? '24:00' : time(untilMs)}
                  {isNow && <span class="day-now-mark">{words.now}</span>}
                </td>
                <td>{shownName(wall, show)}</td>
                <td>{rule === null ? words.noRule : words.rule(rule)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
