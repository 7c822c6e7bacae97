/**
 * The numbers of the hall. Each queue system has a source (`sources/`), which fetches or is given values and says why it
 * cannot; `CountBoard` keeps what they said with its age, and takes a value back as soon as it is too old to be true.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { CountReading } from './count.js';
import { CountEntry } from './count-entry.js';
import type { CountOptions } from './options.js';

/** What happens on the board: a value, a state or a reason changed. */
export type CountBoardEvents = { reading: [reading: CountReading] };

/** All counts, as they are now. */
export class CountBoard extends EventEmitter<CountBoardEvents> implements Closable {
  #entries: ReadonlyMap<string, { readonly key: string; readonly entry: CountEntry }> = new Map();
  readonly #log: Logger;
  #closing: Promise<void> | null = null;

  private constructor(log: Logger) {
    super();
    this.#log = log;
  }

  /** Starts every source; waits for none. */
  static start({ counts, log }: { readonly counts: readonly CountOptions[]; readonly log: Logger }): CountBoard {
    const board = new CountBoard(log);
    void board.update(counts);
    return board;
  }

  /** Other sources from now on; those whose options stay the same go on, with what they know. Resolves when the others have ended. */
  async update(counts: readonly CountOptions[]): Promise<void> {
    if (this.#closing !== null) return;
    const before = this.#entries;
    this.#entries = new Map(
      counts.map((options) => [options.id, this.#known(options, before) ?? this.#begin(options)]),
    );
    const staying = new Set([...this.#entries.values()].map(({ entry }) => entry));
    const leaving = [...before.values()].filter(({ entry }) => !staying.has(entry));
    await Promise.all(leaving.map(({ entry }) => entry.close()));
  }

  /** What each source says now, in configured order. */
  readings(): readonly CountReading[] {
    return [...this.#entries.values()].map(({ entry }) => entry.reading);
  }

  /**
   * Takes values that a queue system brings.
   * @param values what came: fields with numbers from 0 up or short texts
   * @throws GlasshallError `unknown-count`, `not-pushable`, `bad-count` (with `field` and `reason`)
   */
  push(id: string, values: unknown): void {
    const known = this.#entries.get(id);
    if (known === undefined) throw new GlasshallError('unknown-count', `there is no count source ${id}`, { id });
    known.entry.push(values);
  }

  /** Ends every source. Nothing is emitted afterwards. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#entries.values()].map(({ entry }) => entry.close())).then(() => undefined);
    return this.#closing;
  }

  #known(
    options: CountOptions,
    entries: ReadonlyMap<string, { readonly key: string; readonly entry: CountEntry }>,
  ): { readonly key: string; readonly entry: CountEntry } | null {
    const known = entries.get(options.id);
    return known?.key === JSON.stringify(options) ? known : null;
  }

  #begin(options: CountOptions): { readonly key: string; readonly entry: CountEntry } {
    const entry = new CountEntry(options, this.#log, (reading) => this.emit('reading', reading));
    entry.start();
    return { key: JSON.stringify(options), entry };
  }
}
