/**
 * The audit log: who did what, and what the wall showed. `entry.ts` says what is kept and `chain.ts` how one entry hangs on the one
 * before; `writing/` keeps it on disk, one file after the other; `reading/` verifies, searches, exports, and tells what was on the wall
 * at a moment. This is the way in for whoever has something to record: nobody ever waits for the disk.
 *
 * Entries are gathered for a tenth of a second, written together and brought to the disk (fdatasync); a power cut costs at most
 * what came since. A disk that takes nothing is a state: entries wait, so many, and a gap is said in the log.
 */
import { EventEmitter } from 'node:events';
import { backoffMs, type BackoffOptions } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import { fileProblemOf } from '../core/file-problem.js';
import type { Logger } from '../core/logger.js';
import type { Link } from './ledger/chain.js';
import type { AuditEvent, UnnumberedEntry } from './entry/entry.js';
import { calendarOf } from './ledger/file-name.js';
import type { AuditOptions } from './options.js';
import { wallAfter } from './entry/wall-after.js';
import { UNKNOWN_WALL, type WallShown } from './entry/wall-shown.js';
import { LedgerWriter } from './writing/ledger-writer.js';
import { EntryQueue } from './writing/queue.js';

const GATHER_MS = 100;
const RETRY: BackoffOptions = { firstMs: 1_000, maximumMs: 30_000, jitter: 0.2 };

/** How the log is. */
export type AuditStatus = {
  /** `disk-full`, `not-writable`, `write-failed`, or `in-use` by another process; null while all is well. */
  readonly problem: string | null;
  /** Entries written since the start. */
  readonly written: number;
  /** Entries that are not on the disk yet. */
  readonly waiting: number;
  /** Entries since the start that found no room. */
  readonly lost: number;
  /** The end of the chain, null until the log is open. Noted elsewhere, it proves what came before. */
  readonly last: Link | null;
};

export type AuditLogOptions = {
  /** Folder of the log; made when it is missing. */
  readonly directory: string;
  readonly options: AuditOptions;
  /** Days, which name the files, are those of this time zone (IANA). */
  readonly timeZone: string;
  readonly log: Logger;
  /** Epoch milliseconds; another clock for tests. */
  readonly now?: () => number;
  readonly retry?: BackoffOptions;
};

/** Records entries. `problem` comes when it begins or ceases to be one. */
export class AuditLog extends EventEmitter<{ problem: [problem: string | null] }> implements Closable {
  readonly #options: AuditLogOptions;
  #auditOptions: AuditOptions;
  readonly #now: () => number;
  readonly #dayOf: (atMs: number) => string;
  readonly #queue = new EntryQueue();
  #ledger: LedgerWriter | null = null;
  #known: Link | null = null;
  /** What the wall shows by all that was recorded, lost entries included. */
  #wall: WallShown = UNKNOWN_WALL;
  #written = 0;
  #problem: string | null = null;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  private constructor(options: AuditLogOptions) {
    super();
    this.#options = options;
    this.#auditOptions = options.options;
    this.#now = options.now ?? Date.now;
    this.#dayOf = calendarOf(options.timeZone);
  }

  /** Begins at once; the folder is opened behind it, again and again until it can be. */
  static start(options: AuditLogOptions): AuditLog {
    const log = new AuditLog(options);
    log.#later(0);
    return log;
  }

  get status(): AuditStatus {
    return {
      problem: this.#problem,
      written: this.#written,
      waiting: this.#queue.length,
      lost: this.#queue.lost,
      last: this.#ledger?.link ?? this.#known,
    };
  }

  /** From now on. */
  setOptions(options: AuditOptions): void {
    this.#auditOptions = options;
  }

  /** Keeps an entry. Never throws, never waits. After `close` nothing is kept any more. */
  record(event: AuditEvent): void {
    if (this.#closing !== null) return;
    const entry = { atMs: this.#now(), ...event } as UnnumberedEntry;
    this.#wall = wallAfter(this.#wall, entry);
    this.#queue.add(entry);
    this.#later(GATHER_MS);
  }

  /** Resolves when everything recorded so far is on the disk, or known not to be. */
  async settled(): Promise<void> {
    await this.#writing;
    await this.#writeNow();
  }

  /** Writes what still waits, once. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.settled();
    const { waiting } = this.status;
    if (waiting > 0) this.#options.log.error({ waiting, problem: this.#problem }, 'audit entries could not be kept');
    await this.#ledger?.close();
    this.#ledger = null;
  }

  #later(delayMs: number): void {
    if (this.#timer !== null || this.#writing !== null || this.#closing !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#writeNow();
    }, delayMs);
  }

  #writeNow(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
      if (this.#failures > 0) this.#later(backoffMs(this.#failures, this.#options.retry ?? RETRY));
      else if (this.#queue.length > 0) this.#later(GATHER_MS);
    });
    return this.#writing;
  }

  /** Never rejects: what could not be written waits for another try. */
  async #write(): Promise<void> {
    try {
      const ledger = await this.#openLedger();
      do {
        while (this.#queue.length > 0) {
          const count = await ledger.append(this.#queue.waiting);
          this.#queue.remove(count);
          this.#written += count;
        }
        this.#closeGap();
      } while (this.#queue.length > 0);
      await ledger.secure();
      await ledger.tidy();
      this.#failures = 0;
      this.#become(null, null);
    } catch (failure) {
      this.#failures += 1;
      const isOurs = failure instanceof GlasshallError;
      this.#become(isOurs ? failure.code : fileProblemOf(failure), failure);
    }
  }

  /** The open log; opened anew when somebody else has changed, moved or removed its file. */
  async #openLedger(): Promise<LedgerWriter> {
    if (this.#ledger !== null) {
      if (await this.#ledger.isUntouched()) return this.#ledger;
      this.#options.log.error({}, 'somebody else changed the file of the audit log');
      this.#known = this.#ledger.link;
      await this.#ledger.close();
      this.#ledger = null;
    }
    const { directory, log } = this.#options;
    const options = (): AuditOptions => this.#auditOptions;
    this.#ledger = await LedgerWriter.open(
      { directory, options, dayOf: this.#dayOf, now: this.#now, log },
      this.#known,
    );
    log.info({ ...this.#ledger.link }, 'the audit log goes on after this entry');
    return this.#ledger;
  }

  /** When all that waited is written: says what was lost after it, and what the wall shows by now. */
  #closeGap(): void {
    const gap = this.#queue.takeGap();
    if (gap === null) return;
    const about = { atMs: this.#now(), actor: null };
    this.#queue.add({ ...about, kind: 'lost', ...gap, problem: this.#problem });
    this.#queue.add({ ...about, kind: 'snapshot', reason: 'after-gap', wall: this.#wall });
  }

  #become(problem: string | null, failure: unknown): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    const { waiting, lost } = this.status;
    if (problem === null) this.#options.log.info({ lost }, 'the audit log is written again');
    else this.#options.log.error({ problem, failure: messageOf(failure), waiting }, 'the audit log cannot be written');
    this.emit('problem', problem);
  }
}
