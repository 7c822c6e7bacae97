import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LayoutCatalogue } from '../../commands/layout-making.js';
import { useDesk } from '../../desk.js';
import { Nothing } from '../../parts/panel.js';
import { goTo } from '../../state/place.js';
import { Editor } from './editor.js';
import './layouts-view.css';
import { Shelf } from './shelf.js';
import { createWork, openWork, originOf } from './work.js';

/** Making layouts: all of them on a shelf, or one on the drawing board. */
export function LayoutsView() {
  const { hall, texts, commands, place, current } = useDesk();
  const catalogue = useSignal<LayoutCatalogue | null>(null);
  const isCurrent = current.value;
  // What they are and where they are needed changes with the wall; drafts say so themselves.
  const layouts = JSON.stringify(hall.wall.value?.layouts ?? []);
  const { program = '', preview = '' } = hall.wall.value ?? {};
  const drafts = hall.draftsChanged.value;
  const load = async (): Promise<LayoutCatalogue | null> => {
    const loaded = await commands.layoutMaking.catalogue();
    if (loaded !== null) catalogue.value = loaded;
    return loaded;
  };
  useEffect(() => {
    if (isCurrent) void load();
  }, [isCurrent, layouts, program, preview, drafts]);

  const { detail } = place.value;
  const known = catalogue.value;
  const wall = hall.wall.value;
  const isOpen = detail !== null && openWork.value?.origin.value.addresses.includes(detail) === true;
  useEffect(() => {
    if (detail === null || isOpen || known === null) return;
    const origin = originOf(detail, known);
    if (origin === null) goTo('layouts');
    else openWork.value = createWork(origin);
  }, [detail, isOpen, known]);

  if (known === null || wall === null) return <Nothing words={texts.value.loading} />;
  const work = openWork.value;
  if (detail === null || work === null || !isOpen) return <Shelf wall={wall} catalogue={known} />;
  return <Editor key={work.origin.value.addresses.at(-1)} work={work} wall={wall} catalogue={known} reload={load} />;
}
