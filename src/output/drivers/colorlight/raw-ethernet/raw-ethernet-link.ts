import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { backoffMs } from '../../../../core/backoff.js';
import type { Closable } from '../../../../core/closing.js';
import { entryPoint } from '../../../../core/entry-point.js';
import { messageOf } from '../../../../core/errors.js';
import { canStartLightly, LightProcess } from '../../../../core/light-process.js';
import type { Logger } from '../../../../core/logger.js';
import type { CardReply } from '../packet.js';
import { parseNotice } from './notice.js';

/** Names a Node that may do what this process may not, such as a copy with CAP_NET_RAW. */
const NODE_VARIABLE = 'GLASSHALL_RAW_ETHERNET_NODE';
/** Room that the process needs beside its code is next to nothing. */
const NODE_OPTIONS = ['--max-old-space-size=32'];
/** What is longer is no line of ours. */
const LONGEST_LINE = 4_096;
const STDERR_CHARACTERS = 500;
/** A process that lived so long begins the count of tries anew. */
const LONG_LIFE_MS = 10_000;
const ENDING_MS = 1_500;
/** A process that takes nothing for so many looks in a row hangs. */
const WATCH_EVERY_MS = 1_000;
const HANGING_LOOKS = 3;

/**
 * The way to one network interface: a process of its own, which alone needs CAP_NET_RAW, is started, watched, and started again for
 * as long as it ends. Records that cannot be handed to it are counted; nothing is thrown and nothing waits.
 */
export class RawEthernetLink implements Closable {
  readonly #interfaceName: string;
  readonly #log: Logger;
  readonly #waiting = new Set<(card: CardReply) => void>();
  #child: LightProcess | null = null;
  #startedAtMs = 0;
  #attempt = 0;
  #restartTimer: NodeJS.Timeout | null = null;
  #watchTimer: NodeJS.Timeout | null = null;
  #isOpen = false;
  #opening = 0;
  #reason: string | null = null;
  #failed = 0;
  #taken = 0;
  #takenBefore = 0;
  #stuckLooks = 0;
  #closing: Promise<void> | null = null;

  constructor(interfaceName: string, log: Logger) {
    this.#interfaceName = interfaceName;
    this.#log = log;
  }

  /** Starts the process, and does not wait for it. */
  start(): void {
    if (this.#closing !== null || this.#watchTimer !== null) return;
    this.#watchTimer = setInterval(() => this.#watch(), WATCH_EVERY_MS);
    this.#begin();
  }

  /** Whether the process has the interface open, and its line is there. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** How often the interface was opened: what was begun before an opening must not be gone on with after it. */
  get opening(): number {
    return this.#opening;
  }

  /** Why frames do not leave, as a stable code; null when they do, and while it is not known yet. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Whether the process has not yet taken what it was given. That must not be changed meanwhile. */
  isBusy(): boolean {
    return this.#child !== null && this.#child.stdin.writableLength > 0;
  }

  /** Hands over whole records. @param packets how many they are */
  write(records: Uint8Array, packets: number): void {
    if (this.#isOpen && this.#child !== null) this.#child.stdin.write(records, this.#hasTaken);
    else this.#failed += packets;
  }

  /** Counts packets that were given up before they came here. */
  giveUp(packets: number): void {
    this.#failed += packets;
  }

  /** Packets that did not leave since the last call. */
  takeFailed(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** The next answer of a card, null when none comes in time. */
  nextReply(withinMs: number, signal: AbortSignal): Promise<CardReply | null> {
    return new Promise((resolve) => {
      const done = (card: CardReply | null): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.#waiting.delete(done);
        resolve(card);
      };
      const giveUp = (): void => done(null);
      const timer = setTimeout(giveUp, withinMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.add(done);
      if (signal.aborted) giveUp();
    });
  }

  /** Lets the process send what it has, and end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    if (this.#watchTimer !== null) clearInterval(this.#watchTimer);
    const child = this.#child;
    if (child === null) return;
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
    await once(child, 'close');
    clearTimeout(timer);
  }

  #begin(): void {
    this.#restartTimer = null;
    this.#startedAtMs = performance.now();
    if (!canStartLightly) {
      this.#reason = 'not-supported';
      return;
    }
    const program = process.env[NODE_VARIABLE] ?? process.execPath;
    try {
      const script = fileURLToPath(entryPoint(import.meta.url, './process.js'));
      const child = new LightProcess(program, [...NODE_OPTIONS, script, this.#interfaceName]);
      this.#child = child;
      this.#connect(child);
    } catch (failure) {
      this.#log.debug({ program, failure: messageOf(failure) }, 'the process for raw Ethernet does not start');
      this.#beginLater();
    }
  }

  #connect(child: LightProcess): void {
    let rest = '';
    child.stdout.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString('latin1')).split('\n');
      rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
      for (const line of lines) this.#hear(line);
    });
    child.stderr.on('data', (bytes: Buffer) =>
      this.#log.debug({ text: bytes.toString('utf8', 0, STDERR_CHARACTERS) }, 'the process for raw Ethernet says'),
    );
    // A process that ends while it is written to is nothing unusual; that it has ended is told below.
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.on('error', (failure) => this.#log.debug({ failure: failure.message }, 'raw Ethernet: line broken'));
    }
    child.once('close', (code, signal) => {
      this.#child = null;
      this.#log.debug({ code, signal }, 'the process for raw Ethernet has ended');
      this.#beginLater();
    });
  }

  #hear(line: string): void {
    const notice = parseNotice(line);
    switch (notice?.kind) {
      case 'state':
        if (notice.isOpen && !this.#isOpen) this.#opening += 1;
        this.#isOpen = notice.isOpen;
        this.#reason = notice.reason;
        break;
      case 'failed':
        this.#failed += notice.packets;
        break;
      case 'reply':
        for (const resolve of [...this.#waiting]) resolve(notice.card);
        break;
      case undefined:
        this.#log.debug({ line: line.slice(0, STDERR_CHARACTERS) }, 'raw Ethernet: not understood');
    }
  }

  #beginLater(): void {
    // A process that may not send says so and ends: that is the reason then. Otherwise, that it has ended is.
    if (this.#reason === null || this.#isOpen) this.#reason = 'sender-ended';
    this.#isOpen = false;
    if (this.#closing !== null) return;
    this.#attempt = performance.now() - this.#startedAtMs > LONG_LIFE_MS ? 1 : this.#attempt + 1;
    this.#restartTimer = setTimeout(() => this.#begin(), backoffMs(this.#attempt));
  }

  readonly #hasTaken = (): void => {
    this.#taken += 1;
  };

  #watch(): void {
    this.#stuckLooks = this.isBusy() && this.#taken === this.#takenBefore ? this.#stuckLooks + 1 : 0;
    this.#takenBefore = this.#taken;
    if (this.#stuckLooks >= HANGING_LOOKS) this.#child?.kill('SIGKILL');
  }
}
