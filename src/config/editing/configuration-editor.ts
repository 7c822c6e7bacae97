import { basename } from 'node:path';
import type { Closable } from '../../core/closing.js';
import { GlasshallError } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { readConfiguration, type LoadedConfiguration } from '../load.js';
import { ConfigurationError, formatProblems } from '../problems.js';
import type { SecretStore } from '../secrets.js';
import { changed, readFileText, replaceFileText, writeObstacle, type FileText } from './configuration-file.js';
import { editText, type EditedText, type TextEdit } from './text-edit.js';

export type ConfigurationEditorOptions = {
  /** The configuration. */
  readonly file: string;
  readonly secrets: SecretStore;
  /** Reads the configuration file again; resolves when it is in use. */
  readonly reload: () => Promise<void>;
  readonly log: Logger;
};

/** The configuration file as somebody sees it who wants to change it. */
export type ConfigurationReading = {
  readonly file: {
    /** Without its folders. */
    readonly name: string;
    /** Digest of its content; null where it cannot be read. */
    readonly revision: string | null;
    /** Why it cannot be changed. `invalid`: it has mistakes. */
    readonly problem: 'read-only' | 'invalid' | 'unreadable' | null;
  };
  /** What it says; null where it cannot be read or has mistakes. */
  readonly loaded: LoadedConfiguration | null;
};

/** What is to change in the file. */
export type ConfigurationChange = {
  /** `ConfigurationReading.file.revision` of what the change was made from. */
  readonly fileRevision: string;
  /** Says no by a GlasshallError, or how the text changes. */
  readonly edit: (source: EditedText) => TextEdit;
  /** Code of the refusal where the result would have mistakes, such as `bad-layout`. */
  readonly badCode: string;
  /** For the log. */
  readonly what: Readonly<Record<string, string>>;
};

/** The one who writes into the configuration file: one change after the other, each in use before the next is made. */
export class ConfigurationEditor implements Closable {
  readonly #options: ConfigurationEditorOptions;
  readonly #name: string;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ConfigurationEditorOptions) {
    this.#options = options;
    this.#name = basename(options.file);
  }

  async read(): Promise<ConfigurationReading> {
    const { file } = this.#options;
    const read = await readFileText(file).catch(() => null);
    const name = this.#name;
    if (read === null) return { file: { name, revision: null, problem: 'unreadable' }, loaded: null };
    const { text, revision } = read;
    const loaded = this.#parse(text);
    if (loaded instanceof ConfigurationError) return { file: { name, revision, problem: 'invalid' }, loaded: null };
    return { file: { name, revision, problem: await writeObstacle(file) }, loaded };
  }

  /**
   * Makes a change, which is in use when it resolves.
   * @throws GlasshallError `configuration-changed`, `configuration-invalid`, `badCode` (with `problem`, `path`, `line`, `message`, `mend`
   * of the first mistake and how many `problems` there are), `configuration-read-only`, `configuration-mounted`,
   * `configuration-not-written`, and those of the edit; then the file is as it was
   */
  change({ fileRevision, edit, badCode, what }: ConfigurationChange): Promise<void> {
    const { file, reload, log } = this.#options;
    const done = this.#turn.then(async () => {
      const source = await this.#source();
      if (source.revision !== fileRevision) throw changed(file);
      const { text } = this.#edited(source, edit(source), badCode);
      if (text === source.text) return;
      await replaceFileText(file, text, source.revision);
      log.info({ file: this.#name, ...what }, 'the configuration was changed');
      await reload();
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Lets what is being written be finished. */
  async close(): Promise<void> {
    await this.#turn;
  }

  async #source(): Promise<EditedText & FileText> {
    const file = this.#name;
    const read = await readFileText(this.#options.file).catch((cause: unknown) => {
      throw new GlasshallError('configuration-invalid', `${file} cannot be read`, { file }, { cause });
    });
    const loaded = this.#parse(read.text);
    if (!(loaded instanceof ConfigurationError)) return { ...read, loaded };
    const words = `mend what is wrong in the file first: ${formatProblems(file, loaded.problems.slice(0, 1))}`;
    throw new GlasshallError('configuration-invalid', words, { file });
  }

  #parse(text: string): LoadedConfiguration | ConfigurationError {
    try {
      return readConfiguration(text, this.#options.file, this.#options.secrets);
    } catch (failure) {
      if (failure instanceof ConfigurationError) return failure;
      throw failure;
    }
  }

  /** @throws GlasshallError */
  #edited(source: EditedText, edit: TextEdit, badCode: string): EditedText {
    const { file, secrets } = this.#options;
    try {
      return editText(source, file, edit, secrets);
    } catch (failure) {
      if (!(failure instanceof ConfigurationError)) throw failure;
      const [first] = failure.problems;
      const { line, path, code } = first ?? { line: 1, path: '', code: 'bad-configuration' };
      const words = formatProblems(this.#name, failure.problems.slice(0, 1));
      throw new GlasshallError(badCode, words, {
        ...{ problem: code, path, line, message: first?.message ?? '', mend: first?.mend ?? '' },
        problems: failure.problems.length,
      });
    }
  }
}
