import { z } from 'zod';
import { wallShown } from './wall-shown.js';
import { actor, blackout, brightness, cells, counts, freeze, shown, testPattern, ticker, tile } from './wall-parts.js';

/**
 * The entries of the audit log. Every entry has a number, a moment, a kind and somebody behind it (or nobody: a camera that fails has no
 * actor). What is read back may be of a later version: unknown kinds and fields pass through everything but `shownAt`.
 */

const base = {
  /** From 1, without gaps. */
  sequence: z.int().min(1),
  /** Epoch milliseconds by the clock of the machine, which may be set: the order is that of `sequence`. */
  atMs: z.int(),
  actor: actor.nullable(),
};

/** What an entry of a change is about besides the new value: the command behind it, null for a change that nobody commanded. */
const change = { command: z.string().nullable() };

/** Values of any kind that are no part of what the wall shows. */
const details = z.record(z.string(), z.unknown());

/** Somebody came or went, or could not come in. */
const door = {
  /** `obs`: by challenge; `page`: a browser's session; `http`: a bearer token. */
  via: z.string(),
  /** The address, as far as it is known; of several at once, the network that they have in common. */
  from: z.string().nullable(),
  /** A stable code, such as `wrong-token` or `revoked`. */
  reason: z.string().nullable(),
  /** So many of the same within a minute are one entry, made when the minute is over. */
  count: z.int().min(1),
};

const command = z.object({
  ...base,
  kind: z.literal('command'),
  /** Name of the command, such as `take`. */
  command: z.string(),
  /** What was asked for, as it was given: JSON. */
  data: z.unknown(),
  /** `refused`: bad, forbidden or in conflict; `failed`: our own fault. */
  result: z.enum(['done', 'refused', 'failed']),
  /** A stable code where it was not done. */
  code: z.string().nullable(),
  /** The revision of what operators decided, after the command. */
  revision: z.int().nullable(),
});

/** What happened to the ledger itself. */
const ledgerEntries = [
  /** Entries that found no room while nothing could be written. */
  z.object({
    ...base,
    kind: z.literal('lost'),
    count: z.int().min(1),
    fromMs: z.int(),
    toMs: z.int(),
    /** Why nothing could be written. */
    problem: z.string().nullable(),
  }),
  /** Files that were older than they are to be kept. Where their chain ended lets the rest be verified without them. */
  z.object({
    ...base,
    kind: z.literal('retention'),
    files: z.array(z.string()),
    /** The last entry that they held; null where it could not be read any more. */
    last: z.object({ sequence: z.int(), hash: z.string() }).nullable(),
  }),
  /**
   * Found when the log was opened. `torn-tail`: the last line was cut off, as when the power fails, and lies in `setAsideAs` now;
   * `missing-tail`: entries that had been written are not there any more.
   */
  z.object({
    ...base,
    kind: z.literal('damage'),
    code: z.enum(['torn-tail', 'missing-tail', 'bad-head']),
    file: z.string().nullable(),
    bytes: z.int().nullable(),
    setAsideAs: z.string().nullable(),
    /** The entries that are missing, from and to. */
    missing: z.object({ from: z.int(), to: z.int() }).nullable(),
  }),
] as const;

/** One entry, by its kind. */
export const auditEntry = z.discriminatedUnion('kind', [
  command,
  z.object({ ...base, kind: z.literal('login'), ...door }),
  z.object({ ...base, kind: z.literal('logout'), ...door }),
  z.object({ ...base, kind: z.literal('login-failed'), ...door }),
  z.object({ ...base, kind: z.literal('lockout'), ...door, untilMs: z.int().nullable() }),
  /** A layout went on air. */
  z.object({ ...base, kind: z.literal('shown'), ...change, ...shown.shape }),
  /** The layout on air shows other sources, or fewer cells. */
  z.object({ ...base, kind: z.literal('cells'), ...change, ...cells.shape }),
  z.object({ ...base, kind: z.literal('ticker'), ...change, ...ticker.shape }),
  z.object({ ...base, kind: z.literal('brightness'), ...change, ...brightness.shape }),
  z.object({ ...base, kind: z.literal('blackout'), ...change, ...blackout.shape }),
  z.object({ ...base, kind: z.literal('freeze'), ...change, ...freeze.shape }),
  z.object({ ...base, kind: z.literal('test-pattern'), ...change, ...testPattern.shape }),
  /** A camera is another than before, or its tile shows a slate or a picture again. */
  z.object({ ...base, kind: z.literal('tile'), ...tile.shape }),
  z.object({ ...base, kind: z.literal('counts'), ...counts.shape }),
  /** `event`: `started`, `stopped`, `configuration-loaded`, `configuration-refused`, `guardian-gone`, … */
  z.object({ ...base, kind: z.literal('service'), event: z.string(), details }),
  z.object({ ...base, kind: z.literal('tour'), event: z.string(), details }),
  z.object({ ...base, kind: z.literal('schedule'), event: z.string(), details }),
  /** All that the wall shows, where a file begins, the service starts or entries were lost. */
  z.object({ ...base, kind: z.literal('snapshot'), reason: z.string(), wall: wallShown }),
  ...ledgerEntries,
]);

/** One entry, as it is read back. */
export type AuditEntry = z.output<typeof auditEntry>;
export type AuditKind = AuditEntry['kind'];

/** Every kind of entry. */
export const AUDIT_KINDS: readonly AuditKind[] = auditEntry.options.map(({ shape }) => shape.kind.value);

/** `Omit` for each member of a union. */
type Without<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

/** An entry that has no number yet. */
export type UnnumberedEntry = Without<AuditEntry, 'sequence'>;

/** What somebody who records says; the log adds the number, and the moment where it is not given. */
export type AuditEvent = Without<AuditEntry, 'sequence' | 'atMs'> & { readonly atMs?: number };

/** What every entry has, for readers that need no more: kinds of a later version included. */
export const anyEntry = z.looseObject({ ...base, kind: z.string(), previous: z.string(), hash: z.string() });

/** An entry of any kind and version, with its place in the chain. */
export type AnyEntry = z.output<typeof anyEntry>;
