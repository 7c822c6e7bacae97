import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { ZoneNote } from '../../parts/zone-note.js';
import type { Wall } from '../../state/hall.js';
import { shownName } from '../../state/programme.js';
import type { WallClock } from '../../state/wall-clock.js';
import './agenda-panel.css';
import { HoldForm } from './hold-form.js';

/** What is on air now, who decided that, what comes next by itself and when; and how to hold it or go back to the schedule. */
export function AgendaPanel() {
  const { hall, texts, wallClock, serverNow, commands, may } = useDesk();
  const words = texts.value.programme.agenda;
  const wall = hall.wall.value;
  const nowMs = serverNow();
  if (wall === null) {
    return (
      <Panel id="agenda" heading={words.heading}>
        <Nothing words={texts.value.loading} />
      </Panel>
    );
  }
  const { agenda, automation } = wall;
  const isFollowing = automation.mode === 'schedule';
  return (
    <Panel id="agenda" heading={words.heading} aside={<ZoneNote />}>
      <dl class="agenda-facts">
        <dt>{words.onAir}</dt>
        <dd class="agenda-on-air">
          <span class="mark is-program">{texts.value.buses.programShort}</span>
          <strong>{shownName(wall, wall.program)}</strong>
        </dd>
        <dt>{words.decidedBy}</dt>
        <dd>{deciderWords(wall, texts.value, wallClock.value)}</dd>
        <dt>{words.next}</dt>
        <dd>
          {agenda.next === null
            ? words.nothingNext
            : words.nextAt(
                shownName(wall, agenda.next.layout),
                wallClock.value.time(agenda.next.atMs),
                durationWords(texts.value, agenda.next.atMs - nowMs + 999),
              )}
        </dd>
        {agenda.scheduled !== null && !isFollowing && (
          <>
            <dt>{words.scheduled}</dt>
            <dd>{shownName(wall, agenda.scheduled.show)}</dd>
          </>
        )}
      </dl>
      {agenda.scheduled === null && <Nothing words={words.noSchedule} />}
      <div class="agenda-actions">
        {agenda.scheduled !== null && (
          <button
            class={`button ${isFollowing ? '' : 'is-primary'}`}
            type="button"
            disabled={!may.value.operate || isFollowing}
            onClick={() => void commands.programme.followSchedule()}
          >
            {words.follow}
          </button>
        )}
        <HoldForm hasSchedule={agenda.scheduled !== null} />
      </div>
    </Panel>
  );
}

function deciderWords(wall: Wall, { programme }: Texts, { time }: WallClock): string {
  const words = programme.agenda;
  const { automation, agenda } = wall;
  switch (automation.mode) {
    case 'manual':
      return automation.untilMs === null ? words.manual : words.manualUntil(time(automation.untilMs));
    case 'tour':
      return words.tour(shownName(wall, automation.tour));
    case 'schedule':
      return agenda.running === null ? words.schedule : words.scheduleTour(shownName(wall, agenda.running.tour));
  }
}
