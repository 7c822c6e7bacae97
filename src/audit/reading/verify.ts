import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerFile } from '../ledger/file-name.js';
import { HEAD_NAME, readHead, type Head } from '../ledger/head.js';
import { ChainVerifier, type EndEntry, type Finding } from './chain-verifier.js';
import { filesIn, isMissing } from '../ledger/folder.js';
import { readLines, type Line } from '../ledger/lines.js';

/** A line that is being written right now has its end after so long. */
const SETTLE_MS = 300;

/** What a log is found to be. */
export type Verification = {
  readonly isSound: boolean;
  /** Whether the file beside the log says that it goes no farther; without it, entries cut off at the end are not noticed. */
  readonly isEndKnown: boolean;
  readonly files: number;
  /** Those that are what was written. */
  readonly entries: number;
  readonly first: EndEntry | null;
  readonly last: EndEntry | null;
  readonly findingCount: number;
  /** In the order of the log; at most 100. */
  readonly findings: readonly Finding[];
};

/**
 * Checks every byte of a log, in the folder of a running service or in a copy. Memory does not grow with the log.
 * @throws Error of the system
 */
export async function verify(directory: string): Promise<Verification> {
  for (;;) {
    const files = await filesIn(directory);
    try {
      return await verifyFiles(directory, files);
    } catch (failure) {
      // The day changed in between, and a file was removed as it should be.
      const [oldest] = await filesIn(directory);
      if (!isMissing(failure) || oldest?.name === files[0]?.name) throw failure;
    }
  }
}

async function verifyFiles(directory: string, files: readonly LedgerFile[]): Promise<Verification> {
  const verifier = new ChainVerifier();
  // Before the entries: a service that runs writes on, and its log goes farther then.
  const head = await readHead(directory);
  for (const { name } of files) await verifyFile(directory, name, verifier, head);
  verifier.finish(head, HEAD_NAME);
  const { entries, first, last, findingCount, findings } = verifier;
  return {
    isSound: findingCount === 0,
    isEndKnown: head !== null && head !== 'unreadable',
    files: files.length,
    entries,
    first: first === null ? null : { sequence: first.sequence, atMs: first.atMs, hash: first.hash },
    last,
    findingCount,
    findings,
  };
}

async function verifyFile(directory: string, name: string, verifier: ChainVerifier, head: Head): Promise<void> {
  const path = join(directory, name);
  let unfinished: Line | null = null;
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      if (line.isWhole) verifier.line(name, line, head);
      else unfinished = line;
    }
  }
  if (unfinished === null) return;
  await pause(SETTLE_MS);
  for await (const lines of readLines(path, unfinished)) for (const line of lines) verifier.line(name, line, head);
}
