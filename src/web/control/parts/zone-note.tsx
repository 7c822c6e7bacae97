import { useDesk } from '../desk.js';

/** Says whose time is meant, to those whose own clock shows another one. */
export function ZoneNote() {
  const { texts, wallClock, link, clock } = useDesk();
  const { timeZone, isElsewhere } = wallClock.value;
  const nowMs = clock.now.value >= 0 ? link.serverClock.now() : 0;
  return isElsewhere(nowMs) ? <span class="panel-note zone-note">{texts.value.wallTime(timeZone)}</span> : null;
}
