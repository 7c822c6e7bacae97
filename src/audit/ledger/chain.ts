import { hash as digest } from 'node:crypto';

/**
 * The canonical form of a line, and how lines hang together:
 *
 *     {"sequence":N,"atMs":…,"kind":"…","actor":…,…,"previous":"HASH","hash":"HASH"}⏎
 *
 * UTF-8, JSON without white space, `sequence` first, `previous` and `hash` last. `hash` is SHA-256 (FIPS 180-4), 64 lower-case hexadecimal
 * digits, over the bytes of the line before `,"hash":`; `previous` is the `hash` of the line before, over the border of
 * files, and 64 zeros before the first. What is hashed are bytes as they stand in the file, so nobody needs to
 * agree how JSON is to be written again: `printf %s "${line%,\"hash\":*}" | sha256sum` checks a line.
 *
 * The chain shows what was changed, by accident or by hand. Whoever may write the folder can make a whole new chain; a last
 * number and hash noted elsewhere (`verify` prints them, and they are in the metrics and the log) tell that as well.
 */

/** What the first line of all follows. */
export const GENESIS = '0'.repeat(64);

/** A place in the chain. */
export type Link = { readonly sequence: number; readonly hash: string };

/** The place before the first entry. */
export const BEFORE_FIRST: Link = { sequence: 0, hash: GENESIS };

const HASH_PART = /^,"hash":"([0-9a-f]{64})"\}$/;
const HASH_PART_BYTES = 75;
const PREVIOUS_PART = /,"previous":"([0-9a-f]{64})"$/;
const PREVIOUS_PART_BYTES = 78;
const FIRST_PART = /^\{"sequence":([1-9]\d{0,14}),"atMs":(-?\d{1,16}),"kind":"([a-z-]{1,64})",/;
/** As many bytes hold what `FIRST_PART` looks for. */
export const FIRST_PART_BYTES = 160;

/**
 * The line of an entry, with its end.
 * @param body the entry without its number as JSON: `{"atMs":…,"kind":…,…}`
 */
export function sealLine(body: string, after: Link): { readonly line: string; readonly link: Link } {
  const sequence = after.sequence + 1;
  const hashed = `{"sequence":${sequence},${body.slice(1, -1)},"previous":"${after.hash}"`;
  const hash = digest('sha256', hashed);
  return { line: `${hashed},"hash":"${hash}"}\n`, link: { sequence, hash } };
}

/** What a line begins with, or null where it is none of ours. */
export type LineHead = { readonly sequence: number; readonly atMs: number; readonly kind: string };

/** Reads the beginning of a line. */
export function readLineHead(bytes: Buffer): LineHead | null {
  const found = FIRST_PART.exec(bytes.toString('latin1', 0, Math.min(bytes.length, FIRST_PART_BYTES)));
  return found === null ? null : { sequence: Number(found[1]), atMs: Number(found[2]), kind: found[3] ?? '' };
}

/** What is to be seen of a line by itself. */
export type LineCheck = {
  /** Whether its hash is that of its bytes. */
  readonly isSound: boolean;
  readonly head: LineHead | null;
  /** What it says to follow. */
  readonly previous: string | null;
  /** What it says its hash is. */
  readonly hash: string | null;
  /** What its hash is, where it is long enough to have one. */
  readonly computed: string | null;
};

/** Looks at a line without its end. */
export function checkLine(bytes: Buffer): LineCheck {
  const head = readLineHead(bytes);
  const end = bytes.length - HASH_PART_BYTES;
  if (end < PREVIOUS_PART_BYTES) return { isSound: false, head, previous: null, hash: null, computed: null };
  const hash = HASH_PART.exec(bytes.toString('latin1', end))?.[1] ?? null;
  const previous = PREVIOUS_PART.exec(bytes.toString('latin1', end - PREVIOUS_PART_BYTES, end))?.[1] ?? null;
  const computed = digest('sha256', bytes.subarray(0, end));
  return { isSound: head !== null && previous !== null && hash === computed, head, previous, hash, computed };
}
