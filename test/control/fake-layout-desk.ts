import type {
  DraftToSave,
  EditableLayouts,
  LayoutDesk,
  LayoutDraft,
  LayoutToSave,
} from '../../src/control/layout-desk.js';
import { GlasshallError } from '../../src/core/errors.js';
import type { Layout } from '../../src/layout/layout.js';

/** A layout desk in memory: it remembers what it was told to save, and its file has a new revision each time. */
export class FakeLayoutDesk implements LayoutDesk {
  readonly saved: LayoutToSave[] = [];
  readonly deleted: string[] = [];
  readonly #revisions = ['third', 'second', 'first'];
  readonly #layouts: () => readonly Layout[];
  readonly #onDraftsChanged: () => void;
  #drafts: readonly LayoutDraft[] = [];

  constructor(layouts: () => readonly Layout[], onDraftsChanged: () => void) {
    this.#layouts = layouts;
    this.#onDraftsChanged = onDraftsChanged;
  }

  async layouts(): Promise<EditableLayouts> {
    await Promise.resolve();
    return {
      file: { name: 'hall.yaml', revision: this.#revisions.at(-1) ?? null, problem: null },
      layouts: this.#layouts().map((layout) => ({ ...layout, drawn: true, uses: [{ kind: 'tour', name: '巡览' }] })),
    };
  }

  async save(request: LayoutToSave): Promise<void> {
    await this.#advance(request.fileRevision);
    this.saved.push(request);
  }

  async delete({ layout, fileRevision }: Parameters<LayoutDesk['delete']>[0]): Promise<void> {
    await this.#advance(fileRevision);
    this.deleted.push(layout);
  }

  drafts(): readonly LayoutDraft[] {
    return this.#drafts;
  }

  async saveDraft({ ifSavedAtMs: _seen, ...draft }: DraftToSave, by: string): Promise<void> {
    await Promise.resolve();
    this.#drafts = [{ ...draft, savedAtMs: 1_700_000_000_000, by }, ...this.#drafts];
    this.#onDraftsChanged();
  }

  async deleteDraft(id: string): Promise<void> {
    await Promise.resolve();
    if (!this.#drafts.some((draft) => draft.id === id)) throw new GlasshallError('unknown-draft', 'no such draft');
    this.#drafts = this.#drafts.filter((draft) => draft.id !== id);
    this.#onDraftsChanged();
  }

  async #advance(fileRevision: string): Promise<void> {
    await Promise.resolve();
    if (fileRevision !== this.#revisions.at(-1)) throw new GlasshallError('configuration-changed', 'another file');
    this.#revisions.pop();
  }
}
