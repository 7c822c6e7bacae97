import { z } from 'zod';
import { checkLine, readLineHead } from '../ledger/chain.js';
import { anyEntry, type AnyEntry } from '../entry/entry.js';
import type { Line } from '../ledger/lines.js';

/** What is looked for; all of it must hold. Null: whatever it is. */
export type AuditQuery = {
  /** Epoch milliseconds, from (included) and to (excluded). */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly kinds: readonly string[] | null;
  /** Part of the name of whoever is behind it, in any case. */
  readonly actor: string | null;
  /** Part of anything in it, in any case. */
  readonly text: string | null;
  /** Camera id: its tile, a cell that shows it, a command that names it. */
  readonly camera: string | null;
  /** Layout id or name. */
  readonly layout: string | null;
};

/** Every entry. */
export const EVERYTHING: AuditQuery = {
  fromMs: null,
  toMs: null,
  kinds: null,
  actor: null,
  text: null,
  camera: null,
  layout: null,
};

/** Snapshots name every camera, and are found only by who asks for their kind. */
const NAMES_ALL = 'snapshot';

/** The entry of a line when it is looked for, null when it is not; `damaged` when it is not what was written. */
export function matchLine(line: Line, query: AuditQuery): AnyEntry | 'damaged' | null {
  const head = readLineHead(line.bytes);
  if (head === null) return 'damaged';
  // The last line of a log that is being written may lack its end: it is no entry yet.
  if (!line.isWhole) return null;
  if (query.fromMs !== null && head.atMs < query.fromMs) return null;
  if (query.toMs !== null && head.atMs >= query.toMs) return null;
  if (query.kinds !== null && !query.kinds.includes(head.kind)) return null;
  const isAboutParts = query.camera !== null || query.layout !== null || query.text !== null;
  if (query.kinds === null && isAboutParts && head.kind === NAMES_ALL) return null;
  if (!mayHold(line.bytes, query)) return null;
  const entry = parsed(line.bytes);
  if (entry === null) return 'damaged';
  if (!matches(entry, query)) return null;
  return checkLine(line.bytes).isSound ? entry : 'damaged';
}

/** A quick look that spares most lines the parser: each of the words must stand in the JSON somewhere. */
function mayHold(bytes: Buffer, { actor, text, camera, layout }: AuditQuery): boolean {
  const words = [actor, text, camera, layout].filter((word) => word !== null);
  if (words.length === 0) return true;
  const json = bytes.toString('utf8').toLowerCase();
  return words.every((word) => json.includes(JSON.stringify(word).slice(1, -1).toLowerCase()));
}

function parsed(bytes: Buffer): AnyEntry | null {
  try {
    return anyEntry.parse(JSON.parse(bytes.toString('utf8')));
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof z.ZodError) return null;
    throw failure;
  }
}

function matches(entry: AnyEntry, { actor, text, camera, layout }: AuditQuery): boolean {
  if (actor !== null && !contains(entry.actor?.name ?? '', actor)) return false;
  const { previous: _previous, hash: _hash, ...content } = entry;
  if (text !== null && !values(content).some(([, value]) => contains(value, text))) return false;
  if (camera !== null && !values(content).some(([key, value]) => value === camera && CAMERA_KEYS.has(key)))
    return false;
  return layout === null || values(content).some(([key, value]) => value === layout && LAYOUT_KEYS.has(key));
}

const CAMERA_KEYS: ReadonlySet<string> = new Set(['camera', 'source']);
/** Of `layout: { id, name }` the two inside are meant. */
const LAYOUT_KEYS: ReadonlySet<string> = new Set(['layout', 'layout.id', 'layout.name', 'program', 'preview']);

/** Every text and number in it, with the key under which it stands. */
function values(thing: unknown, key = ''): [key: string, value: string][] {
  if (typeof thing === 'string') return [[key, thing]];
  if (typeof thing === 'number') return [[key, String(thing)]];
  if (Array.isArray(thing)) return thing.flatMap((each) => values(each, key));
  if (typeof thing !== 'object' || thing === null) return [];
  return Object.entries(thing).flatMap(([name, value]) => values(value, key === 'layout' ? `layout.${name}` : name));
}

function contains(whole: string, part: string): boolean {
  return whole.toLowerCase().includes(part.toLowerCase());
}
