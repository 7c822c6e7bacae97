import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileWatch } from './config/watch.js';
import type { Closable } from './core/closing.js';
import { messageOf } from './core/errors.js';
import type { Logger } from './core/logger.js';
import { nobody, OperatorFile, type StoredOperators } from './operators/operator-file.js';

export type OperatorRegisterOptions = {
  /** The state folder; null: nobody can be added by the command. */
  readonly directory: string | null;
  readonly log: Logger;
};

/**
 * Who was added by the command, followed while the service runs. The door only ever closes: a file that vanishes takes its
 * operators along and leaves control closed, and one that is damaged leaves everybody who was in it before.
 */
export class OperatorRegister implements Closable {
  readonly #file: OperatorFile | null;
  readonly #log: Logger;
  #stored: StoredOperators | null = null;
  #watch: FileWatch | null = null;
  #reading: Promise<void> = Promise.resolve();
  #onChange: (stored: StoredOperators) => void = () => undefined;

  private constructor({ directory, log }: OperatorRegisterOptions) {
    this.#file = directory === null ? null : new OperatorFile(directory);
    this.#log = log;
  }

  /** Reads the file and begins to watch it. A damaged one is set aside; until somebody is added anew, nobody in it comes in. */
  static async open(options: OperatorRegisterOptions): Promise<OperatorRegister> {
    const register = new OperatorRegister(options);
    const file = register.#file;
    if (file === null) return register;
    const { log } = options;
    // What is not there cannot be watched; where it cannot be made, the state store says so.
    await mkdir(dirname(file.path), { recursive: true, mode: 0o700 }).catch(() => undefined);
    // Watched before it is read, so that no change falls between the two.
    register.#watch = await FileWatch.start({ file: file.path, log, onChange: () => void register.#readAgain() });
    const state = await file.read();
    if (state.kind === 'sound') register.#stored = state.stored;
    else if (state.kind !== 'absent') await register.#begin(file, state.reason, state.kind === 'damaged');
    return register;
  }

  /** Who stands in the file; null where there never was one. */
  get stored(): StoredOperators | null {
    return this.#stored;
  }

  /** Closes control where there is no file: nobody comes in until somebody is added. */
  lock(): void {
    this.#stored ??= nobody();
  }

  /** Called with whoever stands in the file from now on. */
  follow(onChange: (stored: StoredOperators) => void): void {
    this.#onChange = onChange;
  }

  async close(): Promise<void> {
    await this.#watch?.close();
    await this.#reading;
  }

  /** A start with a file that cannot be used: closed, and told. */
  async #begin(file: OperatorFile, reason: string, isDamaged: boolean): Promise<void> {
    this.#stored = nobody();
    const problem = { file: file.path, reason };
    if (!isDamaged) {
      const words =
        'the operators that were added by command cannot be read and cannot sign in: make the file readable';
      this.#log.error(problem, words);
      return;
    }
    try {
      const setAsideAs = await file.change((stored) => stored);
      const words = 'the file of operators is damaged: those who were added by command cannot sign in, add them anew';
      this.#log.error({ ...problem, setAsideAs }, words);
    } catch (failure) {
      this.#log.error({ ...problem, failure: messageOf(failure) }, 'the damaged file of operators cannot be set aside');
    }
    const state = await file.read();
    if (state.kind === 'sound') this.#stored = state.stored;
  }

  /** Never rejects. One after the other: the last change is the one that stays. */
  #readAgain(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const state = (await this.#file?.read()) ?? { kind: 'absent' };
    switch (state.kind) {
      case 'sound':
        this.#become(state.stored);
        this.#log.info({ operators: state.stored.operators.length }, 'the operators added by command have changed');
        return;
      case 'absent':
        if (this.#stored === null) return;
        this.#become(nobody());
        this.#log.warn(
          { file: this.#file?.path },
          'the file of operators is gone, and with it everybody who was in it',
        );
        return;
      default:
        this.#log.error(
          { file: this.#file?.path, reason: state.reason },
          'the file of operators cannot be used; those who were in it before still are: use the command to change it',
        );
    }
  }

  #become(stored: StoredOperators): void {
    this.#stored = stored;
    this.#onChange(stored);
  }
}
