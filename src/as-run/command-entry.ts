import type { AuditEvent } from '../audit/entry/entry.js';
import type { CommandRecord } from '../control/commands/desk.js';

/** Longer data are no command of ours, and say no more. */
const LONGEST_DATA_CHARACTERS = 16_384;
const LONGEST_NAME_CHARACTERS = 200;

/**
 * The entry of a command. Its name and data are whatever somebody sent.
 * @param redact takes secrets out of a text
 */
export function commandEntry(record: CommandRecord, redact: (text: string) => string): AuditEvent {
  const { atMs, actor, command, data, outcome } = record;
  const isDone = outcome.kind === 'done';
  const isFailed = !isDone && outcome.code === 'failed';
  return {
    atMs,
    kind: 'command',
    actor,
    command: redact(command.slice(0, LONGEST_NAME_CHARACTERS)),
    data: recordable(data, redact),
    result: isDone ? 'done' : isFailed ? 'failed' : 'refused',
    code: isDone ? null : outcome.code,
    revision: isDone ? outcome.revision : null,
  };
}

/** The same as JSON, within bounds. */
function recordable(data: unknown, redact: (text: string) => string): unknown {
  const json = jsonOf(data, redact);
  if (json === null) return { omitted: 'not-json' };
  return json.length > LONGEST_DATA_CHARACTERS ? { omitted: 'too-long', characters: json.length } : JSON.parse(json);
}

/** MessagePack brings numbers and bytes that JSON does not know, and anybody may nest deeper than there is room for. */
function jsonOf(data: unknown, redact: (text: string) => string): string | null {
  try {
    return JSON.stringify(data ?? {}, (_key, value: unknown) => {
      if (typeof value === 'string') return redact(value);
      return typeof value === 'bigint' ? String(value) : value;
    });
  } catch (failure) {
    if (failure instanceof RangeError || failure instanceof TypeError) return null;
    throw failure;
  }
}
