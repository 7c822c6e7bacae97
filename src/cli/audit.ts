import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyEntry } from '../audit/entry/entry.js';
import { AUDIT_FOLDER } from '../audit/options.js';
import { AuditReader } from '../audit/reading/audit-reader.js';
import type { Finding } from '../audit/reading/chain-verifier.js';
import type { AuditQuery } from '../audit/reading/query.js';
import type { ShownAt } from '../audit/reading/shown-at.js';
import { GlasshallError } from '../core/errors.js';
import { DEFAULT_PORT, defaultStateDirectory } from '../state/state-directory.js';
import { localTime, wallLines } from './audit-words.js';
import type { Terminal } from './terminal.js';

/** Where the log is looked for. */
export type AuditPlace = {
  /** Folder of the service's state, as its `--state`. */
  readonly state?: string;
  /** The service's configuration, which says which folder that is without `--state`. */
  readonly config?: string;
};

const PAGE = 500;

/** @throws GlasshallError `no-audit-log` */
async function openReader({ state, config }: AuditPlace): Promise<AuditReader> {
  const folder = state ?? defaultStateDirectory(config ?? null, DEFAULT_PORT) ?? '.';
  const directory = join(folder, AUDIT_FOLDER);
  try {
    await access(directory);
  } catch {
    const mend = 'name the folder with --state, or the configuration of the service with --config';
    throw new GlasshallError('no-audit-log', `there is no audit log in ${directory} — ${mend}`, { directory });
  }
  return new AuditReader({ directory });
}

/** Checks every byte. @returns the exit status: 0 when it is what was written. @throws GlasshallError `no-audit-log` */
export async function auditVerify(place: AuditPlace, terminal: Terminal): Promise<number> {
  const found = await (await openReader(place)).verify();
  for (const finding of found.findings) terminal.print(findingLine(finding));
  const rest = found.findingCount - found.findings.length;
  if (rest > 0) terminal.print(`and ${rest} more`);
  const { first, last } = found;
  const span = first === null || last === null ? '' : `, ${localTime(first.atMs)} to ${localTime(last.atMs)}`;
  terminal.print(`${found.entries} entries in ${found.files} files${span}: ${found.isSound ? 'sound' : 'NOT SOUND'}`);
  if (last !== null) terminal.print(`last entry ${last.sequence}, hash ${last.hash}`);
  if (!found.isEndKnown)
    terminal.print('audit.head is missing: whether entries are cut off at the end, nobody can tell');
  return found.isSound ? 0 : 1;
}

const FINDING_WORDS: Readonly<Record<Finding['code'], string>> = {
  changed: 'is not what was written',
  missing: 'missing before this line',
  reordered: 'stand in another order',
  repeated: 'stands there again',
  rewritten: 'does not follow the line before: one of them was written anew',
  torn: 'has no end, as after a power cut',
};

function findingLine({ code, file, line, offset, sequence, lastSequence }: Finding): string {
  const which = sequence === lastSequence ? `entry ${sequence}` : `entries ${sequence} to ${lastSequence}`;
  const place = line === 0 ? file : `${file}:${line} (byte ${offset})`;
  return `${place}: ${code}: ${which} ${FINDING_WORDS[code]}`;
}

/** Prints the entries that are looked for, the oldest first, one a line. @returns the exit status: 1 when there is none */
export async function auditSearch(
  place: AuditPlace,
  query: AuditQuery,
  limit: number,
  terminal: Terminal,
): Promise<number> {
  const reader = await openReader(place);
  let cursor: number | null = null;
  let printed = 0;
  do {
    const page = { order: 'oldest-first', cursor, limit: Math.min(PAGE, limit - printed) } as const;
    const { entries, next, damaged } = await reader.search(query, page);
    for (const entry of entries) terminal.print(entryLine(entry));
    if (damaged > 0) terminal.error(`${damaged} lines are not what was written and are left out: audit verify`);
    printed += entries.length;
    cursor = next;
  } while (cursor !== null && printed < limit);
  if (cursor !== null) terminal.error(`the first ${printed}; more with --limit, all with audit export`);
  return printed === 0 ? 1 : 0;
}

function entryLine({ sequence, atMs, kind, actor, previous: _previous, hash: _hash, ...details }: AnyEntry): string {
  const who =
    actor === null ? '-' : `${actor.name} (${actor.role}, ${actor.via}${actor.from === null ? '' : ` ${actor.from}`})`;
  return `${sequence}  ${localTime(atMs)}  ${kind}  ${who}  ${JSON.stringify(details)}`;
}

/** Writes all entries that are looked for to standard output. */
export async function auditExport(
  place: AuditPlace,
  query: AuditQuery,
  format: 'csv' | 'json',
  write: (piece: string | Buffer) => Promise<void>,
): Promise<number> {
  const reader = await openReader(place);
  for await (const piece of reader.export(query, format)) await write(piece);
  return 0;
}

/** Prints what was on the wall at a moment, and who decided it. @returns the exit status: 1 when nothing is known of it */
export async function auditAt(place: AuditPlace, atMs: number, json: boolean, terminal: Terminal): Promise<number> {
  const shown: ShownAt = await (await openReader(place)).shownAt(atMs);
  if (json) terminal.print(JSON.stringify(shown, null, 2));
  else for (const line of wallLines(shown)) terminal.print(line);
  return shown.state === 'unknown' ? 1 : 0;
}
