import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { backoffMs, LOCAL_BACKOFF } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { DatagramTable } from './datagram-table.js';
import { LocalInterface } from './local-interface.js';
import { reasonOf } from './network-errors.js';
import { SendTally } from './send-tally.js';
import { type BatchedSocket, growSendBuffer, openUdpSocket, sendOne, sendRange, type SendingWay } from './udp-batch.js';

/** How multicast leaves this machine. */
export type MulticastWay = {
  /** IPv4 address of this machine from which packets leave; null lets the system choose. */
  readonly interface: string | null;
  /** How many networks packets may cross; without that asked for, they stay in their own (RFC 1112, section 6.1). */
  readonly timeToLive: number;
};

/** Whom a socket is connected to. */
export type UdpPeer = {
  readonly host: string;
  readonly port: number;
  /** Whether the host may be a broadcast address. */
  readonly broadcast?: boolean;
  /** Where the host is a multicast group, a literal address. */
  readonly multicast?: MulticastWay;
};

/** Where datagrams go, and how much the system should be able to hold of them. */
export type UdpDestination = UdpPeer & {
  readonly sendBufferBytes: number;
  /** Told once in which way datagrams leave, and again when that changes. */
  readonly log?: Logger;
};

/** The literal address of a host name, so that sending needs no look-up. @throws Error of the look-up */
export async function resolveHost(host: string): Promise<{ address: string; family: 4 | 6 }> {
  const family = isIP(host);
  if (family === 4 || family === 6) return { address: host, family };
  const found = await (lookUps.get(host) ?? lookUp(host));
  return { address: found.address, family: found.family === 6 ? 6 : 4 };
}

/** Those under way: a name server that hangs is waited for once, and not by all threads that Node has for that. */
const lookUps = new Map<string, Promise<LookupAddress>>();

function lookUp(host: string): Promise<LookupAddress> {
  const asked = lookup(host).finally(() => lookUps.delete(host));
  lookUps.set(host, asked);
  return asked;
}

/** A UDP socket connected to a host; the error of an unknown host or unusable address is thrown. */
export async function connectUdp(peer: UdpPeer & { readonly sendBufferBytes?: number }): Promise<BatchedSocket> {
  const { host, port, sendBufferBytes, multicast } = peer;
  const { address, family } = await resolveHost(host);
  const from = multicast?.interface ?? null;
  const local = from === null ? null : { address: from, port: 0, reuseAddress: false };
  const { socket, batch } = await openUdpSocket(family, local);
  try {
    if (peer.broadcast === true) socket.setBroadcast(true);
    // Before the connection, which decides the way for good.
    if (multicast !== undefined) socket.setMulticastTTL(multicast.timeToLive);
    if (from !== null) socket.setMulticastInterface(from);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve();
      });
      // Without a callback, because that would be given the error where its type promises none.
      socket.connect(port, address);
    });
    if (sendBufferBytes !== undefined) growSendBuffer(socket, sendBufferBytes);
    return { socket, batch };
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

/**
 * A connected UDP socket that is opened again for as long as sending fails, the name looked up anew. Errors are counted
 * and kept as reasons; nothing is thrown. Buffers that are sent must not be changed while `isBusy`.
 */
export class UdpLink implements Closable {
  readonly #destination: UdpDestination;
  readonly #log: Logger;
  #socket: BatchedSocket | null = null;
  #interface: LocalInterface | null = null;
  #way: SendingWay | null = null;
  #opening: Promise<void> | null = null;
  #reopenTimer: NodeJS.Timeout | null = null;
  #closed = false;
  #attempt = 0;
  #failedSinceOpening = false;
  /** Why there is no socket. */
  #problem: string | null = null;
  readonly #tally = new SendTally(() => {
    this.#failedSinceOpening = true;
    this.#reopenLater();
  });

  constructor(destination: UdpDestination) {
    this.#destination = destination;
    this.#log = destination.log ?? silentLogger;
  }

  /** Opens the socket. Resolves at once for a literal address that cannot be used or a name that cannot be found: it is tried again. */
  async start(): Promise<void> {
    if (this.#closed || this.#socket !== null) return;
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    // A name server may take its time: a start does not wait for one.
    if (isIP(this.#destination.host) !== 0) await this.#opening;
  }

  get isOpen(): boolean {
    return this.#socket !== null;
  }

  /** Whether the system still holds datagrams that were sent. */
  isBusy(): boolean {
    return this.#socket !== null && this.#socket.socket.getSendQueueCount() > 0;
  }

  /** Hands one datagram to the system. */
  send(datagram: Uint8Array): void {
    if (this.#socket === null) this.#tally.miss();
    else sendOne(this.#socket.socket, datagram, undefined, this.#tally);
  }

  /** Hands datagrams `from` (inclusive) to `to` (exclusive) of a table to the system, with as few calls as it has for that. */
  sendRange(table: DatagramTable, from: number, to: number): void {
    if (this.#socket === null) {
      this.#tally.miss(table.countOf(from, to));
      return;
    }
    sendRange(this.#socket, table, from, to, this.#tally);
    this.#tellWay(this.#socket.batch?.way ?? 'singly');
  }

  /** Datagrams known to have failed since the last call. */
  takeFailed(): number {
    return this.#tally.takeFailed();
  }

  /**
   * Why sending failed since the last call, or why nothing leaves this machine now; null when all is well. While there is no
   * socket, why there is none.
   */
  takeProblem(): string | null {
    const problem = this.#tally.takeProblem() ?? this.#problem;
    if (this.#socket === null) return problem;
    this.#problem = null;
    const obstacle = this.#interface?.problem ?? null;
    // Where the address has gone, there may be another way by now.
    if (obstacle !== null) this.#reopenLater();
    return obstacle ?? problem;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#reopenTimer !== null) clearTimeout(this.#reopenTimer);
    this.#reopenTimer = null;
    // A look-up cannot be called off; a socket that still comes of it is closed at once.
    if (isIP(this.#destination.host) !== 0) await this.#opening;
    await this.#closeSocket();
  }

  async #open(): Promise<void> {
    try {
      const opened = await connectUdp(this.#destination);
      if (this.#way === 'batches') opened.batch?.renounceSegments();
      const before = this.#socket;
      opened.socket.on('error', (failure) => this.#tally.fail(failure));
      this.#socket = opened;
      this.#interface = new LocalInterface(opened.socket.address().address);
      this.#failedSinceOpening = false;
      before?.socket.close();
      if (this.#closed) await this.#closeSocket();
    } catch (failure) {
      this.#problem = reasonOf(failure);
      this.#reopenLater();
    }
  }

  #tellWay(way: SendingWay): void {
    if (way === this.#way) return;
    this.#way = way;
    this.#log.info({ way }, 'datagrams leave');
  }

  #reopenLater(): void {
    if (this.#closed || this.#reopenTimer !== null) return;
    this.#attempt += 1;
    this.#reopenTimer = setTimeout(
      () => {
        this.#reopenTimer = null;
        this.#opening ??= this.#open().finally(() => {
          this.#opening = null;
          this.#forgetAttempts();
        });
      },
      backoffMs(this.#attempt, LOCAL_BACKOFF),
    );
  }

  /** The wait grows while failures follow each other; a socket that works for a while starts the count anew. */
  #forgetAttempts(): void {
    if (this.#closed || this.#reopenTimer !== null) return;
    this.#reopenTimer = setTimeout(() => {
      this.#reopenTimer = null;
      if (!this.#failedSinceOpening) this.#attempt = 0;
      else this.#reopenLater();
    }, 1_000);
  }

  async #closeSocket(): Promise<void> {
    const socket = this.#socket?.socket;
    this.#socket = null;
    if (socket === undefined) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.close();
    });
  }
}
