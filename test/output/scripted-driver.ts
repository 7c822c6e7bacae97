import { silentLogger, type Logger } from '../../src/core/logger.js';
import type { OutputReport } from '../../src/output/channel.js';
import type { CanvasFrame, Goodbye, OutputDriver, Reachability } from '../../src/output/output-driver.js';
import { Sender } from '../../src/output/sender.js';

/** A frame of one pixel. */
export const FRAME: CanvasFrame = { widthPx: 1, heightPx: 1, tick: 1, pixels: new Uint8Array(3) };
const UNCONFIRMED: Reachability = { state: 'unconfirmed', reason: 'no-answer' };

/** A driver whose every move the test sees and decides. */
export class ScriptedDriver implements OutputDriver {
  busy = false;
  throwsOn: 'prepare' | 'send' | null = null;
  answers: Reachability[] = [];
  probes = 0;
  closed = 0;
  goodbye: Goodbye | null = null;
  rateLimitMbit: number | null = null;
  /** Bytes of every part on the wire: 125 of them take a line of 1 Mbit/s a millisecond. */
  bytes = 1_250;
  readonly id: string;
  readonly parts: number;
  readonly journal: string[];

  constructor(id: string, parts: number, journal: string[]) {
    this.id = id;
    this.parts = parts;
    this.journal = journal;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  prepare(): number {
    if (this.throwsOn === 'prepare') throw new Error('prepare');
    return this.parts;
  }

  send(from: number, to: number): void {
    if (this.throwsOn === 'send') throw new Error('send');
    for (let part = from; part < to; part += 1) this.journal.push(`${this.id}${part}`);
  }

  partBytes(): number {
    return this.bytes;
  }

  isBusy(): boolean {
    return this.busy;
  }

  probe(): Promise<Reachability> {
    this.probes += 1;
    return Promise.resolve(this.answers.shift() ?? UNCONFIRMED);
  }

  takeFailedParts(): number {
    return 0;
  }

  close(goodbye?: Goodbye): Promise<void> {
    this.goodbye = goodbye ?? null;
    this.closed += 1;
    return Promise.resolve();
  }
}

/** A sender of 25 frames a second: 16 ms of every 40, a slice a millisecond. */
export function senderOf(
  drivers: readonly ScriptedDriver[],
  onReachability: (report: OutputReport) => void = () => undefined,
  log: Logger = silentLogger,
): Sender {
  return new Sender(
    drivers.map((driver) => ({
      id: driver.id,
      driver,
      rateLimitMbit: driver.rateLimitMbit,
      log,
      onReachability,
    })),
    { framesPerSecond: 25, spread: 0.4, sliceMs: 1 },
  );
}

/** Hands out from `fromMs` as often as the sender asks for it. @returns how many parts went out in each slice */
export function run(sender: Sender, journal: string[], fromMs: number, untilMs = Infinity): number[] {
  const slices: number[] = [];
  for (let nowMs = fromMs; nowMs < untilMs;) {
    const before = journal.length;
    nowMs = sender.handOut(nowMs);
    slices.push(journal.length - before);
  }
  return slices;
}
