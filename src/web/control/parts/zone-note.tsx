import { useDesk } from '../desk.js';

/** Says whose time is meant, to those whose own clock shows another one. */
export function ZoneNote() {
  const { texts, wallClock, serverNow } = useDesk();
  const { timeZone, isElsewhere } = wallClock.value;
  return isElsewhere(serverNow()) ? <span class="panel-note zone-note">{texts.value.wallTime(timeZone)}</span> : null;
}
