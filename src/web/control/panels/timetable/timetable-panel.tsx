import { useSignal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import type { Texts } from '../../i18n/languages.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { hashOf } from '../../state/place.js';
import { EDIT_RULES, weekdayOf } from '../../state/programme.js';
import type { ScheduleDay } from '../../state/hall.js';
import type { WallClock } from '../../state/wall-clock.js';
import { DayEntries } from './day-entries.js';
import { DayLine, HourMarks } from './day-line.js';
import './timetable-panel.css';

/** A week at a glance, a line for each day; and the entries of the day that is chosen. */
export function TimetablePanel() {
  const { hall, texts, wallClock, may } = useDesk();
  const words = texts.value.programme.timetable;
  const days = hall.scheduleDays.value;
  const chosen = useSignal<string | null>(null);
  const [today] = days ?? [];
  const day = days?.find(({ date }) => date === chosen.value) ?? today;
  return (
    <Panel
      id="timetable"
      heading={words.heading}
      aside={
        may.value.administer ? (
          <a class="button is-quiet panel-action" href={hashOf({ view: 'programme', detail: EDIT_RULES })}>
            {texts.value.making.editRules}
          </a>
        ) : (
          <span class="panel-note">{texts.value.making.needAdmin}</span>
        )
      }
    >
      {days === null && <Nothing words={texts.value.loading} />}
      {days?.length === 0 && <Nothing words={words.empty} />}
      {days !== null && day !== undefined && (
        <>
          <div class="week" role="group" aria-label={words.week}>
            <HourMarks />
            {days.map((each) => (
              <button
                key={each.date}
                class="week-day"
                type="button"
                aria-pressed={each === day}
                onClick={() => (chosen.value = each.date)}
              >
                <span class="week-date">
                  <strong>{each === today ? words.today : (words.weekdays[weekdayOf(each.date)] ?? '')}</strong>{' '}
                  <span>{each.date.slice(5)}</span>
                </span>{' '}
                <span class="week-hours">{hoursWords(each, texts.value, wallClock.value)}</span>
                <DayLine day={each} isToday={each === today} />
              </button>
            ))}
          </div>
          <DayEntries day={day} isToday={day === today} />
        </>
      )}
    </Panel>
  );
}

/** Whether the hall is open on a day, when, and why it is not as usual. */
export function hoursWords(day: ScheduleDay, { programme }: Texts, { time }: WallClock): string {
  const words = programme.timetable;
  const { kind, name, open } = day.workingDay;
  const hours = open.map(({ fromMs, untilMs }) => `${time(fromMs)}–${time(untilMs)}`);
  const isOpen = hours.length === 0 ? words.closed : words.openDay(hours.join(' '));
  if (name === null) return isOpen;
  return kind === 'holiday' ? words.holiday(name) : `${words.working(name)} · ${isOpen}`;
}
