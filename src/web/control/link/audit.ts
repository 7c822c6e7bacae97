import { isRecord } from '../protocol/envelope.js';
import { askRecords, RecordsError, textOf } from './records.js';

/** An entry of the audit log as it came: what goes with its kind is among the rest. */
export type AuditEntry = {
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: string;
  readonly actor: { readonly name: string } | null;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** What is looked for; times in epoch milliseconds, empty texts and null for anything. */
export type AuditFilter = {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly person: string;
  readonly kind: string;
  readonly text: string;
};

export type AuditPage = {
  readonly entries: readonly AuditEntry[];
  /** For the next page; null where there is none. */
  readonly next: number | null;
  readonly damaged: number;
};

/** What was on the wall at a moment. */
export type ShownThen = {
  readonly state: 'shown' | 'ended' | 'unsure' | 'unknown';
  readonly layout: string | null;
  readonly by: string | null;
  readonly sinceMs: number | null;
  /** What was in its cells, by name where it has one. */
  readonly cells: readonly string[];
};

const ADDRESS = '/api/v1/audit';
const PAGE = 100;

/** The newest entries first. @param cursor `next` of the page before, null for the first. @throws RecordsError */
export async function searchAudit(filter: AuditFilter, cursor: number | null): Promise<AuditPage> {
  const query = queryOf(filter);
  query.set('limit', String(PAGE));
  if (cursor !== null) query.set('cursor', String(cursor));
  const answer = await askRecords(`${ADDRESS}?${query.toString()}`);
  const { entries, next, damaged } = answer;
  if (!Array.isArray(entries)) throw new RecordsError('other');
  return {
    entries: entries.filter(isRecord).map(entryOf),
    next: typeof next === 'number' ? next : null,
    damaged: typeof damaged === 'number' ? damaged : 0,
  };
}

/** @throws RecordsError */
export async function askShownAt(atMs: number): Promise<ShownThen> {
  const answer = await askRecords(`${ADDRESS}/at?time=${encodeURIComponent(new Date(atMs).toISOString())}`);
  const { state, wall, cells } = answer;
  const decided = isRecord(wall) && isRecord(wall['layout']) ? wall['layout'] : null;
  const shown = isRecord(decided?.['value']) ? decided['value'] : null;
  const layout = isRecord(shown?.['layout']) ? shown['layout'] : null;
  const decision = isRecord(decided?.['decision']) ? decided['decision'] : null;
  const actor = isRecord(decision?.['actor']) ? decision['actor'] : null;
  const known = (['shown', 'ended', 'unsure'] as const).find((one) => one === state);
  return {
    state: known ?? 'unknown',
    layout: textOf(layout?.['name']),
    by: textOf(actor?.['name']),
    sinceMs: typeof decided?.['sinceMs'] === 'number' ? decided['sinceMs'] : null,
    cells: (Array.isArray(cells) ? cells : [])
      .filter(isRecord)
      .map(({ name, source }) => textOf(name) ?? textOf(source) ?? '—'),
  };
}

/** Where all that is looked for can be had as a file. */
export function exportAddress(filter: AuditFilter, format: 'csv' | 'json'): string {
  const query = queryOf(filter);
  query.set('format', format);
  return `${ADDRESS}/export?${query.toString()}`;
}

function queryOf({ fromMs, toMs, person, kind, text }: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (fromMs !== null) query.set('from', new Date(fromMs).toISOString());
  if (toMs !== null) query.set('to', new Date(toMs).toISOString());
  if (person !== '') query.set('actor', person);
  if (kind !== '') query.set('kind', kind);
  if (text !== '') query.set('text', text);
  return query;
}

function entryOf(fields: Readonly<Record<string, unknown>>): AuditEntry {
  const { sequence, atMs, kind, actor } = fields;
  const name = isRecord(actor) ? textOf(actor['name']) : null;
  return {
    sequence: Number(sequence),
    atMs: Number(atMs),
    kind: String(kind),
    actor: name === null ? null : { name },
    fields,
  };
}
