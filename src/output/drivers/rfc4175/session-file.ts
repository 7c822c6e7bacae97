import { rename, rm, writeFile } from 'node:fs/promises';
import { messageOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';

/** A session description on the disk: whole or not at all, and only for as long as somebody sends. */
export class SessionFile {
  readonly #path: string;
  readonly #describe: () => Promise<string>;
  readonly #log: Logger;
  #isWritten = false;
  #isRemoved = false;
  #hasFailed = false;
  #work: Promise<void> = Promise.resolve();

  constructor(path: string, describe: () => Promise<string>, log: Logger) {
    this.#path = path;
    this.#describe = describe;
    this.#log = log;
  }

  get isWritten(): boolean {
    return this.#isWritten;
  }

  /** Writes it, unless it is there. Never rejects: what fails is told once, and may be tried again. */
  write(): Promise<void> {
    this.#work = this.#work.then(() => this.#write());
    return this.#work;
  }

  /** @param keep leave the file to whoever sends from now on */
  close(keep: boolean): Promise<void> {
    this.#work = this.#work.then(() => this.#close(keep));
    return this.#work;
  }

  async #write(): Promise<void> {
    if (this.#isWritten || this.#isRemoved) return;
    const draft = `${this.#path}.new`;
    try {
      await writeFile(draft, await this.#describe());
      await rename(draft, this.#path);
      this.#isWritten = true;
    } catch (failure) {
      if (!this.#hasFailed) {
        this.#log.warn({ file: this.#path, failure: messageOf(failure) }, 'the session description cannot be written');
      }
      this.#hasFailed = true;
    }
  }

  async #close(keep: boolean): Promise<void> {
    this.#isRemoved = true;
    if (!this.#isWritten || keep) return;
    this.#isWritten = false;
    try {
      await rm(this.#path, { force: true });
    } catch (failure) {
      this.#log.warn({ file: this.#path, failure: messageOf(failure) }, 'the session description cannot be removed');
    }
  }
}
