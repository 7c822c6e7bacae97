import { useDesk } from '../../desk.js';
import type { Texts } from '../../i18n/languages.js';
import { layoutName } from '../../state/cells.js';
import { layoutOf } from '../../state/hall.js';
import type { Wall } from '../../state/hall.js';
import type { WallClock } from '../../state/wall-clock.js';
import './automation-strip.css';

/**
 * Who chooses what is on air, and the way back to the schedule when a person has overridden it. A wall with neither tours
 * nor a schedule has nothing to say here.
 */
export function AutomationStrip() {
  const { hall, texts, commands, may, wallClock } = useDesk();
  const words = texts.value.automation;
  const wall = hall.wall.value;
  if (wall === null || (wall.tours.length === 0 && wall.agenda.scheduled === null)) return null;
  const { automation, agenda } = wall;
  const { time } = wallClock.value;
  const nameOf = (id: string): string => {
    const layout = layoutOf(wall, id);
    if (layout !== null) return layoutName(layout, hall.tiles.value ?? [], texts.value);
    return wall.tours.find((tour) => tour.id === id)?.name ?? id;
  };
  const overridden = agenda.scheduled !== null && automation.mode !== 'schedule';
  return (
    <section class={`automation ${overridden ? 'is-overridden' : ''}`} aria-label={words.heading}>
      <p>
        <strong>{modeWords(wall, nameOf, time, words)}</strong>
        {overridden && agenda.scheduled !== null && (
          <span>{words.scheduled(nameOf(agenda.scheduled.show), time(agenda.scheduled.untilMs))}</span>
        )}
        {agenda.next !== null && <span>{words.next(nameOf(agenda.next.layout), time(agenda.next.atMs))}</span>}
      </p>
      {overridden ? (
        <button
          class="button"
          type="button"
          disabled={!may.value.operate}
          onClick={() => void commands.programme.followSchedule()}
        >
          {words.back}
        </button>
      ) : (
        automation.mode !== 'manual' && (
          <button
            class="button"
            type="button"
            disabled={!may.value.operate}
            onClick={() => void commands.programme.hold(null)}
          >
            {words.hold}
          </button>
        )
      )}
    </section>
  );
}

function modeWords(
  { automation, agenda }: Wall,
  nameOf: (id: string) => string,
  time: WallClock['time'],
  words: Texts['automation'],
): string {
  switch (automation.mode) {
    case 'manual':
      return automation.untilMs === null ? words.byHand : words.byHandUntil(time(automation.untilMs));
    case 'tour':
      return words.tour(nameOf(automation.tour));
    case 'schedule':
      return agenda.running === null
        ? words.schedule
        : `${words.schedule} · ${words.tour(nameOf(agenda.running.tour))}`;
  }
}
