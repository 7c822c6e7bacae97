/**
 * The numbers of the hall. Each queue system has a source (`sources/`), which fetches or is given values and says why it
 * cannot; `CountBoard` keeps what they said with its age, and takes a value back as soon as it is too old to be true.
 */
import { EventEmitter } from 'node:events';
import { type Closable, CloseStack } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { CountReading } from './count.js';
import { CountEntry } from './count-entry.js';
import type { CountOptions } from './options.js';

/** What happens on the board: a value, a state or a reason changed. */
export type CountBoardEvents = { reading: [reading: CountReading] };

/** All counts, as they are now. */
export class CountBoard extends EventEmitter<CountBoardEvents> implements Closable {
  readonly #entries: ReadonlyMap<string, CountEntry>;
  readonly #closing = new CloseStack();

  private constructor(counts: readonly CountOptions[], log: Logger) {
    super();
    this.#entries = new Map(
      counts.map((options) => [options.id, new CountEntry(options, log, (reading) => this.emit('reading', reading))]),
    );
    for (const entry of this.#entries.values()) this.#closing.add(entry);
  }

  /** Starts every source; waits for none. */
  static start({ counts, log }: { readonly counts: readonly CountOptions[]; readonly log: Logger }): CountBoard {
    const board = new CountBoard(counts, log);
    for (const entry of board.#entries.values()) entry.start();
    return board;
  }

  /** What each source says now, in configured order. */
  readings(): readonly CountReading[] {
    return [...this.#entries.values()].map((entry) => entry.reading);
  }

  /**
   * Takes values that a queue system brings.
   * @param values what came: fields with numbers from 0 up or short texts
   * @throws GlasshallError `unknown-count`, `not-pushable`, `bad-count` (with `field` and `reason`)
   */
  push(id: string, values: unknown): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new GlasshallError('unknown-count', `there is no count source ${id}`, { id });
    entry.push(values);
  }

  /** Ends every source. Nothing is emitted afterwards. */
  close(): Promise<void> {
    return this.#closing.close();
  }
}
