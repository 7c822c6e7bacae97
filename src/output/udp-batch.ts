/**
 * Many datagrams with one call of the system, where there is such a call: Linux with glibc. Each datagram sent by Node
 * costs a call of its own; `sendmmsg` (sendmmsg(2)) takes a whole slice of them in one call, to different destinations if
 * need be, and `UDP_SEGMENT` (udp(7)) lets equally long ones to one destination go through the system as if they were one.
 * Errors come back at once. Everything here is optional: whoever sends has Node's own way to fall back on.
 */
import { createSocket, type Socket } from 'node:dgram';
import { constants } from 'node:os';
import { errorCodeOf, hasUsualLayout, lastErrorNumber, systemCalls, systemError } from '../core/c-library.js';
import { type DatagramTable, type Ipv4Destination, writeIpv4Address } from './datagram-table.js';
import { reasonOfCode } from './network-errors.js';
import type { SendTally } from './send-tally.js';

/** How datagrams are handed to the system: as segments of long ones, many in a call, or one by one by Node. */
export type SendingWay = 'segments' | 'batches' | 'singly';

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_DGRAM_CLOEXEC = 0o2000002;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const MSG_DONTWAIT = 0x40;
const ADDRESS_BYTES = 16;
/** `struct sockaddr_in6`, ipv6(7): all zero but the family is any address and any port. */
const ADDRESS_6_BYTES = 28;
/** `UIO_MAXIOV`: sendmmsg takes no more at a time. */
const MOST_MESSAGES = 1_024;
/** What is answered where segments cannot be had: by an old kernel, a card without checksums, a path with a smaller MTU. */
const NO_SEGMENTS: ReadonlySet<number> = new Set([
  constants.errno.EIO,
  constants.errno.EINVAL,
  constants.errno.EMSGSIZE,
  constants.errno.ENOPROTOOPT,
  constants.errno.EOPNOTSUPP,
]);

/** What concerns every datagram that goes the same way: there is none. */
const NO_WAY: ReadonlySet<number> = new Set([
  constants.errno.ENETUNREACH,
  constants.errno.ENETDOWN,
  constants.errno.ENODEV,
]);

const system = hasUsualLayout
  ? systemCalls({
      socket: 'int socket(int domain, int type, int protocol)',
      bind: 'int bind(int fd, const void *address, uint32_t bytes)',
      close: 'int close(int fd)',
      setOption: 'int setsockopt(int fd, int level, int name, int *value, uint32_t bytes)',
      sendMany: 'int sendmmsg(int fd, uintptr_t messages, unsigned int count, int flags)',
      sendOne: 'intptr_t sendmsg(int fd, uintptr_t message, int flags)',
    })
  : null;

/** Where a socket sends from; IPv4. */
export type LocalAddress = Ipv4Destination & { readonly reuseAddress: boolean };

/** A socket of Node's, and the way past it to the same socket; null where there is none. Who closes the one lets go of the other. */
export type BatchedSocket = { readonly socket: Socket; readonly batch: UdpBatch | null };

/**
 * A bound UDP socket that sends to literal addresses.
 * @param local for IPv4: where to bind it; without it, any address and a free port
 * @throws Error with the `code` of the system, such as EADDRINUSE
 */
export async function openUdpSocket(family: 4 | 6, local: LocalAddress | null = null): Promise<BatchedSocket> {
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    reuseAddr: local?.reuseAddress ?? false,
    // The customary look-up would put every datagram off to the next turn of the loop.
    lookup: (host, _options, found) => found(null, host, family),
  });
  try {
    if (system === null) {
      await bind(socket, local);
      return { socket, batch: null };
    }
    const fd = openDescriptor(system, family, local);
    try {
      // From here on the descriptor is Node's to close.
      socket.bind({ fd, exclusive: true });
    } catch (failure) {
      system.close(fd);
      throw failure;
    }
    return { socket, batch: new UdpBatch(fd) };
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

/** Less than the system gives by itself would hold up small pictures when the receiving side is busy for a moment. */
const LEAST_SEND_BUFFER_BYTES = 1 << 18;

/** Lets the system hold so many bytes that were sent, or as much as it grants. */
export function growSendBuffer(socket: Socket, bytes: number): void {
  socket.setSendBufferSize(Math.max(bytes, LEAST_SEND_BUFFER_BYTES));
}

function bind(socket: Socket, local: LocalAddress | null): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(local?.port ?? 0, local?.address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

/** Sends many datagrams in one call. Not to be used once its socket is closed. */
export class UdpBatch {
  readonly #fd: number;
  #hasSegments = true;
  #failedCount = 0;
  #errorNumber = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** How datagrams go out at the moment: segments are given up for good where the system does not have them. */
  get way(): SendingWay {
    return this.#hasSegments ? 'segments' : 'batches';
  }

  /** Does without segments. */
  renounceSegments(): void {
    this.#hasSegments = false;
  }

  /**
   * Hands datagrams `from` (inclusive) to `to` (exclusive) of the table to the system, or the first so many of them.
   * @returns how many it took; 0 when it took none, see `failure`
   */
  send(table: DatagramTable, from: number, to: number): number {
    const { sendMany, sendOne } = calls();
    const isOneByOne = to - from === 1 && table.segmentBytes > 0;
    if (this.#hasSegments && table.segmentBytes > 0 && !isOneByOne) {
      const count = Math.min(to - from, table.segmentsAtOnce);
      if (sendOne(this.#fd, table.segmentsOf(from, count), MSG_DONTWAIT) >= 0) return count;
      this.#errorNumber = lastErrorNumber();
      this.#failedCount = count;
      if (!NO_SEGMENTS.has(this.#errorNumber)) return 0;
      this.#hasSegments = false;
    }
    const taken = sendMany(this.#fd, table.messageAt(from), Math.min(to - from, MOST_MESSAGES), MSG_DONTWAIT);
    if (taken > 0) return taken;
    this.#errorNumber = lastErrorNumber();
    this.#failedCount = 1;
    return 0;
  }

  /** Datagrams lost by the last `send` that took none. */
  get failedCount(): number {
    return this.#failedCount;
  }

  /** Whether the last `send` took none because the socket's buffer is full: Node's own `send` keeps them until there is room. */
  get isFull(): boolean {
    return this.#errorNumber === constants.errno.EAGAIN;
  }

  /** Whether the last `send` took none because nothing leaves this machine: the next ones would fare no better. */
  get isCutOff(): boolean {
    return NO_WAY.has(this.#errorNumber);
  }

  /** Why the last `send` took none, as a stable code. */
  get reason(): string {
    return reasonOfCode(errorCodeOf(this.#errorNumber));
  }
}

/**
 * Hands datagrams `from` (inclusive) to `to` (exclusive) of a table to the system, with as few calls as it has for that.
 * What it takes for lost is told to the tally; nothing is thrown.
 */
export function sendRange(
  { socket, batch }: BatchedSocket,
  table: DatagramTable,
  from: number,
  to: number,
  tally: SendTally,
): void {
  const end = Math.min(to, table.datagrams.length);
  let at = Math.max(0, from);
  if (batch !== null) at = sendInBatches(batch, table, at, end, tally);
  for (; at < end; at += 1) {
    const datagram = table.datagrams[at];
    if (datagram !== undefined) sendOne(socket, datagram, table.destinations[at], tally);
  }
}

/** Hands one datagram to the system by Node's own way. @param destination of a socket that is not connected */
export function sendOne(
  socket: Socket,
  datagram: Uint8Array,
  destination: Ipv4Destination | undefined,
  tally: SendTally,
): void {
  try {
    if (destination === undefined) socket.send(datagram, tally.next());
    else socket.send(datagram, destination.port, destination.address, tally.next());
  } catch (failure) {
    tally.fail(failure);
  }
}

/** @returns how far it came: where the socket's buffer was full, the rest is for Node's own `send` */
function sendInBatches(batch: UdpBatch, table: DatagramTable, from: number, to: number, tally: SendTally): number {
  let at = from;
  while (at < to) {
    const taken = batch.send(table, at, to);
    at += taken;
    if (taken > 0) continue;
    if (batch.isFull) break;
    const lost = batch.isCutOff ? to - at : batch.failedCount;
    tally.failFor(batch.reason, lost);
    at += lost;
  }
  return at;
}

type Calls = NonNullable<typeof system>;

function calls(): Calls {
  if (system === null) throw new Error('there is no sendmmsg here');
  return system;
}

function openDescriptor({ socket, bind, setOption, close }: Calls, family: 4 | 6, local: LocalAddress | null): number {
  const fd = socket(family === 6 ? AF_INET6 : AF_INET, SOCK_DGRAM_CLOEXEC, 0);
  if (fd < 0) throw systemError(lastErrorNumber());
  const address = Buffer.alloc(family === 6 ? ADDRESS_6_BYTES : ADDRESS_BYTES);
  if (family === 6) address.writeUInt16LE(AF_INET6, 0);
  else writeIpv4Address(address, 0, local ?? { address: '0.0.0.0', port: 0 });
  if (local?.reuseAddress === true) setOption(fd, SOL_SOCKET, SO_REUSEADDR, [1], 4);
  // Bound here, because Node lets several sockets have an address that it takes over unbound.
  if (bind(fd, address, address.length) === 0) return fd;
  const failure = systemError(lastErrorNumber());
  close(fd);
  throw failure;
}
