import { isRecord } from '../protocol/envelope.js';
import { askRecords, RecordsError, textOf } from './records.js';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the service's own log. */
export type LogLine = {
  readonly atMs: number;
  readonly level: LogLevel;
  readonly part: string | null;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
};

const LINES = 200;

/** The latest lines, newest first. @param level this loud or louder @throws RecordsError */
export async function readServiceLog(level: LogLevel, text: string): Promise<readonly LogLine[]> {
  const query = new URLSearchParams({ level, limit: String(LINES) });
  if (text !== '') query.set('text', text);
  const { lines } = await askRecords(`/api/v1/log?${query.toString()}`);
  if (!Array.isArray(lines)) throw new RecordsError('other');
  return lines.filter(isRecord).map(lineOf);
}

function lineOf({ atMs, level, part, message, details }: Readonly<Record<string, unknown>>): LogLine {
  return {
    atMs: Number(atMs),
    level: LOG_LEVELS.find((each) => each === level) ?? 'info',
    part: textOf(part),
    message: textOf(message) ?? '',
    details: isRecord(details) ? details : {},
  };
}
