import { addressOfBytes } from '../core/c-library.js';

/** `struct mmsghdr` of 64-bit Linux: `struct msghdr` (56 bytes), then the length sent (sendmmsg(2)). */
const MESSAGE_BYTES = 64;
const MESSAGE = { name: 0, nameLength: 8, vectors: 16, vectorCount: 24, control: 32, controlLength: 40 } as const;
/** `struct iovec`: where, how long (readv(2)). */
const VECTOR_BYTES = 16;
/** `struct sockaddr_in`: family, port, address (ip(7)). */
const ADDRESS_BYTES = 16;
const AF_INET = 2;
/** `struct cmsghdr` with 16 bits of data: `UDP_SEGMENT` of level `SOL_UDP` (udp(7)). */
const CONTROL = { bytes: 24, length: 18, level: 17, type: 103 } as const;
/** Linux takes so many segments at once (`UDP_MAX_SEGMENTS` before 6.9) … */
const MOST_SEGMENTS = 64;
/** … and so many bytes: the longest UDP payload. */
const MOST_BYTES = 65_507;

/** Where a datagram goes: a literal IPv4 address. */
export type Ipv4Destination = { readonly address: string; readonly port: number };

/**
 * Datagrams that lie in memory for good, with the structures that the system wants for sending many of them in one call.
 * What is in them may change at any time, where they lie and how long they are may not. Sending allocates nothing.
 */
export class DatagramTable {
  readonly datagrams: readonly Buffer[];
  /** Where each of them goes; empty for sockets that are connected. */
  readonly destinations: readonly Ipv4Destination[];
  /** Length of each datagram but the last, which is not longer: then they can go out as segments of one. 0: they cannot. */
  readonly segmentBytes: number;
  /** Segments that one call takes. */
  readonly segmentsAtOnce: number;
  readonly #vectors: Buffer;
  readonly #messages: Buffer;
  readonly #addresses: Buffer;
  /** One message of segments: its header, changed for each call, and its control data. */
  readonly #segments: Buffer;
  readonly #messagesAt: number;
  readonly #vectorsAt: number;
  readonly #segmentsAt: number;

  /** @param destinations of each datagram, for sockets that are not connected; the same array position, IPv4 */
  constructor(datagrams: readonly Buffer[], destinations: readonly Ipv4Destination[] = []) {
    this.datagrams = datagrams;
    this.destinations = destinations;
    const count = datagrams.length;
    this.segmentBytes = isOnePlace(destinations) ? segmentBytesOf(datagrams) : 0;
    this.segmentsAtOnce = Math.min(MOST_SEGMENTS, Math.floor(MOST_BYTES / Math.max(1, this.segmentBytes)));
    this.#vectors = Buffer.alloc(count * VECTOR_BYTES);
    this.#messages = Buffer.alloc(count * MESSAGE_BYTES);
    this.#addresses = Buffer.alloc(destinations.length * ADDRESS_BYTES);
    this.#segments = Buffer.alloc(MESSAGE_BYTES + CONTROL.bytes);
    this.#vectorsAt = addressOfBytes(this.#vectors);
    this.#messagesAt = addressOfBytes(this.#messages);
    this.#segmentsAt = addressOfBytes(this.#segments);
    this.#describe(destinations);
  }

  /** How many datagrams there are from one (inclusive) to another (exclusive). */
  countOf(from: number, to: number): number {
    return Math.max(0, Math.min(to, this.datagrams.length) - Math.max(0, from));
  }

  /** Address of the `struct mmsghdr` of a datagram; those of the following ones follow. */
  messageAt(index: number): number {
    return this.#messagesAt + index * MESSAGE_BYTES;
  }

  /** Address of a `struct msghdr` that sends so many datagrams as segments of one. Valid until the next call. */
  segmentsOf(from: number, count: number): number {
    const vectorsAt = this.#vectorsAt + from * VECTOR_BYTES;
    this.#segments.writeUInt32LE(vectorsAt % 2 ** 32, MESSAGE.vectors);
    this.#segments.writeUInt32LE(Math.floor(vectorsAt / 2 ** 32), MESSAGE.vectors + 4);
    this.#segments.writeUInt32LE(count, MESSAGE.vectorCount);
    return this.#segmentsAt;
  }

  #describe(destinations: readonly Ipv4Destination[]): void {
    this.datagrams.forEach((datagram, index) => {
      const vector = index * VECTOR_BYTES;
      writePointer(this.#vectors, vector, addressOfBytes(datagram));
      this.#vectors.writeBigUInt64LE(BigInt(datagram.length), vector + 8);
      const message = index * MESSAGE_BYTES;
      writePointer(this.#messages, message + MESSAGE.vectors, this.#vectorsAt + vector);
      this.#messages.writeBigUInt64LE(1n, message + MESSAGE.vectorCount);
      const destination = destinations[index];
      if (destination === undefined) return;
      const at = index * ADDRESS_BYTES;
      writeIpv4Address(this.#addresses, at, destination);
      writePointer(this.#messages, message + MESSAGE.name, addressOfBytes(this.#addresses) + at);
      this.#messages.writeUInt32LE(ADDRESS_BYTES, message + MESSAGE.nameLength);
    });
    if (destinations.length > 0 && this.segmentBytes > 0) {
      writePointer(this.#segments, MESSAGE.name, addressOfBytes(this.#addresses));
      this.#segments.writeUInt32LE(ADDRESS_BYTES, MESSAGE.nameLength);
    }
    writePointer(this.#segments, MESSAGE.control, this.#segmentsAt + MESSAGE_BYTES);
    this.#segments.writeBigUInt64LE(BigInt(CONTROL.bytes), MESSAGE.controlLength);
    this.#segments.writeBigUInt64LE(BigInt(CONTROL.length), MESSAGE_BYTES);
    this.#segments.writeInt32LE(CONTROL.level, MESSAGE_BYTES + 8);
    this.#segments.writeInt32LE(CONTROL.type, MESSAGE_BYTES + 12);
    this.#segments.writeUInt16LE(this.segmentBytes, MESSAGE_BYTES + 16);
  }
}

/** Bytes of a `struct sockaddr_in`. @throws RangeError when the address is no IPv4 address */
export function writeIpv4Address(target: Buffer, at: number, { address, port }: Ipv4Destination): void {
  target.writeUInt16LE(AF_INET, at);
  target.writeUInt16BE(port, at + 2);
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4) throw new RangeError(`${address} is no IPv4 address`);
  bytes.forEach((byte, index) => target.writeUInt8(byte, at + 4 + index));
}

/** Whether all go to the same place, be it that of a connected socket. */
function isOnePlace(destinations: readonly Ipv4Destination[]): boolean {
  const [first] = destinations;
  return destinations.every(({ address, port }) => address === first?.address && port === first.port);
}

function segmentBytesOf(datagrams: readonly Buffer[]): number {
  const length = datagrams[0]?.length ?? 0;
  const last = datagrams.at(-1)?.length ?? 0;
  const isEven = datagrams.every((datagram, index) => datagram.length === length || index === datagrams.length - 1);
  return datagrams.length > 1 && isEven && last <= length && length <= MOST_BYTES / 2 ? length : 0;
}

function writePointer(target: Buffer, at: number, address: number): void {
  target.writeBigUInt64LE(BigInt(address), at);
}
