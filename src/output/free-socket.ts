import { createSocket, type Socket } from 'node:dgram';
import { backoffMs } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { reasonOf } from './network-errors.js';

/** Where a socket is bound; `port` 0 is any free one. */
export type LocalAddress = { readonly address: string; readonly port: number };

/** A bound IPv4 socket that sends to literal addresses without a look-up. @throws Error of the system, such as EADDRINUSE */
export async function bindUdp({ address, port }: LocalAddress, reuseAddr = false): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    reuseAddr,
    // Destinations are literal: the customary look-up would put every datagram off to the next turn of the loop.
    lookup: (host, _options, found) => found(null, host, 4),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address, port }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return socket;
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

/**
 * A UDP socket without a fixed peer, opened again with growing waits for as long as it cannot be opened, and when asked to.
 * An old one stays in use until the new one is open. Nothing is thrown; why there is no socket is kept as a reason.
 */
export class FreeSocket implements Closable {
  readonly #make: () => Promise<Socket>;
  #socket: Socket | null = null;
  #opening: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #attempt = 0;
  #problem: string | null = null;
  #closed = false;

  /** @param make binds and prepares a socket */
  constructor(make: () => Promise<Socket>) {
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
    return this.#socket !== null && this.#socket.getSendQueueCount() > 0;
  }

  /** @returns false without a socket. @throws Error of the system */
  send(datagram: Uint8Array, port: number, address: string, sent?: (failure: Error | null) => void): boolean {
    if (this.#socket === null) return false;
    this.#socket.send(datagram, port, address, sent);
    return true;
  }

  /** Opens a new socket in place of this one, later. */
  renewLater(): void {
    if (this.#closed || this.#timer !== null || this.#opening !== null) return;
    this.#attempt += 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#openOnce();
    }, backoffMs(this.#attempt));
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
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => void socket.close(() => resolve()));
  }

  #openOnce(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #open(): Promise<void> {
    try {
      const socket = await this.#make();
      socket.on('error', () => this.renewLater());
      this.#socket?.close();
      this.#socket = socket;
      this.#problem = null;
    } catch (failure) {
      this.#problem = reasonOf(failure);
      // Not at once: this is still the opening.
      setImmediate(() => this.renewLater());
    }
  }
}
