import { monotonicMs } from '../../../../core/clock.js';
import { reasonOf } from '../../../network-errors.js';
import { parseReply, REPLY_ETHER_TYPE } from '../packet.js';
import type { Notice } from './notice.js';
import { interfaceIndex, RawSocket, readable, SendMemory } from './raw-socket.js';
import { LONGEST_FRAME_BYTES, PREFIX_BYTES, ROLES } from './record.js';

/** How the process is joined to whoever started it. */
export type SenderLines = {
  /** Waits for input and reads it to `offset`. @returns how many bytes, 0 at the end */
  read(target: Buffer, offset: number): number;
  readonly inputDescriptor: number;
  say(notice: Notice): void;
};

/** Frames that one call into the system sends at the most. */
const BATCH = 64;
const MEMORY_BYTES = 512 * 1_024;
/** How often the interface is looked at … */
const LOOK_EVERY_MS = 500;
/** … and how soon after a failure. */
const LOOK_AFTER_FAILURE_MS = 50;
/** A failure of sending is said for so long, if no other follows. */
const FAILURE_STANDS_MS = 2_500;
/** While the system has no room, it is asked again … */
const RETRY_MS = 0.5;
/** … for so long in every frame. */
const RETRY_BUDGET_MS = 20;
/** Frames that are read at a time, so that a flood of answers does not keep the wall's picture waiting … */
const REPLIES_AT_ONCE = 8;
/** … and answers that are passed on between two looks. */
const REPLIES_PASSED_ON = 64;

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/** Sends records as Ethernet frames, and opens the interface again for as long as it takes. Everything in one thread, waiting in the system. */
export class RawEthernetSender {
  readonly #interfaceName: string;
  readonly #lines: SenderLines;
  readonly #memory = new SendMemory(MEMORY_BYTES, BATCH);
  readonly #received = Buffer.alloc(LONGEST_FRAME_BYTES);
  #socket: RawSocket | null = null;
  #filled = 0;
  #lastLeftMs = 0;
  #nextLookMs = 0;
  #retryUntilMs = 0;
  #isIncomplete = false;
  #hasShown = true;
  #failed = 0;
  #failure: string | null = null;
  #failureUntilMs = 0;
  #isOpen = false;
  #reason: string | null = null;
  #repliesLeft = 0;

  constructor(interfaceName: string, lines: SenderLines) {
    this.#interfaceName = interfaceName;
    this.#lines = lines;
  }

  /** Works until the input ends. @returns the exit status: 1 when this process may not do what it is for */
  run(): number {
    for (;;) {
      const nowMs = monotonicMs();
      if (nowMs >= this.#nextLookMs && !this.#look(nowMs)) return 1;
      const timeoutMs = Math.max(1, Math.ceil(this.#nextLookMs - nowMs));
      const [hasInput, hasReply] = readable(this.#lines.inputDescriptor, this.#socket?.fd ?? -1, timeoutMs);
      if (hasReply) this.#receive();
      if (hasInput && !this.#read()) return 0;
    }
  }

  /** Looks at the interface, opens it where it is new, says what has changed. @returns whether it is worth going on */
  #look(nowMs: number): boolean {
    this.#nextLookMs = nowMs + LOOK_EVERY_MS;
    this.#repliesLeft = REPLIES_PASSED_ON;
    try {
      if (this.#socket !== null && this.#socket.index !== interfaceIndex(this.#interfaceName)) this.#closeSocket();
      this.#socket ??= new RawSocket(this.#interfaceName, REPLY_ETHER_TYPE);
      const { isUp, hasCarrier } = this.#socket.flags();
      const line = isUp ? (hasCarrier ? null : 'no-carrier') : 'network-unreachable';
      if (nowMs >= this.#failureUntilMs) this.#failure = null;
      if (line === null && !this.#isOpen) this.#socket.forgetError();
      this.#sayState(line === null, line ?? this.#failure);
    } catch (failure) {
      this.#closeSocket();
      const reason = reasonOf(failure);
      this.#sayState(false, reason);
      return reason !== 'forbidden';
    }
    if (this.#failed > 0) this.#lines.say({ kind: 'failed', packets: this.#failed });
    this.#failed = 0;
    return true;
  }

  #sayState(isOpen: boolean, reason: string | null): void {
    const isNews = isOpen !== this.#isOpen || reason !== this.#reason;
    this.#isOpen = isOpen;
    this.#reason = reason;
    if (isNews) this.#lines.say({ kind: 'state', isOpen, reason });
  }

  #closeSocket(): void {
    this.#socket?.close();
    this.#socket = null;
  }

  #receive(): void {
    for (let count = 0; count < REPLIES_AT_ONCE; count += 1) {
      const length = this.#socket?.receive(this.#received) ?? 0;
      if (length === 0) return;
      const card = parseReply(this.#received.subarray(0, length));
      if (card === null || this.#repliesLeft === 0) continue;
      this.#repliesLeft -= 1;
      this.#lines.say({ kind: 'reply', card });
    }
  }

  /** @returns false at the end of the input */
  #read(): boolean {
    const { bytes } = this.#memory;
    const count = this.#lines.read(bytes, this.#filled);
    if (count === 0) return false;
    this.#filled += count;
    let at = 0;
    while (this.#filled - at >= PREFIX_BYTES) {
      const length = bytes.readUInt16BE(at);
      if (length > LONGEST_FRAME_BYTES) throw new Error(`a record of ${length} bytes`);
      if (this.#filled - at < PREFIX_BYTES + length) break;
      const pauseMs = bytes.readUInt8(at + 3) / 10;
      this.#take(at + PREFIX_BYTES, length, bytes.readUInt8(at + 2), pauseMs);
      at += PREFIX_BYTES + length;
    }
    this.#send();
    bytes.copyWithin(0, at, this.#filled);
    this.#filled -= at;
    return true;
  }

  #take(at: number, length: number, role: number, pauseMs: number): void {
    if (role === ROLES.apart) {
      this.#sendApart(at, length);
      return;
    }
    const shows = role === ROLES.shows;
    if (pauseMs > 0) {
      this.#send();
      sleepUntil(this.#lastLeftMs + pauseMs);
    }
    if (shows !== this.#hasShown) this.#send();
    if (!shows && this.#hasShown) {
      this.#isIncomplete = false;
      this.#retryUntilMs = monotonicMs() + RETRY_BUDGET_MS;
    }
    this.#hasShown = shows;
    // Half a new picture over half an old one is nobody's: the cards go on showing the old one.
    if (shows && this.#isIncomplete) this.#failed += 1;
    else this.#memory.add(at, length);
    if (this.#memory.isFull) this.#send();
  }

  #sendApart(at: number, length: number): void {
    this.#send();
    const wasIncomplete = this.#isIncomplete;
    this.#memory.add(at, length);
    this.#send();
    this.#isIncomplete = wasIncomplete;
  }

  #send(): void {
    while (this.#memory.count > 0) {
      const sent = this.#socket?.send(this.#memory) ?? Object.assign(new Error('not open'), { code: 'ENODEV' });
      if (typeof sent === 'number') {
        this.#memory.shift(sent);
        continue;
      }
      const nowMs = monotonicMs();
      const reason = reasonOf(sent);
      if (reason === 'buffers-full' && nowMs < this.#retryUntilMs) {
        sleepUntil(nowMs + RETRY_MS);
        continue;
      }
      this.#fail(reason, nowMs);
    }
    this.#lastLeftMs = monotonicMs();
  }

  /** Counts what could not be sent, and has the interface looked at soon. */
  #fail(reason: string, nowMs: number): void {
    this.#isIncomplete = true;
    this.#failed += 1;
    this.#memory.shift(1);
    this.#failure = reason;
    this.#failureUntilMs = nowMs + FAILURE_STANDS_MS;
    this.#nextLookMs = Math.min(this.#nextLookMs, nowMs + LOOK_AFTER_FAILURE_MS);
  }
}

function sleepUntil(momentMs: number): void {
  for (let restMs = momentMs - monotonicMs(); restMs > 0; restMs = momentMs - monotonicMs()) {
    Atomics.wait(neverNotified, 0, 0, restMs);
  }
}
