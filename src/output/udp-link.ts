import type { Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { backoffMs } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { DatagramTable } from './datagram-table.js';
import { reasonOf } from './network-errors.js';
import { type BatchedSocket, openUdpSocket, type SendingWay, type UdpBatch } from './udp-batch.js';

/** Where datagrams go, and how much the system should be able to hold of them. */
export type UdpDestination = {
  readonly host: string;
  readonly port: number;
  readonly sendBufferBytes: number;
  /** Whether the host may be a broadcast address. */
  readonly broadcast?: boolean;
  /** Told once in which way datagrams leave, and again when that changes. */
  readonly log?: Logger;
};

/**
 * Every how many datagrams the system's answer is asked for: it costs a fifth of the send. Odd, because a refusal hits
 * every other datagram. Once one has failed, all are asked for.
 */
const ASK_EVERY = 7;
/** For so many datagrams after a failure, every one is watched. */
const WATCH_AFTER_FAILURE = 10_000;

/** The literal address of a host name, so that sending needs no look-up. @throws Error of the look-up */
export async function resolveHost(host: string): Promise<{ address: string; family: 4 | 6 }> {
  const family = isIP(host);
  if (family === 4 || family === 6) return { address: host, family };
  const found = await lookup(host);
  return { address: found.address, family: found.family === 6 ? 6 : 4 };
}

/** A UDP socket connected to a host; the error of an unknown host or unusable address is thrown. */
export async function connectUdp({
  host,
  port,
  sendBufferBytes = null,
  broadcast = false,
}: {
  readonly host: string;
  readonly port: number;
  readonly sendBufferBytes?: number | null;
  readonly broadcast?: boolean;
}): Promise<BatchedSocket> {
  const { address, family } = await resolveHost(host);
  const { socket, batch } = await openUdpSocket(family);
  try {
    if (broadcast) await allowBroadcast(socket, batch !== null);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve();
      });
      // Without a callback, because that would be given the error where its type promises none.
      socket.connect(port, address);
    });
    if (sendBufferBytes !== null) socket.setSendBufferSize(sendBufferBytes);
    return { socket, batch };
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

async function allowBroadcast(socket: Socket, isBound: boolean): Promise<void> {
  if (!isBound) await new Promise<void>((resolve) => socket.bind(0, resolve));
  socket.setBroadcast(true);
}

/**
 * A connected UDP socket that is opened again for as long as sending fails, the name looked up anew. Errors are counted
 * and kept as reasons; nothing is thrown. Buffers that are sent must not be changed while `isBusy`.
 */
export class UdpLink implements Closable {
  readonly #destination: UdpDestination;
  readonly #log: Logger;
  #socket: Socket | null = null;
  #batch: UdpBatch | null = null;
  #way: SendingWay | null = null;
  #opening: Promise<void> | null = null;
  #reopenTimer: NodeJS.Timeout | null = null;
  #closed = false;
  #attempt = 0;
  #count = 0;
  #watchUntil = 0;
  #failed = 0;
  #failedSinceOpening = false;
  #problem: string | null = null;

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
    return this.#socket !== null && this.#socket.getSendQueueCount() > 0;
  }

  /** Hands one datagram to the system. */
  send(datagram: Uint8Array): void {
    if (this.#socket === null) {
      this.#failed += 1;
      return;
    }
    this.#count += 1;
    try {
      if (this.#count < this.#watchUntil || this.#count % ASK_EVERY === 0) this.#socket.send(datagram, this.#sent);
      else this.#socket.send(datagram);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  /** Hands datagrams `from` (inclusive) to `to` (exclusive) of a table to the system, with as few calls as it has for that. */
  sendRange(table: DatagramTable, from: number, to: number): void {
    const end = Math.min(to, table.datagrams.length);
    let at = Math.max(0, from);
    for (const batch = this.#batch; batch !== null && at < end;) {
      const taken = batch.send(table, at, end);
      at += taken;
      if (taken > 0) continue;
      if (batch.isFull) break;
      this.#fail(batch.failure, batch.failedCount);
      at += batch.failedCount;
    }
    if (this.#socket !== null) this.#tellWay(this.#batch?.way ?? 'singly');
    for (; at < end; at += 1) {
      const datagram = table.datagrams[at];
      if (datagram !== undefined) this.send(datagram);
    }
  }

  /** Datagrams known to have failed since the last call. Where Node sends them one by one, up to six more go unseen at the first failure after a good time. */
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
      const { socket, batch } = await connectUdp(this.#destination);
      if (this.#way === 'batches') batch?.renounceSegments();
      const before = this.#socket;
      socket.on('error', (failure) => this.#fail(failure));
      this.#socket = socket;
      this.#batch = batch;
      this.#failedSinceOpening = false;
      before?.close();
      if (this.#closed) await this.#closeSocket();
    } catch (failure) {
      this.#problem = reasonOf(failure);
      this.#reopenLater();
    }
  }

  readonly #sent = (failure: Error | null): void => {
    if (failure !== null) this.#fail(failure);
  };

  #fail(failure: unknown, count = 1): void {
    this.#failed += count;
    this.#failedSinceOpening = true;
    this.#problem = reasonOf(failure);
    this.#watchUntil = this.#count + WATCH_AFTER_FAILURE;
    this.#reopenLater();
  }

  #tellWay(way: SendingWay): void {
    if (way === this.#way) return;
    this.#way = way;
    this.#log.info({ way }, 'datagrams leave');
  }

  #reopenLater(): void {
    if (this.#closed || this.#reopenTimer !== null) return;
    this.#attempt += 1;
    this.#reopenTimer = setTimeout(() => {
      this.#reopenTimer = null;
      this.#opening ??= this.#open().finally(() => {
        this.#opening = null;
        this.#forgetAttempts();
      });
    }, backoffMs(this.#attempt));
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
    const socket = this.#socket;
    this.#socket = null;
    this.#batch = null;
    if (socket === null) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.close();
    });
  }
}
