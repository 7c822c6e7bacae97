import type { LayoutCatalogue, LayoutMakingCommands } from '../../commands/layout-making.js';
import { isSame, layoutFrom } from '../../layout-editor/drawing.js';
import type { Wall } from '../../state/hall.js';
import { goTo } from '../../state/place.js';
import { detailOfDraft } from './work.js';
import type { Work } from './work.js';

/** Putting a work away: as a draft, or into the configuration. */
export type Saving = {
  /** @returns whether it is kept */
  saveDraft(): Promise<boolean>;
  save(catalogue: LayoutCatalogue, confirm: boolean): Promise<void>;
  /** Whether saving would change what is on air now. */
  changesAir(wall: Wall, catalogue: LayoutCatalogue): boolean;
  /** Whether the layout in the configuration is another than the one that the work began with. */
  isOutdated(catalogue: LayoutCatalogue): boolean;
};

export function createSaving(
  work: Work,
  commands: LayoutMakingCommands,
  reload: () => Promise<LayoutCatalogue | null>,
): Saving {
  const layout = (): ReturnType<typeof layoutFrom> => {
    const made = layoutFrom(work.history.value.present);
    return { ...made, name: made.name.trim() };
  };
  return {
    saveDraft: async () => {
      const { origin } = work;
      const { draft, replaces } = origin.value;
      const id = draft?.id ?? freshId();
      const saved = layout();
      // A draft may be without a name, and is found by one all the same.
      if (saved.name === '') saved.name = saved.id;
      await commands.saveDraft({ id, layout: saved, replaces, ifSavedAtMs: draft?.savedAtMs ?? null });
      // What counts is what is there: an answer that came too late may have been a yes.
      const catalogue = await reload();
      const kept = catalogue?.drafts.find((other) => other.id === id && isSame(other.layout, saved));
      if (kept === undefined) return false;
      const detail = detailOfDraft(id);
      origin.value = {
        ...origin.value,
        addresses: [detail, ...origin.value.addresses],
        kept: saved,
        draft: { id, savedAtMs: kept.savedAtMs },
      };
      goTo('layouts', detail);
      return true;
    },
    save: async ({ file }, confirm) => {
      const { origin } = work;
      const { draft, replaces } = origin.value;
      const saved = layout();
      if (file.revision === null) return;
      await commands.save({ layout: saved, replaces, fileRevision: file.revision, confirm });
      // What counts is what is there: an answer that came too late may have been a yes, and somebody else may have changed the file.
      const catalogue = await reload();
      if (catalogue?.layouts.some((other) => isSame(other, saved)) !== true) return;
      if (draft !== null) await commands.removeDraft(draft.id);
      origin.value = {
        ...origin.value,
        addresses: [saved.id, ...origin.value.addresses],
        replaces: saved.id,
        draft: null,
        kept: saved,
      };
      goTo('layouts', saved.id);
    },
    changesAir: ({ program }, { layouts }) => {
      const { replaces } = work.origin.value;
      const before = layouts.find(({ id }) => id === replaces);
      return (
        before !== undefined && program === replaces && !isSame({ ...before, name: '' }, { ...layout(), name: '' })
      );
    },
    isOutdated: ({ layouts }) => {
      const { replaces, kept, draft } = work.origin.value;
      const now = layouts.find(({ id }) => id === replaces);
      return draft === null && now !== undefined && kept !== null && !isSame(now, kept);
    },
  };
}

/** A name that no other draft has; no secret. */
function freshId(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `draft-${Date.now().toString(36)}-${random.toString(36)}`;
}
