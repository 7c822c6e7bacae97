import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { backoffMs } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { reasonOf } from './network-errors.js';

/** Multicast that nobody asked to travel stays in its own network (RFC 1112, section 6.1). */
export const DEFAULT_TIME_TO_LIVE = 1;

/** A multicast group, and how packets get there. */
export type MulticastDestination = {
  /** The literal address of the group. */
  readonly host: string;
  readonly port: number;
  /** IPv4 address of this machine from which packets leave; null lets the system choose. */
  readonly interface: string | null;
  readonly timeToLive: number;
};

/** A socket connected to a group. @throws Error of the system: no such interface, no way to the group */
export async function connectMulticast(destination: MulticastDestination): Promise<Socket> {
  const { host, port, interface: from, timeToLive } = destination;
  const socket = createSocket({ type: isIP(host) === 6 ? 'udp6' : 'udp4' });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve();
      });
      socket.bind({ port: 0, ...(from === null ? {} : { address: from }) }, () => {
        try {
          socket.setMulticastTTL(timeToLive);
          // Before the connection, which decides the way for good.
          if (from !== null) socket.setMulticastInterface(from);
          socket.connect(port, host);
        } catch (failure) {
          reject(failure instanceof Error ? failure : new Error(String(failure)));
        }
      });
    });
    return socket;
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

/**
 * A socket connected to a multicast group, opened again while it cannot be had. Nobody can refuse multicast: failures are
 * those of this machine. They are counted and kept as reasons; nothing is thrown.
 */
export class MulticastLink implements Closable {
  readonly #destination: MulticastDestination;
  readonly #sendBufferBytes: number;
  #socket: Socket | null = null;
  #opening: Promise<void> | null = null;
  #reopenTimer: NodeJS.Timeout | null = null;
  #attempt = 0;
  #failed = 0;
  #problem: string | null = null;
  #closing: Promise<void> | null = null;

  constructor(destination: MulticastDestination, sendBufferBytes: number) {
    this.#destination = destination;
    this.#sendBufferBytes = sendBufferBytes;
  }

  /** Resolves also where the group cannot be reached: it is tried again. */
  async start(): Promise<void> {
    if (this.#socket === null) await this.#reopen();
  }

  get isOpen(): boolean {
    return this.#socket !== null;
  }

  /** Whether the system still holds datagrams that were sent. */
  isBusy(): boolean {
    return this.#socket !== null && this.#socket.getSendQueueCount() > 0;
  }

  /** Hands one datagram to the system. */
  send(datagram: Uint8Array): void {
    if (this.#socket === null) this.#failed += 1;
    else this.#socket.send(datagram, this.#sent);
  }

  /** Datagrams that failed since the last call. */
  takeFailed(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** Why sending failed since the last call, null when it did not. While there is no socket, why there is none. */
  takeProblem(): string | null {
    const problem = this.#problem;
    if (this.#socket !== null) this.#problem = null;
    return problem;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    try {
      const socket = await connectMulticast(this.#destination);
      socket.setSendBufferSize(this.#sendBufferBytes);
      socket.on('error', this.#sent);
      const before = this.#socket;
      this.#socket = socket;
      this.#attempt = 0;
      before?.close();
    } catch (failure) {
      this.#problem = reasonOf(failure);
      this.#reopenLater();
    }
  }

  readonly #sent = (failure: Error | null): void => {
    if (failure === null) return;
    this.#failed += 1;
    this.#problem = reasonOf(failure);
    this.#reopenLater();
  };

  /** The way was chosen when the socket was connected: where that is gone, only another socket finds another. */
  #reopenLater(): void {
    if (this.#closing !== null || this.#reopenTimer !== null) return;
    this.#attempt += 1;
    this.#reopenTimer = setTimeout(() => {
      this.#reopenTimer = null;
      void this.#reopen();
    }, backoffMs(this.#attempt));
  }

  #reopen(): Promise<void> {
    if (this.#closing !== null) return Promise.resolve();
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #close(): Promise<void> {
    if (this.#reopenTimer !== null) clearTimeout(this.#reopenTimer);
    this.#reopenTimer = null;
    await this.#opening;
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}
