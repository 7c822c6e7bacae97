import { isDeepStrictEqual } from 'node:util';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { CountReading } from './count.js';
import type { CountSource, SourceOutcome } from './count-source.js';
import type { CountOptions } from './options.js';
import { createCountSource } from './registry.js';

/** Timers end at 2³¹ - 1 ms; a longer `staleAfter` would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One source and what it said last, which is taken back when it gets too old. */
export class CountEntry implements Closable {
  readonly #options: CountOptions;
  readonly #log: Logger;
  readonly #onChange: (reading: CountReading) => void;
  readonly #source: CountSource;
  #reading: CountReading;
  #staleTimer: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** @param onChange called when a value, the state or the reason changed */
  constructor(options: CountOptions, log: Logger, onChange: (reading: CountReading) => void) {
    this.#options = options;
    this.#log = log.child({ count: options.id });
    this.#onChange = onChange;
    this.#source = createCountSource(options, { report: (outcome) => this.#take(outcome) });
    const values = Object.fromEntries(this.#source.fields.map((field) => [field, null]));
    this.#reading = { id: options.id, state: 'waiting', reason: null, values, readAtMs: null };
  }

  /** What the source says now. */
  get reading(): CountReading {
    return this.#reading;
  }

  start(): void {
    this.#source.start();
  }

  /** @throws GlasshallError `not-pushable`, `bad-count` */
  push(values: unknown): void {
    if (this.#source.push === undefined) {
      throw new GlasshallError('not-pushable', `count source ${this.#options.id} fetches its counts itself`, {
        id: this.#options.id,
      });
    }
    this.#source.push(values);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#clearTimer();
    await this.#source.close();
  }

  #take(outcome: SourceOutcome): void {
    if (this.#isClosed) return;
    if (outcome.kind === 'failure') {
      // What was read before stays true until it is too old; the reason tells that no more is coming.
      const state = this.#reading.state === 'waiting' ? 'failed' : this.#reading.state;
      this.#change({ ...this.#reading, state, reason: outcome.reason });
      return;
    }
    this.#clearTimer();
    const hasValue = Object.values(outcome.values).some((value) => value !== null);
    if (hasValue) {
      this.#staleTimer = setTimeout(() => this.#becomeStale(), Math.min(this.#options.staleAfter, LONGEST_TIMER_MS));
    }
    this.#change({
      id: this.#options.id,
      state: hasValue ? 'fresh' : 'failed',
      reason: outcome.reason,
      values: outcome.values,
      readAtMs: hasValue ? Date.now() : this.#reading.readAtMs,
    });
  }

  #becomeStale(): void {
    this.#staleTimer = null;
    const values = Object.fromEntries(Object.keys(this.#reading.values).map((field) => [field, null]));
    this.#change({ ...this.#reading, state: 'stale', values });
  }

  #clearTimer(): void {
    if (this.#staleTimer !== null) clearTimeout(this.#staleTimer);
    this.#staleTimer = null;
  }

  #change(next: CountReading): void {
    const before = this.#reading;
    this.#reading = next;
    const isStateChanged = next.state !== before.state || next.reason !== before.reason;
    if (isStateChanged) this.#tell(next);
    if (isStateChanged || !isDeepStrictEqual(next.values, before.values)) this.#onChange(next);
  }

  #tell({ state, reason }: CountReading): void {
    if (state === 'fresh' && reason === null) this.#log.info({ state }, 'counts are fresh');
    else this.#log.warn({ state, reason }, 'counts are not all right');
  }
}
