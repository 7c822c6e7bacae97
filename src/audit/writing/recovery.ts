import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BEFORE_FIRST, checkLine, type Link } from '../ledger/chain.js';
import { auditEntry, type UnnumberedEntry } from '../entry/entry.js';
import type { LedgerFile } from '../ledger/file-name.js';
import { filesIn } from '../ledger/folder.js';
import { readLines, type Line } from '../ledger/lines.js';
import { wallAfter } from '../entry/wall-after.js';
import { UNKNOWN_WALL, type WallShown } from '../entry/wall-shown.js';
import type { Head } from '../ledger/head.js';

/** Where a log goes on. */
export type Recovered = {
  readonly files: readonly LedgerFile[];
  /** The file to append to, null where there is none. */
  readonly file: LedgerFile | null;
  readonly link: Link;
  /** What the wall showed at the end. */
  readonly wall: WallShown;
  /** What was wrong and is to be said in the log. */
  readonly damages: readonly UnnumberedEntry[];
};

type Damage = Extract<UnnumberedEntry, { kind: 'damage' }>;

/** How far a file can be believed. */
type Tail = {
  readonly soundBytes: number;
  readonly totalBytes: number;
  readonly link: Link | null;
  readonly wall: WallShown;
};

/**
 * Finds the end of a log. What stands after the last whole line is a line that a power cut tore, and is set aside in a file of
 * its own. What is wrong before that stays as it is, for `verify` to find.
 * @param head how far the log went, by the file beside it; `known`: by the memory of this process
 * @throws Error of the system
 */
export async function recover(directory: string, head: Head, known: Link | null, nowMs: number): Promise<Recovered> {
  const files = await filesIn(directory);
  const damages: UnnumberedEntry[] = [];
  let tail: Tail | null = null;
  for (let last = files.at(-1); last !== undefined; last = files.at(-1)) {
    tail = await readTail(join(directory, last.name));
    const bytes = tail.totalBytes - tail.soundBytes;
    if (bytes > 0) damages.push(await setAside(directory, last.name, tail, nowMs));
    if (tail.link !== null || tail.totalBytes === 0) break;
    files.pop();
    tail = null;
  }
  const found = await linkBefore(directory, files, tail);
  const recorded = head === 'unreadable' ? null : head;
  const expected = [recorded, known].reduce(farther, null);
  const damage = (code: Damage['code'], missing: Damage['missing']): Damage => ({
    ...emptyDamage(nowMs),
    code,
    file: files.at(-1)?.name ?? null,
    missing,
  });
  if (head === 'unreadable' || (head === null && found.link.sequence > 0)) damages.push(damage('bad-head', null));
  const isShort = expected !== null && expected.sequence > found.link.sequence;
  if (isShort) damages.push(damage('missing-tail', { from: found.link.sequence + 1, to: expected.sequence }));
  return {
    files,
    file: files.at(-1) ?? null,
    link: isShort ? expected : found.link,
    wall: found.wall,
    damages,
  };
}

/** The end of the chain and of the wall's story; an empty file at the end, as a power cut leaves it, is passed over. */
async function linkBefore(
  directory: string,
  files: readonly LedgerFile[],
  tail: Tail | null,
): Promise<{ readonly link: Link; readonly wall: WallShown }> {
  if (tail !== null && tail.link !== null) return { link: tail.link, wall: tail.wall };
  for (const { name } of files.slice(0, -1).reverse()) {
    const { link, wall } = await readTail(join(directory, name));
    if (link !== null) return { link, wall };
  }
  return { link: BEFORE_FIRST, wall: UNKNOWN_WALL };
}

async function readTail(path: string): Promise<Tail> {
  let soundBytes = 0;
  let link: Link | null = null;
  let wall = UNKNOWN_WALL;
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      const { isSound, head, hash } = checkLine(line.bytes);
      if (!line.isWhole || !isSound || head === null || hash === null) continue;
      soundBytes = line.offset + line.bytes.length + 1;
      link = { sequence: head.sequence, hash };
      if (head.kind !== 'command') wall = followed(wall, line);
    }
  }
  return { soundBytes, totalBytes: (await stat(path)).size, link, wall };
}

function followed(wall: WallShown, line: Line): WallShown {
  const read = auditEntry.safeParse(JSON.parse(line.bytes.toString('utf8')));
  return read.success ? wallAfter(wall, read.data) : wall;
}

async function setAside(directory: string, name: string, tail: Tail, nowMs: number): Promise<UnnumberedEntry> {
  const { soundBytes, totalBytes, link } = tail;
  const path = join(directory, name);
  const setAsideAs = `${name}.torn-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  const aside = join(directory, setAsideAs);
  if (link === null) {
    await rename(path, aside);
  } else {
    try {
      await pipeline(createReadStream(path, { start: soundBytes }), createWriteStream(aside, { mode: 0o600 }));
    } catch (failure) {
      await rm(aside, { force: true });
      throw failure;
    }
    await truncate(path, soundBytes);
  }
  return { ...emptyDamage(nowMs), code: 'torn-tail', file: name, bytes: totalBytes - soundBytes, setAsideAs };
}

function emptyDamage(atMs: number): Omit<Damage, 'code'> {
  return { atMs, kind: 'damage', actor: null, file: null, bytes: null, setAsideAs: null, missing: null };
}

function farther(a: Link | null, b: Link | null): Link | null {
  if (a === null || b === null) return a ?? b;
  return b.sequence > a.sequence ? b : a;
}
