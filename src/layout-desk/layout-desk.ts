/**
 * Where layouts are made. `HallLayouts` is what control knows as the layout desk: it writes layouts into the configuration file
 * (how, is `config/editing`'s business) and has them used; `draft-file.ts` keeps what is not ready for that, and
 * `layout-uses.ts` says what a layout is needed for.
 */
import { basename } from 'node:path';
import { changed, readFileText, replaceFileText, writeObstacle } from '../config/editing/configuration-file.js';
import { editLayouts, type EditedText, type LayoutEdit } from '../config/editing/layout-edit.js';
import { sameCells } from '../config/editing/layout-splices.js';
import { readConfiguration } from '../config/load.js';
import { ConfigurationError, formatProblems } from '../config/problems.js';
import type { SecretStore } from '../config/secrets.js';
import type { DraftToSave, EditableLayouts, LayoutDesk, LayoutDraft, LayoutToSave } from '../control/layout-desk.js';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Layout } from '../layout/layout.js';
import type { SwitcherState } from '../switcher/state.js';
import { DraftFile } from './draft-file.js';
import { usesOf } from './layout-uses.js';

export type HallLayoutsOptions = {
  /** The configuration. */
  readonly file: string;
  readonly secrets: SecretStore;
  /** Where drafts are kept; null: nowhere, they go with the service. */
  readonly directory: string | null;
  /** What is in use, for when the file cannot be. */
  readonly layoutsInUse: () => readonly Layout[];
  readonly state: () => SwitcherState;
  /** Reads the configuration file again; resolves when it is in use. */
  readonly reload: () => Promise<void>;
  readonly onDraftsChanged: () => void;
  readonly log: Logger;
};

type Source = EditedText & { readonly revision: string };

/** The layouts of one hall: those in its configuration, and drafts. */
export class HallLayouts implements LayoutDesk, Closable {
  readonly #options: HallLayoutsOptions;
  readonly #drafts: DraftFile;
  /** One change after the other. */
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
    const { file, layoutsInUse } = this.#options;
    const name = basename(file);
    const asUsed = (problem: 'invalid' | 'unreadable', revision: string | null): EditableLayouts => ({
      file: { name, revision, problem },
      layouts: layoutsInUse().map((layout) => ({
        ...layout,
        drawn: false,
        uses: usesOf(layout.id, this.#state(), null),
      })),
    });
    const read = await readFileText(file).catch(() => null);
    if (read === null) return asUsed('unreadable', null);
    const loaded = this.#parse(read.text);
    if (loaded instanceof ConfigurationError) return asUsed('invalid', read.revision);
    const { configuration } = loaded;
    return {
      file: { name, revision: read.revision, problem: await writeObstacle(file) },
      layouts: loaded.layouts.map((layout, index) => ({
        ...layout,
        drawn: configuration.layouts[index]?.cells === undefined,
        uses: usesOf(layout.id, this.#state(), configuration),
      })),
    };
  }

  save({ layout, replaces, fileRevision, confirm }: LayoutToSave): Promise<void> {
    return this.#change(fileRevision, { kind: 'save', layout, replaces }, (source) => {
      if (replaces === null) return;
      if (replaces !== layout.id) this.#requireUnused(replaces, source);
      const before = source.loaded.layouts.find(({ id }) => id === replaces);
      const isOnAir = this.#state().program === replaces;
      if (!isOnAir || confirm || before === undefined || sameCells(before.cells, layout.cells)) return;
      const words = `${replaces} is on air and would change there at once — repeat the request with confirm: true`;
      throw new GlasshallError('confirmation-needed', words, { reason: 'on-air', layout: replaces });
    });
  }

  delete({ layout, fileRevision }: Parameters<LayoutDesk['delete']>[0]): Promise<void> {
    return this.#change(fileRevision, { kind: 'delete', layout }, (source) => this.#requireUnused(layout, source));
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

  #change(fileRevision: string, edit: LayoutEdit, check: (source: Source) => void): Promise<void> {
    const { file, secrets, reload, log } = this.#options;
    return this.#inTurn(async () => {
      const source = await this.#source();
      if (source.revision !== fileRevision) throw changed(file);
      check(source);
      const { text } = edited(source, file, edit, secrets);
      if (text === source.text) return;
      await replaceFileText(file, text, source.revision);
      const layout = edit.kind === 'save' ? edit.layout.id : edit.layout;
      log.info({ file: basename(file), layout, change: edit.kind }, 'a layout of the configuration was changed');
      await reload();
    });
  }

  async #source(): Promise<Source> {
    const { file } = this.#options;
    const read = await readFileText(file).catch((failure: unknown) => {
      throw new GlasshallError(
        'configuration-invalid',
        `${basename(file)} cannot be read`,
        { file: basename(file) },
        { cause: failure },
      );
    });
    const loaded = this.#parse(read.text);
    if (!(loaded instanceof ConfigurationError)) return { ...read, loaded };
    const words = `mend what is wrong in the file first: ${formatProblems(basename(file), loaded.problems.slice(0, 1))}`;
    throw new GlasshallError('configuration-invalid', words, { file: basename(file) });
  }

  #parse(text: string): EditedText['loaded'] | ConfigurationError {
    try {
      return readConfiguration(text, this.#options.file, this.#options.secrets);
    } catch (failure) {
      if (failure instanceof ConfigurationError) return failure;
      throw failure;
    }
  }

  #requireUnused(layout: string, { loaded }: Source): void {
    const [use] = usesOf(layout, this.#state(), loaded.configuration);
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

/** @throws GlasshallError */
function edited(source: Source, file: string, edit: LayoutEdit, secrets: SecretStore): EditedText {
  try {
    return editLayouts(source, file, edit, secrets);
  } catch (failure) {
    if (!(failure instanceof ConfigurationError)) throw failure;
    const [first] = failure.problems;
    const { line, path, code } = first ?? { line: 1, path: '', code: 'bad-configuration' };
    const words = formatProblems(basename(file), failure.problems.slice(0, 1));
    throw new GlasshallError('bad-layout', words, {
      ...{ problem: code, path, line, message: first?.message ?? '', mend: first?.mend ?? '' },
      problems: failure.problems.length,
    });
  }
}
