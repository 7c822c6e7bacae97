import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Closable } from '../../core/closing.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { sealLine, type Link } from '../ledger/chain.js';
import type { UnnumberedEntry } from '../entry/entry.js';
import { expiredFiles, fileAfter, type LedgerFile } from '../ledger/file-name.js';
import type { AuditOptions } from '../options.js';
import { isMissing } from '../ledger/folder.js';
import { wallAfter } from '../entry/wall-after.js';
import { UNKNOWN_WALL, type WallShown } from '../entry/wall-shown.js';
import { AppendFile } from './append-file.js';
import { HeadFile } from './head-file.js';
import { lastBefore } from './last-before.js';
import { recover, type Recovered } from './recovery.js';

const BYTES_PER_MB = 1_000_000;
/** So much is written at once: on a disk that is nearly full, some of what waits still finds room. */
const PIECE_BYTES = 64 * 1024;

/** An entry and its JSON without number and hashes. */
export type Waiting = { readonly entry: UnnumberedEntry; readonly body: string };

/** What waits, made from an entry. */
export function waitingOf(entry: UnnumberedEntry): Waiting {
  const { atMs, kind, actor, ...details } = entry;
  return { entry, body: JSON.stringify({ atMs, kind, actor, ...details }) };
}

export type LedgerWriterOptions = {
  /** Made when it is missing. */
  readonly directory: string;
  /** As they are now. */
  readonly options: () => AuditOptions;
  /** The day of a moment, which names a file. */
  readonly dayOf: (atMs: number) => string;
  readonly now: () => number;
  readonly log: Logger;
};

/** The open files of the log: appends, turns to the next file, removes what need not be kept. One call at a time. */
export class LedgerWriter implements Closable {
  readonly #options: LedgerWriterOptions;
  readonly #head: HeadFile;
  #files: LedgerFile[];
  #current: { readonly file: LedgerFile; readonly appending: AppendFile } | null = null;
  #link: Link;
  #wall: WallShown;
  #tidiedOn: string | null = null;

  private constructor(options: LedgerWriterOptions, head: HeadFile, recovered: Recovered) {
    this.#options = options;
    this.#head = head;
    this.#files = [...recovered.files];
    this.#link = recovered.link;
    this.#wall = recovered.wall;
  }

  /**
   * Opens a log where it ended, and says in it what was found wrong.
   * @param known where it ended as far as this process knows, null when it has not written it before
   * @throws GlasshallError `in-use`; Error of the system
   */
  static async open(options: LedgerWriterOptions, known: Link | null): Promise<LedgerWriter> {
    const { directory, now, log } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const head = await HeadFile.open(directory);
    let ledger: LedgerWriter | null = null;
    try {
      const recovered = await recover(directory, head.found, known, now());
      ledger = new LedgerWriter(options, head, recovered);
      const { file, damages } = recovered;
      if (file !== null) ledger.#current = { file, appending: await AppendFile.open(join(directory, file.name)) };
      for (const damage of damages) log.error({ ...damage }, 'the audit log is damaged');
      for (let left = damages.map(waitingOf); left.length > 0;) left = left.slice(await ledger.append(left));
      await ledger.secure();
      return ledger;
    } catch (failure) {
      await (ledger ?? head).close();
      throw failure;
    }
  }

  /** The end of the chain. */
  get link(): Link {
    return this.#link;
  }

  /** Whether nobody else changed the file since it was written last. @throws Error of the system */
  async isUntouched(): Promise<boolean> {
    try {
      return (await this.#current?.appending.isUntouched()) ?? true;
    } catch (failure) {
      if (isMissing(failure)) return false;
      throw failure;
    }
  }

  /**
   * Writes some of these entries, the first ones.
   * @returns how many, at least one; `secure` sees that they are on the disk
   * @throws Error of the system; then none is written
   */
  async append(entries: readonly Waiting[]): Promise<number> {
    const [first] = entries;
    if (first === undefined) return 0;
    const day = this.#options.dayOf(first.entry.atMs);
    const appending = await this.#fileFor(first, day);
    let link = this.#link;
    let wall = this.#wall;
    let text = '';
    const add = (body: string): void => {
      const sealed = sealLine(body, link);
      text += sealed.line;
      link = sealed.link;
    };
    // Every file tells by itself what the wall shows where it begins.
    if (appending.sizeBytes === 0 && wall !== UNKNOWN_WALL) {
      add(waitingOf({ atMs: first.entry.atMs, kind: 'snapshot', actor: null, reason: 'new-file', wall }).body);
    }
    let count = 0;
    for (const { entry, body } of entries) {
      if (count > 0 && (text.length > PIECE_BYTES || this.#options.dayOf(entry.atMs) > day)) break;
      add(body);
      wall = wallAfter(wall, entry);
      count += 1;
    }
    await appending.append(Buffer.from(text));
    this.#link = link;
    this.#wall = wall;
    return count;
  }

  /** Resolves when all that was appended is on the disk, and the file beside the log says so. @throws Error of the system */
  async secure(): Promise<void> {
    await this.#current?.appending.sync();
    await this.#head.write(this.#link);
  }

  /** Removes the files that need not be kept any more, once a day, and says so in the log before. @throws Error of the system */
  async tidy(): Promise<void> {
    const { directory, options, dayOf, now, log } = this.#options;
    const today = dayOf(now());
    if (this.#tidiedOn === today) return;
    const gone = expiredFiles(this.#files, today, options().retentionDays);
    const [firstKept] = this.#files.slice(gone.length);
    if (gone.length > 0 && firstKept !== undefined) {
      const last = await lastBefore(join(directory, firstKept.name));
      const files = gone.map(({ name }) => name);
      await this.append([waitingOf({ atMs: now(), kind: 'retention', actor: null, files, last })]);
      await this.secure();
      for (const name of files) await this.#remove(name);
      log.info({ files }, 'removed what need not be kept of the audit log');
    }
    this.#tidiedOn = today;
  }

  /** What cannot be removed is tried again on the next day. */
  async #remove(name: string): Promise<void> {
    try {
      await rm(join(this.#options.directory, name), { force: true });
      this.#files = this.#files.filter((file) => file.name !== name);
    } catch (failure) {
      this.#options.log.error({ file: name, failure: messageOf(failure) }, 'a file of the audit log cannot be removed');
    }
  }

  async close(): Promise<void> {
    await this.#current?.appending.close();
    await this.#head.close();
  }

  /** The file that an entry goes into, the next one where the day or the size asks for it. */
  async #fileFor({ body }: Waiting, day: string): Promise<AppendFile> {
    const { directory, options, log } = this.#options;
    if (this.#current !== null) {
      const { file, appending } = this.#current;
      const isFull = appending.sizeBytes + body.length > options().maximumFileSizeMB * BYTES_PER_MB;
      if (appending.sizeBytes === 0 || (day <= file.day && !isFull)) return appending;
    }
    await this.#current?.appending.sync();
    const file = fileAfter(this.#files.at(-1) ?? null, day);
    const appending = await AppendFile.open(join(directory, file.name));
    await this.#current?.appending.close().catch((failure: unknown) => {
      log.warn({ failure: messageOf(failure) }, 'a file of the audit log could not be closed');
    });
    this.#current = { file, appending };
    this.#files.push(file);
    await syncFolder(directory);
    return appending;
  }
}

/** A new name is safe only when its folder is on the disk. */
async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
