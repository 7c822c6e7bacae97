import koffi from 'koffi';
import { systemError } from '../../../../core/c-library.js';

/**
 * A raw socket on one network interface (packet(7), netdevice(7), sendmmsg(2) of Linux). Needs CAP_NET_RAW. Memory that the
 * system reads stands outside of JavaScript, so that its address is the same for ever.
 */

const AF_PACKET = 17;
const SOCK_RAW_CLOEXEC = 0o2000003;
const SOL_SOCKET = 1;
const SO_ERROR = 4;
const SO_SNDTIMEO = 21;
const SIOCGIFFLAGS = 0x8913;
const IFF_UP = 0x1;
const IFF_RUNNING = 0x40;
const MSG_DONTWAIT = 0x40;
const POLLIN = 1;
/** A device that takes nothing for so long is counted as a failure. */
const SEND_TIMEOUT_MICROSECONDS = 50_000n;
/** sizeof(struct mmsghdr) and sizeof(struct iovec) on 64-bit machines, in words of 8 bytes. */
const MESSAGE_WORDS = 8;
const VECTOR_WORDS = 2;

type Call = (...given: unknown[]) => number;

const libc = koffi.load('libc.so.6');
const system = {
  socket: libc.func('int socket(int domain, int type, int protocol)') as Call,
  bind: libc.func('int bind(int fd, const void *address, unsigned int length)') as Call,
  setsockopt: libc.func('int setsockopt(int fd, int level, int name, const void *value, unsigned int length)') as Call,
  getsockopt: libc.func(
    'int getsockopt(int fd, int level, int name, void *value, _Inout_ unsigned int *length)',
  ) as Call,
  nameToIndex: libc.func('unsigned int if_nametoindex(const char *name)') as Call,
  ioctl: libc.func('int ioctl(int fd, unsigned long request, void *argument)') as Call,
  sendmmsg: libc.func('int sendmmsg(int fd, void *messages, unsigned int count, int flags)') as Call,
  recv: libc.func('int64_t recv(int fd, void *buffer, size_t length, int flags)') as Call,
  poll: libc.func('int poll(void *descriptors, unsigned long count, int timeout)') as Call,
  close: libc.func('int close(int fd)') as Call,
};

/** The number by which the system knows an interface, 0 when there is none of that name. */
export function interfaceIndex(name: string): number {
  return system.nameToIndex(name);
}

/** Which of two descriptors have something to read. @param timeoutMs how long to wait for it */
export function readable(first: number, second: number, timeoutMs: number): readonly [boolean, boolean] {
  // struct pollfd { int fd; short events; short revents; }; negative descriptors are passed over.
  const descriptors = new DataView(new ArrayBuffer(16));
  descriptors.setInt32(0, first, true);
  descriptors.setInt16(4, POLLIN, true);
  descriptors.setInt32(8, second, true);
  descriptors.setInt16(12, POLLIN, true);
  system.poll(new Uint8Array(descriptors.buffer), 2, timeoutMs);
  return [descriptors.getInt16(6, true) !== 0, descriptors.getInt16(14, true) !== 0];
}

/** Room for Ethernet frames, from which they are sent without being copied in this process. */
export class SendMemory {
  readonly bytes: Buffer;
  readonly capacity: number;
  readonly messages: unknown;
  readonly #address: bigint;
  readonly #vectors: BigUint64Array;
  #count = 0;

  /** @param capacity frames that one call sends at the most */
  constructor(byteLength: number, capacity: number) {
    const block: unknown = koffi.alloc('uint8_t', byteLength);
    this.bytes = Buffer.from(koffi.view(block, byteLength));
    this.#address = koffi.address(block);
    this.capacity = capacity;
    const vectors: unknown = koffi.alloc('uint64_t', capacity * VECTOR_WORDS);
    this.#vectors = new BigUint64Array(koffi.view(vectors, capacity * VECTOR_WORDS * 8));
    this.messages = koffi.alloc('uint64_t', capacity * MESSAGE_WORDS);
    const headers = new BigUint64Array(koffi.view(this.messages, capacity * MESSAGE_WORDS * 8)).fill(0n);
    for (let index = 0; index < capacity; index += 1) {
      // msg_iov and msg_iovlen are the third and fourth word of struct msghdr.
      headers[index * MESSAGE_WORDS + 2] = koffi.address(vectors) + BigInt(index * VECTOR_WORDS * 8);
      headers[index * MESSAGE_WORDS + 3] = 1n;
    }
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.capacity;
  }

  /** Adds a frame to those that are sent next. */
  add(at: number, length: number): void {
    this.#vectors[this.#count * VECTOR_WORDS] = this.#address + BigInt(at);
    this.#vectors[this.#count * VECTOR_WORDS + 1] = BigInt(length);
    this.#count += 1;
  }

  /** Takes the first frames off; the rest moves to the front. */
  shift(count: number): void {
    this.#vectors.copyWithin(0, count * VECTOR_WORDS, this.#count * VECTOR_WORDS);
    this.#count -= count;
  }
}

/** Sends and receives Ethernet frames on one interface. */
export class RawSocket {
  readonly fd: number;
  /** The interface's number when it was opened: another one later means another interface. */
  readonly index: number;
  readonly #request = Buffer.alloc(40);

  /** @param etherType of the frames that are received. @throws Error with a `code`: EPERM, ENODEV, ENETDOWN */
  constructor(name: string, etherType: number) {
    this.index = interfaceIndex(name);
    this.#request.write(name, 'latin1');
    this.fd = system.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    if (this.fd < 0) throw systemError(koffi.errno());
    try {
      if (this.index === 0) throw Object.assign(new Error(`there is no interface ${name}`), { code: 'ENODEV' });
      const timeout = BigInt64Array.of(0n, SEND_TIMEOUT_MICROSECONDS);
      system.setsockopt(this.fd, SOL_SOCKET, SO_SNDTIMEO, timeout, timeout.byteLength);
      // struct sockaddr_ll: family in the machine's order, protocol in the network's.
      const address = Buffer.alloc(20);
      address.writeUInt16LE(AF_PACKET, 0);
      address.writeUInt16BE(etherType, 2);
      address.writeInt32LE(this.index, 4);
      if (system.bind(this.fd, address, address.length) !== 0) throw systemError(koffi.errno());
    } catch (failure) {
      this.close();
      throw failure;
    }
  }

  /** Whether the interface is switched on, and whether its line is. @throws Error with a `code` when the interface has gone */
  flags(): { readonly isUp: boolean; readonly hasCarrier: boolean } {
    if (system.ioctl(this.fd, SIOCGIFFLAGS, this.#request) !== 0) throw systemError(koffi.errno());
    const flags = this.#request.readUInt16LE(16);
    return { isUp: (flags & IFF_UP) !== 0, hasCarrier: (flags & IFF_RUNNING) !== 0 };
  }

  /** Forgets that the interface was down once: the next frame would be refused for it, up or not. */
  forgetError(): void {
    system.getsockopt(this.fd, SOL_SOCKET, SO_ERROR, Buffer.alloc(4), [4]);
  }

  /** Sends what was added. Waits while the device has no room. @returns how many went out, or the error at the first */
  send(memory: SendMemory): number | NodeJS.ErrnoException {
    const sent = system.sendmmsg(this.fd, memory.messages, memory.count, 0);
    return sent >= 0 ? sent : systemError(koffi.errno());
  }

  /** Reads one frame. @returns its length, 0 when there is none */
  receive(target: Buffer): number {
    return Math.max(0, system.recv(this.fd, target, target.length, MSG_DONTWAIT));
  }

  close(): void {
    system.close(this.fd);
  }
}
