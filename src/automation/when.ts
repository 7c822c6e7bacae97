import { Cron } from 'croner';
import { duration } from '../core/duration.js';
import { GlasshallError } from '../core/errors.js';

/** A time of day from which and until which, minutes from 0 to 1,440. Until at or before from: on the next day. */
export type TimeSpan = { readonly fromMinute: number; readonly untilMinute: number };

/** When a rule of the schedule applies. */
export type When =
  | { readonly kind: 'always' }
  /** While the hall is open; between two of a day's opening hours; whenever it is not open; the whole of a holiday. */
  | { readonly kind: 'open' | 'lunch' | 'closed' | 'holiday' }
  | { readonly kind: 'before-opening' | 'after-closing'; readonly lengthMs: number }
  | { readonly kind: 'span'; readonly span: TimeSpan }
  /** From each moment that the expression names, for so long. */
  | { readonly kind: 'cron'; readonly expression: string; readonly lengthMs: number };

/** What `parseWhen` understands, for people. */
export const WHEN_FORMS =
  'always, open, lunch, closed, holiday, a time such as "08:30-09:00", ' +
  '"30m before opening", "15m after closing" or "cron 0 10 * * 1-5 for 10m"';

const SHORTEST_MS = 5_000;
const LONGEST_MS = 24 * 3_600_000;
/** Every five minutes. */
const MOST_A_DAY = 288;
/** A time before opening or after closing belongs to its day. */
const LONGEST_BESIDE_HOURS_MS = 12 * 3_600_000;

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/;

/**
 * Reads what stands behind `when`.
 * @throws GlasshallError `bad-when`; its message says what can stand there, as the object of "use …"
 */
export function parseWhen(text: string): When {
  const words = text.trim().replace(/\s+/g, ' ');
  switch (words) {
    case 'always':
    case 'open':
    case 'lunch':
    case 'closed':
    case 'holiday':
      return { kind: words };
  }
  const span = parseSpan(words);
  if (span !== null) return { kind: 'span', span };
  const beside = /^(\S+) (before opening|after closing)$/.exec(words);
  if (beside !== null) {
    const kind = beside[2] === 'before opening' ? 'before-opening' : 'after-closing';
    return {
      kind,
      lengthMs: lengthOf(beside[1], LONGEST_BESIDE_HOURS_MS, '"5s" to "12h", such as "30m before opening"'),
    };
  }
  const cron = /^cron (.+?)(?: for (\S+))?$/.exec(words);
  if (cron?.[1] !== undefined) return cronOf(cron[1], cron[2]);
  throw new GlasshallError('bad-when', WHEN_FORMS, { text });
}

/** Reads a time of day such as `08:30-09:00`; null when it is none, or has no length. */
export function parseSpan(text: string): TimeSpan | null {
  const match = SPAN.exec(text);
  if (match === null) return null;
  const minute = (hours: string | undefined, minutes: string | undefined): number =>
    Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  const span = {
    fromMinute: minute(match[1], match[2]),
    untilMinute: minute(match[3] ?? match[5], match[4] ?? match[6]),
  };
  return span.fromMinute === span.untilMinute ? null : span;
}

function cronOf(expression: string, length: string | undefined): When {
  const lengthMs = lengthOf(length, LONGEST_MS, '"5s" to "24h" behind "for", such as "cron 0 10 * * 1-5 for 10m"');
  let cron: Cron;
  try {
    cron = new Cron(expression, { mode: '5-part', paused: true, utcOffset: 0 });
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message.replace(/^CronPattern: /, '') : String(failure);
    throw new GlasshallError('bad-when', `five parts (minute, hour, day, month, weekday) behind cron: ${reason}`, {
      expression,
    });
  }
  const times = cron.nextRuns(MOST_A_DAY + 1, new Date(0));
  const [first, last] = [times[0]?.getTime() ?? 0, times[MOST_A_DAY]?.getTime() ?? Infinity];
  if (last - first < 24 * 3_600_000) {
    throw new GlasshallError('bad-when', `at most ${MOST_A_DAY} times a day; one thing after another is a tour`, {
      expression,
    });
  }
  return { kind: 'cron', expression, lengthMs };
}

function lengthOf(text: string | undefined, longestMs: number, allowed: string): number {
  const parsed = duration.safeParse(text);
  if (parsed.success && parsed.data >= SHORTEST_MS && parsed.data <= longestMs) return parsed.data;
  throw new GlasshallError('bad-when', `a length of time from ${allowed}`, { length: text ?? null });
}
