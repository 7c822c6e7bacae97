import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Logger } from './core/logger.js';
import type { RecentLog } from './core/recent-log.js';
import type { Redactor } from './core/secrets.js';

/**
 * The service's log: JSON lines, or readable ones where a person looks on. Every line passes the redactor, so that a
 * secret that slipped into a text does not reach the disk.
 * @param recent keeps the latest lines in memory, too
 */
export function createLog(redactor: Redactor, recent: RecentLog | null = null): Logger {
  const level = process.env['LOG_LEVEL'] ?? 'info';
  const stream = redacting(
    process.stderr.isTTY
      ? PinoPretty({ colorize: true, destination: 2, ignore: 'pid,hostname', sync: true })
      : process.stderr,
    redactor,
    recent,
  );
  return pino({ level, timestamp: stdTimeFunctions.isoTime, base: null }, stream);
}

function redacting(
  destination: { write(text: string): unknown },
  redactor: Redactor,
  recent: RecentLog | null,
): DestinationStream {
  return {
    write: (line) => {
      const redacted = redactor.redact(line);
      destination.write(redacted);
      recent?.add(redacted);
    },
  };
}
