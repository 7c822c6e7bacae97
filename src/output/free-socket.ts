import { backoffMs, LOCAL_BACKOFF } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import type { DatagramTable, Ipv4Destination } from './datagram-table.js';
import { reasonOf } from './network-errors.js';
import type { SendTally } from './send-tally.js';
import { type BatchedSocket, sendOne, sendRange } from './udp-batch.js';

/**
 * A UDP socket without a fixed peer, opened again with growing waits for as long as it cannot be opened, and when asked to.
 * An old one stays in use until the new one is open. Nothing is thrown; why there is no socket is kept as a reason.
 */
export class FreeSocket implements Closable {
  readonly #make: () => Promise<BatchedSocket>;
  #socket: BatchedSocket | null = null;
  #opening: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #attempt = 0;
  #problem: string | null = null;
  #closed = false;

  /** @param make binds and prepares a socket */
  constructor(make: () => Promise<BatchedSocket>) {
    this.#make = make;
  }

  async start(): Promise<void> {
    if (this.#closed || this.#socket !== null) return;
    await this.#openOnce();
  }

  get isOpen(): boolean {
    return this.#socket !== null;
  }

  /** Why there is no socket, null while there is one. */
  get problem(): string | null {
    return this.#socket === null ? this.#problem : null;
  }

  /** Whether the system still holds datagrams that were sent. */
  isBusy(): boolean {
    return this.#socket !== null && this.#socket.socket.getSendQueueCount() > 0;
  }

  /** Hands one datagram to the system; what becomes of it is told to the tally. */
  send(datagram: Uint8Array, destination: Ipv4Destination, tally: SendTally): void {
    if (this.#socket === null) tally.miss();
    else sendOne(this.#socket.socket, datagram, destination, tally);
  }

  /** Hands datagrams `from` (inclusive) to `to` (exclusive) of a table to the system, with as few calls as it has for that. */
  sendRange(table: DatagramTable, from: number, to: number, tally: SendTally): void {
    if (this.#socket === null) tally.miss(table.countOf(from, to));
    else sendRange(this.#socket, table, from, to, tally);
  }

  /** Opens a new socket in place of this one, later. */
  renewLater(): void {
    if (this.#closed || this.#timer !== null || this.#opening !== null) return;
    this.#attempt += 1;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.#openOnce();
      },
      backoffMs(this.#attempt, LOCAL_BACKOFF),
    );
  }

  /** All is well: the next renewal comes soon again. */
  forgetAttempts(): void {
    this.#attempt = 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#opening;
    const socket = this.#socket?.socket;
    this.#socket = null;
    if (socket !== undefined) await new Promise<void>((resolve) => void socket.close(() => resolve()));
  }

  #openOnce(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #open(): Promise<void> {
    try {
      const opened = await this.#make();
      opened.socket.on('error', () => this.renewLater());
      this.#socket?.socket.close();
      this.#socket = opened;
      this.#problem = null;
    } catch (failure) {
      this.#problem = reasonOf(failure);
      // Not at once: this is still the opening.
      setImmediate(() => this.renewLater());
    }
  }
}
