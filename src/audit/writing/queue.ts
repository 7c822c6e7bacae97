import type { UnnumberedEntry } from '../entry/entry.js';
import { waitingOf, type Waiting } from './ledger-writer.js';

/** What waits for the disk may be so much; an hour of a busy hall is less. */
const MOST_ENTRIES = 20_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** An entry that is longer is none of ours. */
const LONGEST_CHARACTERS = 1024 * 1024;

/** Entries that found no room. */
export type Gap = { readonly count: number; readonly fromMs: number; readonly toMs: number };

/** Entries on their way to the disk, so many and no more. What finds no room is counted. */
export class EntryQueue {
  #waiting: Waiting[] = [];
  #characters = 0;
  #gap: Gap | null = null;
  #lost = 0;

  get length(): number {
    return this.#waiting.length;
  }

  /** In order. */
  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Entries lost since the start. */
  get lost(): number {
    return this.#lost;
  }

  /** Once something was lost, everything is until the queue is empty: what is kept has one gap, not many. */
  add(entry: UnnumberedEntry): void {
    const waiting = waitingOf(entry);
    const { length } = waiting.body;
    const isFull = this.#waiting.length >= MOST_ENTRIES || this.#characters + length > MOST_CHARACTERS;
    if (this.#gap !== null || isFull || length > LONGEST_CHARACTERS) {
      const { atMs } = entry;
      this.#gap = { count: (this.#gap?.count ?? 0) + 1, fromMs: this.#gap?.fromMs ?? atMs, toMs: atMs };
      this.#lost += 1;
      return;
    }
    this.#waiting.push(waiting);
    this.#characters += length;
  }

  /** Takes away the first ones. */
  remove(count: number): void {
    for (const { body } of this.#waiting.slice(0, count)) this.#characters -= body.length;
    this.#waiting = this.#waiting.slice(count);
  }

  /** The gap, which is closed by this; null while there is none or something waits that was there before it. */
  takeGap(): Gap | null {
    if (this.#waiting.length > 0) return null;
    const gap = this.#gap;
    this.#gap = null;
    return gap;
  }
}
