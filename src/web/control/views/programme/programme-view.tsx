import { AgendaPanel } from '../../panels/agenda/agenda-panel.js';
import { TimetablePanel } from '../../panels/timetable/timetable-panel.js';
import { ToursPanel } from '../../panels/tours/tours-panel.js';
import './programme-view.css';

/** What comes on air by itself: now, today, this week; and the tours that do it. */
export function ProgrammeView() {
  return (
    <>
      <AgendaPanel />
      <ToursPanel />
      <TimetablePanel />
    </>
  );
}
