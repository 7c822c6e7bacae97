import type { RawData, WebSocket } from 'ws';
import { monotonicMs } from '../../core/clock.js';
import type { Identity } from '../access/access.js';
import type { Tally } from '../tally.js';
import { TokenBucket } from '../access/token-bucket.js';

/** What one connection may cost. */
export type SocketLimits = {
  readonly maximumMessageBytes: number;
  /** Messages (or requests within a batch) a second that are read on average, and at once. */
  readonly messagesPerSecond: number;
  readonly burst: number;
  readonly maximumConnections: number;
  /** Of those, connections that have not said yet who they are: in all, and of one address. The oldest makes room for the next. */
  readonly maximumStrangers: number;
  readonly maximumStrangersPerAddress: number;
  /** A connection that has not answered a ping by the next one is gone. */
  readonly pingEveryMs: number;
  /** Whoever has not said by then who they are is not going to. */
  readonly identifyWithinMs: number;
  /** What may wait to be sent: for a few seconds, and at all. */
  readonly bufferedBytes: number;
  readonly maximumBufferedBytes: number;
};

export const DEFAULT_SOCKET_LIMITS: SocketLimits = {
  maximumMessageBytes: 1_048_576,
  messagesPerSecond: 200,
  burst: 400,
  maximumConnections: 64,
  maximumStrangers: 32,
  maximumStrangersPerAddress: 8,
  pingEveryMs: 15_000,
  identifyWithinMs: 30_000,
  bufferedBytes: 8_388_608,
  maximumBufferedBytes: 67_108_864,
};

const SLOW_READER_MS = 5_000;
const CLOSE_DEADLINE_MS = 1_000;
/** A close frame holds 125 bytes, two of them the code (RFC 6455, section 5.5.1). */
const MAXIMUM_REASON_BYTES = 123;

export type GuardedSocketOptions = {
  /** Under which refusals are counted. */
  readonly label: string;
  readonly limits: SocketLimits;
  readonly tally: Tally;
  readonly remoteAddress: string | null;
  /** Who the handshake said it is, null when it did not. */
  readonly identity: Identity | null;
};

/** What the owner of a connection does with it. */
export type SocketOwner = {
  /** A whole message. Must not throw. */
  onMessage(bytes: Buffer, isBinary: boolean): void;
  /** @param code with which we ended it; null when the other side went, or the line */
  onClose(code: number | null): void;
};

/**
 * A WebSocket with every guard on: it is read no faster than its budget, dropped when it does not read or does not answer
 * pings, and its errors are counted. Nothing that a client does can throw here.
 */
export class GuardedSocket {
  /** Who is on the other side; null until that has been said. */
  identity: Identity | null;
  readonly #socket: WebSocket;
  readonly #limits: SocketLimits;
  readonly #tally: Tally;
  readonly #label: string;
  readonly #bucket: TokenBucket;
  readonly #pauses = new Set<string>();
  #resumeTimer: NodeJS.Timeout | null = null;
  #closeTimer: NodeJS.Timeout | null = null;
  #closedWith: number | null = null;
  #fullSinceMs: number | null = null;
  #hasAnswered = true;

  /** The address at the other end, null when it is not known. */
  readonly remoteAddress: string | null;

  constructor(socket: WebSocket, { label, limits, tally, remoteAddress, identity }: GuardedSocketOptions) {
    this.identity = identity;
    this.#socket = socket;
    this.remoteAddress = remoteAddress;
    this.#label = label;
    this.#limits = limits;
    this.#tally = tally;
    this.#bucket = new TokenBucket(limits.messagesPerSecond, limits.burst);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      tally.count(label, error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'oversized' : 'broken');
    });
    socket.on('pong', () => (this.#hasAnswered = true));
  }

  /** Begins to deliver messages. */
  attach(owner: SocketOwner): void {
    this.#socket.on('message', (data: RawData, isBinary: boolean) => {
      if (!this.isOpen) return;
      this.#hasAnswered = true;
      this.spend(1);
      owner.onMessage(asBuffer(data), isBinary);
    });
    this.#socket.on('close', () => {
      if (this.#resumeTimer !== null) clearTimeout(this.#resumeTimer);
      if (this.#closeTimer !== null) clearTimeout(this.#closeTimer);
      owner.onClose(this.#closedWith);
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** The negotiated sub-protocol, or an empty string. */
  get subProtocol(): string {
    return this.#socket.protocol;
  }

  /** Bytes that wait to be sent. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Charges the connection's budget; whoever is in debt is not read until the debt is paid. */
  spend(count: number): void {
    const waitMs = this.#bucket.spend(count);
    if (waitMs === 0) return;
    this.#tally.count(this.#label, 'throttled');
    this.pause('budget');
    if (this.#resumeTimer !== null) clearTimeout(this.#resumeTimer);
    this.#resumeTimer = setTimeout(() => this.resume('budget'), waitMs);
  }

  /** Stops reading for a reason of the caller's own; several can hold at once. */
  pause(reason: string): void {
    this.#pauses.add(reason);
    this.#socket.pause();
  }

  resume(reason: string): void {
    this.#pauses.delete(reason);
    if (this.#pauses.size === 0) this.#socket.resume();
  }

  /** Sends a message, unless the connection is gone or has not been reading for too long. */
  send(message: string | Buffer): void {
    if (!this.isOpen || this.#isSlow()) return;
    // Failing to send ends the connection, which `close` reports; there is nobody else to tell.
    this.#socket.send(message, () => undefined);
  }

  /** Ends the connection; when the other side does not agree within a second, without asking. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.#closedWith = code;
    this.#pauses.clear();
    this.#socket.resume();
    this.#socket.close(code, shortened(reason));
    this.#closeTimer = setTimeout(() => this.#socket.terminate(), CLOSE_DEADLINE_MS);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Called at every ping interval: ends the connection that did not answer, asks the others. */
  checkPulse(): void {
    if (!this.isOpen || this.#isSlow()) return;
    if (!this.#hasAnswered && this.#pauses.size === 0) {
      this.#tally.count(this.#label, 'silent');
      this.#socket.terminate();
      return;
    }
    this.#hasAnswered = false;
    this.#socket.ping();
  }

  #isSlow(): boolean {
    const buffered = this.#socket.bufferedAmount;
    if (buffered <= this.#limits.bufferedBytes) {
      this.#fullSinceMs = null;
      return false;
    }
    this.#fullSinceMs ??= monotonicMs();
    const isTooSlow = monotonicMs() - this.#fullSinceMs > SLOW_READER_MS;
    if (!isTooSlow && buffered <= this.#limits.maximumBufferedBytes) return false;
    this.#tally.count(this.#label, 'slow-reader');
    this.#socket.terminate();
    return true;
  }
}

function asBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function shortened(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.byteLength <= MAXIMUM_REASON_BYTES) return reason;
  let end = MAXIMUM_REASON_BYTES;
  // Never cut a character: bytes that continue one begin with the bits 10.
  while (end > 0 && (bytes.readUInt8(end) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
