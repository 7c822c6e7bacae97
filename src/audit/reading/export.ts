import { stringify, type Options } from 'csv-stringify/sync';
import type { AnyEntry } from '../entry/entry.js';
import type { AuditQuery } from './query.js';
import { findAll } from './search.js';

/** `csv` for spreadsheets; `json`: the lines of the log as they are, one JSON object each, with their hashes. */
export type ExportFormat = 'csv' | 'json';

/** How an export is to be announced, by format. */
export const EXPORT_TYPES: Readonly<Record<ExportFormat, { readonly mediaType: string; readonly ending: string }>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', ending: 'csv' },
  json: { mediaType: 'application/x-ndjson; charset=utf-8', ending: 'jsonl' },
};

const COLUMNS = [
  'sequence',
  'time',
  'kind',
  'actor',
  'role',
  'via',
  'from',
  'command',
  'result',
  'code',
  'layout',
  'camera',
  'details',
  'hash',
] as const;

/**
 * RFC 4180: comma, CRLF, quotes doubled. The mark at the beginning makes spreadsheets read Chinese; what they would take for
 * a formula is made a text by an apostrophe, for names and texts come from anybody.
 */
const STYLE: Options = { record_delimiter: 'windows', quote_record_delimiter: true, escape_formulas: true };
const BYTE_ORDER_MARK = '\uFEFF';

/** All entries that are looked for, the oldest first, as pieces of a text. @throws Error of the system */
export async function* exportEntries(
  directory: string,
  query: AuditQuery,
  format: ExportFormat,
): AsyncGenerator<string | Buffer> {
  if (format === 'csv') yield BYTE_ORDER_MARK + stringify([[...COLUMNS]], STYLE);
  for await (const found of findAll(directory, query)) {
    if (format === 'csv')
      yield stringify(
        found.map(({ entry }) => rowOf(entry)),
        STYLE,
      );
    else yield Buffer.concat(found.flatMap(({ line }) => [line.bytes, LINE_END]));
  }
}

const LINE_END = Buffer.from('\n');

/** An entry as a row: what most kinds have in columns, the rest as JSON. */
function rowOf(entry: AnyEntry): string[] {
  const { sequence, atMs, kind, actor, previous: _previous, hash, ...rest } = entry;
  const { command, result, code, layout, camera, ...details } = rest;
  return [
    String(sequence),
    new Date(atMs).toISOString(),
    kind,
    actor?.name ?? '',
    actor?.role ?? '',
    actor?.via ?? '',
    actor?.from ?? '',
    textOf(command),
    textOf(result),
    textOf(code),
    textOf(layout),
    textOf(camera),
    Object.keys(details).length === 0 ? '' : JSON.stringify(details),
    hash,
  ];
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const id: unknown = typeof value === 'object' && 'id' in value ? value.id : null;
  return typeof id === 'string' ? id : JSON.stringify(value);
}
