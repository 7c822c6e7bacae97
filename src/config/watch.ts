import { createHash } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';

/** Editors write a file in several steps. */
const SETTLE_MS = 200;
/** A folder in which something else is written all the time must not put off the look for ever. */
const LONGEST_SETTLE_MS = 1_000;
/** Looked at this often as well: some file systems tell nobody of their changes. */
const POLL_MS = 2_000;

export type FileWatchOptions = {
  readonly file: string;
  readonly log: Logger;
  /** Called when the content is another than before; also when the file can no longer be read. */
  readonly onChange: () => void;
};

/**
 * Notices that a file's content changed, however it was done: written in place, replaced by another (as editors do), or by
 * a symbolic link that now leads elsewhere (as mounted configurations do).
 */
export class FileWatch implements Closable {
  readonly #options: FileWatchOptions;
  readonly #poll: NodeJS.Timeout;
  #watcher: FSWatcher | null = null;
  #settling: NodeJS.Timeout | null = null;
  #unsettledSinceMs: number | null = null;
  #looking: Promise<void> | null = null;
  #known: string | null = null;
  #closed = false;

  private constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#poll = setInterval(() => this.#look(), POLL_MS);
  }

  /** What the file says now is what it is compared with. */
  static async start(options: FileWatchOptions): Promise<FileWatch> {
    const watching = new FileWatch(options);
    watching.#known = await contentOf(options.file);
    watching.#listen();
    return watching;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    if (this.#settling !== null) clearTimeout(this.#settling);
    this.#watcher?.close();
    await this.#looking;
  }

  /** The folder, because a file that is replaced is another file. */
  #listen(): void {
    const { file, log } = this.#options;
    try {
      this.#watcher = watch(dirname(file), () => {
        this.#unsettledSinceMs ??= monotonicMs();
        const leftMs = LONGEST_SETTLE_MS - (monotonicMs() - this.#unsettledSinceMs);
        if (this.#settling !== null) clearTimeout(this.#settling);
        this.#settling = setTimeout(() => this.#look(), Math.max(0, Math.min(SETTLE_MS, leftMs)));
      });
      this.#watcher.on('error', (failure) =>
        log.debug({ failure: failure.message }, 'the folder is looked at instead'),
      );
    } catch (failure) {
      log.debug({ failure: messageOf(failure) }, 'the folder is looked at instead');
    }
  }

  /** What the file says now is no news: somebody is about to read it. */
  async acknowledge(): Promise<void> {
    await this.#looking;
    this.#known = await contentOf(this.#options.file);
  }

  #look(): void {
    if (this.#closed) return;
    this.#unsettledSinceMs = null;
    this.#looking ??= contentOf(this.#options.file)
      .then((content) => {
        if (this.#closed || content === this.#known) return;
        this.#known = content;
        this.#options.onChange();
      })
      .finally(() => (this.#looking = null));
  }
}

/** A digest of the content; null when it cannot be read, for whatever reason: reading it for real says why. */
async function contentOf(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch(() => null);
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}
