/** How loud a line is, as pino numbers it. */
export const LOG_LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;
export type LogLevel = keyof typeof LOG_LEVELS;

/** One line of the service's log. */
export type LogLine = {
  readonly atMs: number;
  readonly level: LogLevel;
  /** The part of the service that wrote it, null where it does not say. */
  readonly part: string | null;
  readonly message: string;
  /** Everything else that it says. */
  readonly details: Readonly<Record<string, unknown>>;
};

export type LogQuery = {
  /** This loud or louder. */
  readonly level: LogLevel;
  /** Part of anything in it, whatever the case; null for anything. */
  readonly text: string | null;
  /** At most so many. */
  readonly limit: number;
};

/** A line that is longer is kept without its details. */
const LONGEST_LINE = 4_000;

type Kept = { readonly line: LogLine; readonly text: string };

/** The latest lines of the service's log, in memory, for administrators who are not at the machine. */
export class RecentLog {
  readonly #most: number;
  readonly #kept: Kept[] = [];

  /** @param most how many lines are kept */
  constructor(most = 1_000) {
    this.#most = most;
  }

  /** Takes a line of JSON as pino writes it, without secrets. What is none is left out. */
  add(json: string): void {
    const line = lineOf(json);
    if (line === null) return;
    this.#kept.push({ line, text: json.toLowerCase() });
    if (this.#kept.length > this.#most) this.#kept.shift();
  }

  /** Newest first. */
  find({ level, text, limit }: LogQuery): readonly LogLine[] {
    const part = text?.toLowerCase() ?? '';
    return this.#kept
      .filter((kept) => LOG_LEVELS[kept.line.level] >= LOG_LEVELS[level] && kept.text.includes(part))
      .slice(-limit)
      .map(({ line }) => line)
      .reverse();
  }
}

function lineOf(json: string): LogLine | null {
  const { level, time, msg, part, ...details } = fieldsOf(json);
  const atMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(atMs) || typeof level !== 'number') return null;
  return {
    atMs,
    level: levelOf(level),
    part: typeof part === 'string' ? part : null,
    message: typeof msg === 'string' ? msg.slice(0, LONGEST_LINE) : '',
    details: json.length > LONGEST_LINE ? {} : details,
  };
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch (failure) {
    // Only pino writes here: what the redactor made of a line may be no JSON any more, and stands in the log itself.
    if (failure instanceof SyntaxError) return {};
    throw failure;
  }
}

function levelOf(number: number): LogLevel {
  const found = Object.entries(LOG_LEVELS).findLast(([, each]) => number >= each);
  return (found?.[0] as LogLevel | undefined) ?? 'debug';
}
