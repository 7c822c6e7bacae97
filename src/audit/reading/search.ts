import { join } from 'node:path';
import type { AnyEntry } from '../entry/entry.js';
import type { LedgerFile } from '../ledger/file-name.js';
import { filesIn, firstHeadOf } from '../ledger/folder.js';
import { readLines, type Line } from '../ledger/lines.js';
import { matchLine, type AuditQuery } from './query.js';

/** A page of what was found. */
export type AuditPage = {
  readonly entries: readonly AnyEntry[];
  /** Give it to get the next page, null after the last. */
  readonly next: number | null;
  /** Lines on the way that are not what was written, and are left out. `verify` says more. */
  readonly damaged: number;
};

export type PageOptions = {
  readonly order: 'newest-first' | 'oldest-first';
  /** `next` of the page before, null for the first. */
  readonly cursor: number | null;
  readonly limit: number;
};

/** A found entry and its line in the file. */
export type Found = { readonly entry: AnyEntry; readonly line: Line };

/** Clocks are set now and then: files are passed over only when they are farther away than this. */
const CLOCK_SLACK_MS = 86_400_000;

/** One page of the entries that are looked for. Memory is that of a page. @throws Error of the system */
export async function search(directory: string, query: AuditQuery, page: PageOptions): Promise<AuditPage> {
  const files = await relevantFiles(directory, query);
  return page.order === 'oldest-first'
    ? searchForward(directory, files, query, page)
    : searchBack(directory, files, query, page);
}

/** All entries that are looked for, the oldest first, some at a time. @throws Error of the system */
export async function* findAll(directory: string, query: AuditQuery): AsyncGenerator<readonly Found[]> {
  for (const { name } of await relevantFiles(directory, query)) {
    for await (const lines of readLines(join(directory, name))) {
      const found = lines.flatMap((line) => {
        const entry = matchLine(line, query);
        return entry === null || entry === 'damaged' ? [] : [{ entry, line }];
      });
      if (found.length > 0) yield found;
    }
  }
}

async function searchForward(
  directory: string,
  files: readonly IndexedFile[],
  query: AuditQuery,
  { cursor, limit }: PageOptions,
): Promise<AuditPage> {
  const entries: AnyEntry[] = [];
  let damaged = 0;
  for (const { name, endSequence } of files) {
    if (cursor !== null && endSequence !== null && endSequence <= cursor) continue;
    for await (const lines of readLines(join(directory, name))) {
      for (const line of lines) {
        const entry = matchLine(line, query);
        if (entry === 'damaged') damaged += 1;
        else if (entry !== null && (cursor === null || entry.sequence > cursor)) {
          if (entries.length === limit) return { entries, next: entries.at(-1)?.sequence ?? null, damaged };
          entries.push(entry);
        }
      }
    }
  }
  return { entries, next: null, damaged };
}

/** File by file from the newest, of each the last ones: a file is read forward, and holds more than a page. */
async function searchBack(
  directory: string,
  files: readonly IndexedFile[],
  query: AuditQuery,
  { cursor, limit }: PageOptions,
): Promise<AuditPage> {
  const entries: AnyEntry[] = [];
  let damaged = 0;
  for (const { name, firstSequence } of files.toReversed()) {
    if (cursor !== null && firstSequence !== null && firstSequence >= cursor) continue;
    // One more than fits says that there is another page.
    const room = limit - entries.length + 1;
    let latest: AnyEntry[] = [];
    for await (const lines of readLines(join(directory, name))) {
      for (const line of lines) {
        const entry = matchLine(line, query);
        if (entry === 'damaged') damaged += 1;
        else if (entry !== null && (cursor === null || entry.sequence < cursor)) latest.push(entry);
      }
      latest = latest.slice(-room);
    }
    entries.push(...latest.reverse());
    if (entries.length > limit) {
      const shown = entries.slice(0, limit);
      return { entries: shown, next: shown.at(-1)?.sequence ?? null, damaged };
    }
  }
  return { entries, next: null, damaged };
}

/** A file and between which numbers its entries lie, as far as its neighbours tell. */
type IndexedFile = LedgerFile & { readonly firstSequence: number | null; readonly endSequence: number | null };

/** The files that can hold an entry of the time that is looked for. */
async function relevantFiles(directory: string, { fromMs, toMs }: AuditQuery): Promise<IndexedFile[]> {
  const files = await filesIn(directory);
  const heads = await Promise.all(files.map((file) => firstHeadOf(directory, file)));
  return files.flatMap((file, index) => {
    const first = heads[index] ?? null;
    const next = heads[index + 1] ?? null;
    const isBefore = fromMs !== null && next !== null && next.atMs < fromMs - CLOCK_SLACK_MS;
    const isAfter = toMs !== null && first !== null && first.atMs > toMs + CLOCK_SLACK_MS;
    if (isBefore || isAfter) return [];
    return [{ ...file, firstSequence: first?.sequence ?? null, endSequence: next === null ? null : next.sequence - 1 }];
  });
}
