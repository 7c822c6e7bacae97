import { EXPORT_TYPES, exportEntries, type ExportFormat } from './export.js';
import type { AuditQuery } from './query.js';
import { search, type AuditPage, type PageOptions } from './search.js';
import { shownAt, type ShownAt } from './shown-at.js';
import { verify, type Verification } from './verify.js';

export type AuditReaderOptions = {
  /** Folder of the log: of a service, running or not, or a copy. */
  readonly directory: string;
  /** Resolves when what was recorded so far is on the disk; for the log of this process. */
  readonly settled?: () => Promise<void>;
};

/** Reads a log; writes nothing, holds nothing open between two calls. All of it throws Errors of the system. */
export class AuditReader {
  readonly #directory: string;
  readonly #settled: () => Promise<void>;

  constructor({ directory, settled = () => Promise.resolve() }: AuditReaderOptions) {
    this.#directory = directory;
    this.#settled = settled;
  }

  /** Checks every byte. */
  async verify(): Promise<Verification> {
    await this.#settled();
    return verify(this.#directory);
  }

  /** One page of the entries that are looked for. */
  async search(query: AuditQuery, page: PageOptions): Promise<AuditPage> {
    await this.#settled();
    return search(this.#directory, query, page);
  }

  /** All entries that are looked for, the oldest first, as pieces of a text. */
  async *export(query: AuditQuery, format: ExportFormat): AsyncGenerator<string | Buffer> {
    await this.#settled();
    yield* exportEntries(this.#directory, query, format);
  }

  /** How an export is to be announced. */
  exportType(format: ExportFormat): (typeof EXPORT_TYPES)[ExportFormat] {
    return EXPORT_TYPES[format];
  }

  /** What was on the wall at a moment (epoch milliseconds), and who decided it. */
  async shownAt(atMs: number): Promise<ShownAt> {
    await this.#settled();
    return shownAt(this.#directory, atMs);
  }
}
