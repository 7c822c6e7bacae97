/**
 * Where layouts are made. `HallLayouts` is what control knows as the layout desk: it has layouts written into the configuration
 * file (how, is `config/editing`'s business) and used; `draft-file.ts` keeps what is not ready for that, and `layout-uses.ts`
 * says what a layout is needed for.
 */
import type { ConfigurationEditor } from '../config/editing/configuration-editor.js';
import { layoutEdit, type LayoutEdit } from '../config/editing/layout-edit.js';
import { sameCells } from '../config/editing/layout-splices.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { DraftToSave, EditableLayouts, LayoutDesk, LayoutDraft, LayoutToSave } from '../control/layout-desk.js';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Layout } from '../layout/layout.js';
import type { SwitcherState } from '../switcher/state.js';
import { DraftFile } from './draft-file.js';
import { usesOf } from './layout-uses.js';

export type HallLayoutsOptions = {
  /** Of the configuration; it is closed by whoever opened it. */
  readonly editor: ConfigurationEditor;
  /** Where drafts are kept; null: nowhere, they go with the service. */
  readonly directory: string | null;
  /** What is in use, for when the file cannot be. */
  readonly layoutsInUse: () => readonly Layout[];
  readonly state: () => SwitcherState;
  readonly onDraftsChanged: () => void;
  readonly log: Logger;
};

/** The layouts of one hall: those in its configuration, and drafts. */
export class HallLayouts implements LayoutDesk, Closable {
  readonly #options: HallLayoutsOptions;
  readonly #drafts: DraftFile;
  /** One change of the drafts after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: HallLayoutsOptions, drafts: DraftFile) {
    this.#options = options;
    this.#drafts = drafts;
  }

  /** Reads the drafts. */
  static async open(options: HallLayoutsOptions): Promise<HallLayouts> {
    return new HallLayouts(options, await DraftFile.open(options.directory, options.log));
  }

  async layouts(): Promise<EditableLayouts> {
    const { editor, layoutsInUse } = this.#options;
    const { file, loaded } = await editor.read();
    const configuration = loaded?.configuration ?? null;
    const layouts = loaded?.layouts ?? layoutsInUse();
    return {
      file,
      layouts: layouts.map((layout, index) => ({
        ...layout,
        drawn: configuration !== null && configuration.layouts[index]?.cells === undefined,
        uses: usesOf(layout.id, this.#state(), configuration),
      })),
    };
  }

  save({ layout, replaces, fileRevision, confirm }: LayoutToSave): Promise<void> {
    return this.#change(fileRevision, { kind: 'save', layout, replaces }, (loaded) => {
      if (replaces === null) return;
      if (replaces !== layout.id) this.#requireUnused(replaces, loaded);
      const before = loaded.layouts.find(({ id }) => id === replaces);
      const isOnAir = this.#state().program === replaces;
      if (!isOnAir || confirm || before === undefined || sameCells(before.cells, layout.cells)) return;
      const words = `${replaces} is on air and would change there at once — repeat the request with confirm: true`;
      throw new GlasshallError('confirmation-needed', words, { reason: 'on-air', layout: replaces });
    });
  }

  delete({ layout, fileRevision }: Parameters<LayoutDesk['delete']>[0]): Promise<void> {
    return this.#change(fileRevision, { kind: 'delete', layout }, (loaded) => this.#requireUnused(layout, loaded));
  }

  drafts(): readonly LayoutDraft[] {
    return this.#drafts.list();
  }

  async saveDraft(draft: DraftToSave, by: string): Promise<void> {
    await this.#inTurn(() => this.#drafts.save(draft, by));
    this.#options.onDraftsChanged();
  }

  async deleteDraft(id: string): Promise<void> {
    await this.#inTurn(() => this.#drafts.delete(id));
    this.#options.onDraftsChanged();
  }

  /** Lets what is being written be finished. */
  async close(): Promise<void> {
    await this.#turn;
  }

  #change(fileRevision: string, edit: LayoutEdit, check: (loaded: LoadedConfiguration) => void): Promise<void> {
    return this.#options.editor.change({
      fileRevision,
      edit: (source) => {
        check(source.loaded);
        return layoutEdit(source, edit);
      },
      badCode: 'bad-layout',
      what: { layout: edit.kind === 'save' ? edit.layout.id : edit.layout, change: edit.kind },
    });
  }

  #requireUnused(layout: string, { configuration }: LoadedConfiguration): void {
    const [use] = usesOf(layout, this.#state(), configuration);
    if (use === undefined) return;
    const where = { program: 'on air', preview: 'prepared', tour: 'a stop of a tour', schedule: 'in the schedule' }[
      use.kind
    ];
    const name = use.name === null ? '' : ` (${use.name})`;
    const words = `${layout} is ${where}${name} — take it out there first`;
    throw new GlasshallError('layout-in-use', words, { layout, where: use.kind, name: use.name });
  }

  #state(): SwitcherState {
    return this.#options.state();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
