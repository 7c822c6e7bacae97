/**
 * What operators decided, kept over restarts of anything: one small JSON file with a checksum, written atomically, with the
 * generation before it beside it. A file that cannot be read is set aside and reported, never silently replaced; a disk
 * that takes nothing is reported too, and the wall goes on.
 */
import { copyFile, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { backoffMs } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import { fileProblemOf } from '../core/file-problem.js';
import type { Logger } from '../core/logger.js';
import { asideName, FileDraft, isMissing, seal, unseal } from './sealed-file.js';

const FILE = 'state.json';
const PREVIOUS = 'state.previous.json';
const DRAFT = 'state.new.json';
const LARGEST_BYTES = 4 * 1024 * 1024;
/** Changes that follow each other faster are written together. */
const GATHER_MS = 100;

/** Whether what was decided last is on the disk. */
export type StoreStatus = {
  readonly isSaved: boolean;
  /** `disk-full`, `not-writable`, `write-failed`; null while all is well. */
  readonly problem: string | null;
};

export type StateStoreOptions<T> = {
  /** Made when it is missing. */
  readonly directory: string;
  readonly schema: z.ZodType<T>;
  readonly log: Logger;
  /** Called when the status changed. */
  readonly onStatus: (status: StoreStatus) => void;
};

/** Keeps one value of one shape. */
export class StateStore<T> implements Closable {
  readonly #options: StateStoreOptions<T>;
  #waiting: { readonly value: T } | null = null;
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #status: StoreStatus = { isSaved: true, problem: null };
  #closed = false;

  constructor(options: StateStoreOptions<T>) {
    this.#options = options;
  }

  get status(): StoreStatus {
    return this.#status;
  }

  /** What was kept last, or the generation before it; null where there is nothing that can be believed. */
  async load(): Promise<T | null> {
    for (const name of [FILE, PREVIOUS]) {
      const text = await this.#read(name);
      if (text === null) continue;
      try {
        return unseal(text, this.#options.schema);
      } catch (failure) {
        await this.#setAside(name, messageOf(failure));
      }
    }
    return null;
  }

  /** Keeps a value, soon: the latest wins. */
  save(value: T): void {
    if (this.#closed) return;
    this.#waiting = { value };
    this.#later(GATHER_MS);
  }

  /** Resolves when everything saved so far is on the disk, or known not to be. */
  async settled(): Promise<void> {
    await this.#writing;
    if (this.#waiting !== null) await this.#writeNow();
  }

  /** Writes what is still waiting. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #later(delayMs: number): void {
    if (this.#timer !== null || this.#writing !== null || this.#closed) return;
    this.#timer = setTimeout(() => void this.#writeNow(), delayMs);
  }

  #writeNow(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
      if (this.#waiting !== null) this.#later(this.#failures === 0 ? GATHER_MS : backoffMs(this.#failures));
    });
    return this.#writing;
  }

  /** Never rejects: what could not be written waits for another try. */
  async #write(): Promise<void> {
    const { waiting } = { waiting: this.#waiting };
    if (waiting === null) return;
    this.#waiting = null;
    try {
      await this.#replaceFile(waiting.value);
      this.#failures = 0;
      this.#become({ isSaved: true, problem: null });
    } catch (failure) {
      this.#failures += 1;
      this.#waiting ??= waiting;
      const problem = fileProblemOf(failure);
      if (problem !== this.#status.problem) {
        this.#options.log.error({ problem, failure: messageOf(failure) }, 'what was decided cannot be kept');
      }
      this.#become({ isSaved: false, problem });
    }
  }

  async #replaceFile(value: T): Promise<void> {
    const { directory } = this.#options;
    const draft = await FileDraft.open(directory, DRAFT);
    await copyFile(join(directory, FILE), join(directory, PREVIOUS)).catch(async (failure: unknown) => {
      if (isMissing(failure)) return;
      await draft.discard();
      throw failure;
    });
    await draft.become(FILE, seal(value));
  }

  async #read(name: string): Promise<string | null> {
    const path = join(this.#options.directory, name);
    try {
      const bytes = await readFile(path);
      if (bytes.length > LARGEST_BYTES) throw new RangeError('larger than a state can be');
      return bytes.toString('utf8');
    } catch (failure) {
      if (!isMissing(failure)) await this.#setAside(name, messageOf(failure));
      return null;
    }
  }

  async #setAside(name: string, reason: string): Promise<void> {
    const { directory, log } = this.#options;
    const aside = asideName(name);
    log.error({ file: name, setAsideAs: aside, reason }, 'the kept state is damaged');
    try {
      await rename(join(directory, name), join(directory, aside));
    } catch (failure) {
      log.error({ file: name, failure: messageOf(failure) }, 'the damaged state cannot be set aside');
    }
  }

  #become(status: StoreStatus): void {
    const { isSaved, problem } = this.#status;
    this.#status = status;
    if (status.isSaved !== isSaved || status.problem !== problem) this.#options.onStatus(status);
  }
}
