import type http from 'node:http';
import type { z } from 'zod';
import { backoffMs } from '../../../core/backoff.js';
import { monotonicMs } from '../../../core/clock.js';
import { createHttpAgent } from '../../../core/http-exchange.js';
import type { CountSource, CountSourceContext, SourceOutcome } from '../../count-source.js';
import type { httpCountOptions } from '../../options.js';
import { extractCounts } from './extract.js';
import { fetchJson, RequestFailure } from './request.js';

const LARGEST_ANSWER_BYTES = 1024 * 1024;
const LONGEST_DEADLINE_MS = 10_000;
const SHORTEST_DEADLINE_MS = 500;
/** A queue system is not asked more often than this, whatever is configured. */
const SHORTEST_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 24 * 3_600_000;
const LONGEST_BACKOFF_MS = 30_000;

/** Asks a queue system again and again, one question at a time, more rarely while it fails. */
export class HttpSource implements CountSource {
  readonly fields: readonly string[];
  readonly #options: z.output<typeof httpCountOptions>;
  readonly #context: CountSourceContext;
  readonly #agent: http.Agent;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #asking: Promise<void> | null = null;
  #failuresInARow = 0;

  constructor(options: z.output<typeof httpCountOptions>, context: CountSourceContext) {
    this.fields = Object.keys(options.fields);
    this.#options = options;
    this.#context = context;
    this.#agent = createHttpAgent(options.url);
  }

  start(): void {
    this.#asking ??= this.#askAndPlan();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#asking;
    this.#agent.destroy();
  }

  /** Never rejects. */
  async #askAndPlan(): Promise<void> {
    const beganAtMs = monotonicMs();
    const outcome = await this.#ask();
    if (this.#closing.signal.aborted) return;
    this.#failuresInARow = outcome.kind === 'failure' ? this.#failuresInARow + 1 : 0;
    this.#context.report(outcome);
    const waitMs = Math.max(0, beganAtMs + this.#intervalMs() - monotonicMs());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#asking = this.#askAndPlan();
    }, waitMs);
  }

  /** Longer after each failure, but never so long that a queue system which is back would be missed for `staleAfter`. */
  #intervalMs(): number {
    const every = Math.min(LONGEST_INTERVAL_MS, Math.max(SHORTEST_INTERVAL_MS, this.#options.every));
    if (this.#failuresInARow === 0) return every;
    const maximumMs = Math.max(every, Math.min(LONGEST_BACKOFF_MS, this.#options.staleAfter));
    return Math.min(maximumMs, backoffMs(this.#failuresInARow, { firstMs: every, maximumMs, jitter: 0.2 }));
  }

  async #ask(): Promise<SourceOutcome> {
    const { url, headers, fields, staleAfter } = this.#options;
    const deadlineMs = Math.min(LONGEST_DEADLINE_MS, Math.max(SHORTEST_DEADLINE_MS, staleAfter / 2));
    try {
      const answer = await fetchJson({
        url,
        headers,
        deadlineMs,
        maximumBytes: LARGEST_ANSWER_BYTES,
        agent: this.#agent,
        signal: this.#closing.signal,
      });
      return { kind: 'answer', ...extractCounts(answer, fields) };
    } catch (failure) {
      return { kind: 'failure', reason: failure instanceof RequestFailure ? failure.reason : 'unreadable' };
    }
  }
}
