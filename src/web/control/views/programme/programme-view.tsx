import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProgrammeCatalogue } from '../../commands/programme-making.js';
import { useDesk } from '../../desk.js';
import { AgendaPanel } from '../../panels/agenda/agenda-panel.js';
import { TimetablePanel } from '../../panels/timetable/timetable-panel.js';
import { ToursPanel } from '../../panels/tours/tours-panel.js';
import { Nothing } from '../../parts/panel.js';
import { EDIT_RULES, editedTour } from '../../state/programme.js';
import './programme-view.css';
import { RulesEditor } from './rules-editor.js';
import { TourEditor } from './tour-editor.js';

/** What comes on air by itself: now, today, this week; and the tours that do it. An admin makes them here. */
export function ProgrammeView() {
  const { place, may } = useDesk();
  const { detail } = place.value;
  if (detail !== null && may.value.administer) return <Making detail={detail} />;
  return (
    <>
      <AgendaPanel />
      <ToursPanel />
      <TimetablePanel />
    </>
  );
}

/** A tour, or the rules, with what the configuration says of them. */
function Making({ detail }: { readonly detail: string }) {
  const { hall, texts, commands } = useDesk();
  const catalogue = useSignal<ProgrammeCatalogue | null>(null);
  const loadedAtMs = hall.configurationLoadedAtMs.value;
  const load = async (): Promise<void> => {
    const loaded = await commands.programmeMaking.catalogue();
    if (loaded !== null) catalogue.value = loaded;
  };
  useEffect(() => void load(), [detail, loadedAtMs]);
  const wall = hall.wall.value;
  const known = catalogue.value;
  if (known === null || wall === null) return <Nothing words={texts.value.loading} />;
  if (detail === EDIT_RULES) return <RulesEditor wall={wall} catalogue={known} reload={load} />;
  return <TourEditor key={detail} id={editedTour(detail)} wall={wall} catalogue={known} reload={load} />;
}
