import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { LineRate, lineTimeMs } from './line-rate.js';
import type { CanvasFrame, Goodbye, OutputDriver, Reachability } from './output-driver.js';
import { FULL_FRAME_WIRE_BYTES } from './wire-bytes.js';

/** What an output did so far, counted from its start. */
export type OutputReport = {
  readonly id: string;
  /** Frames handed to the system whole. */
  readonly frames: number;
  /** Frames that were not sent because the output was still busy with an earlier one, or had no way to send. */
  readonly droppedFrames: number;
  readonly packets: number;
  readonly failedParts: number;
  readonly reachability: Reachability;
};

/** What is said of an output before anything happened. */
export function initialReport(id: string): OutputReport {
  return { id, frames: 0, droppedFrames: 0, packets: 0, failedParts: 0, reachability: NOT_ASKED };
}

const NOT_ASKED: Reachability = { state: 'unconfirmed', reason: 'not-asked' };
/** What is wrong is to be known within 3 s: with the two answers that silence takes, and what the system takes to notice. */
const PROBE_EVERY_MS = 1_000;
const PROBE_DEADLINE_MS = 950;
/** One answer that says nothing is not news, for an answer or a refusal may be lost; so many in a row are. */
const SILENCES_BEFORE_NEWS = 2;

/** What a channel is made of. */
export type ChannelOptions = {
  readonly id: string;
  readonly driver: OutputDriver;
  /** Never more than so many Mbit/s, everything on the wire counted; null or absent: as fast as the sender spreads it. */
  readonly rateLimitMbit?: number | null;
  readonly log: Logger;
  /** Called once for every change of what is known about the device. */
  readonly onReachability: (report: OutputReport) => void;
};

/** One output at work: its driver, the frame that is going out, its figures. Whatever the driver throws stays here. */
export class Channel implements Closable {
  readonly #options: ChannelOptions;
  readonly #log: Logger;
  readonly #lineRate: LineRate | null;
  #lineTimeMs = 0;
  #partCount = 0;
  #sentCount = 0;
  #frames = 0;
  #droppedFrames = 0;
  #packets = 0;
  #failedParts = 0;
  #reachability: Reachability = NOT_ASKED;
  #silences = 0;
  #isBroken = false;
  #isSilent = false;
  #framesBeforeSilence = 0;
  #probeTimer: NodeJS.Timeout | null = null;
  #probing: Promise<void> | null = null;
  #probeSignal = new AbortController();
  #isEnding = false;
  #closing: Promise<void> | null = null;

  /** @param sliceMs how often parts are handed out */
  constructor(options: ChannelOptions, sliceMs: number) {
    this.#options = options;
    const { rateLimitMbit = null } = options;
    this.#lineRate = rateLimitMbit === null ? null : new LineRate(rateLimitMbit, sliceMs);
    this.#log = options.log.child({ output: options.id });
  }

  async start(): Promise<void> {
    await this.#options.driver.start();
    this.#probe();
    this.#probeTimer = setInterval(() => this.#probe(), PROBE_EVERY_MS);
  }

  get id(): string {
    return this.#options.id;
  }

  /** Sends nothing from now on, but for so many last frames; or everything again. Asks its device as before. */
  setSilent(on: boolean, lastFrames: number): void {
    if (on && !this.#isSilent) this.#framesBeforeSilence = lastFrames;
    this.#isSilent = on;
  }

  /** Parts of the frame that is going out. */
  get partCount(): number {
    return this.#partCount;
  }

  /** Parts not yet handed to the system. */
  get restCount(): number {
    return this.#partCount - this.#sentCount;
  }

  /** How long the frame that is going out takes at the highest rate allowed, milliseconds; 0 where there is no limit. */
  get lineTimeMs(): number {
    return this.#lineTimeMs;
  }

  /** Takes a new frame, or drops it while the last one is still going out. @returns whether it was taken */
  offer(frame: CanvasFrame): boolean {
    const { driver } = this.#options;
    if (this.#isSilent && this.restCount === 0 && (this.#framesBeforeSilence -= 1) < 0) return false;
    if (this.restCount > 0 || this.#isHeldUp()) {
      this.#droppedFrames += 1;
      return false;
    }
    this.#partCount = 0;
    this.#sentCount = 0;
    try {
      this.#partCount = driver.prepare(frame);
      this.#lineTimeMs = this.#timeOnLine();
    } catch (failure) {
      this.#broken(failure);
    }
    if (this.#partCount === 0) this.#droppedFrames += 1;
    return this.#partCount > 0;
  }

  /** Hands parts to the system until `count` of them are out or the rate allows no more, unless it still holds earlier ones. */
  handOut(count: number, nowMs: number): void {
    const most = Math.min(count, this.#partCount);
    if (most <= this.#sentCount || this.#isHeldUp()) return;
    const from = this.#sentCount;
    try {
      const to = this.#allowed(most, nowMs);
      if (to === from) return;
      this.#sentCount = to;
      this.#options.driver.send(from, to);
      this.#packets += to - from;
      if (to === this.#partCount) {
        this.#frames += 1;
        this.#isBroken = false;
      }
    } catch (failure) {
      this.#sentCount = this.#partCount;
      this.#droppedFrames += 1;
      this.#broken(failure);
    }
  }

  report(): OutputReport {
    this.#failedParts += this.#options.driver.takeFailedParts();
    return {
      id: this.#options.id,
      frames: this.#frames,
      droppedFrames: this.#droppedFrames,
      packets: this.#packets,
      failedParts: this.#failedParts,
      reachability: this.#reachability,
    };
  }

  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#close(goodbye);
    return this.#closing;
  }

  async #close(goodbye: Goodbye): Promise<void> {
    if (this.#probeTimer !== null) clearInterval(this.#probeTimer);
    this.#isEnding = true;
    this.#probeSignal.abort();
    await this.#probing;
    await this.#options.driver.close(goodbye);
  }

  /** @returns up to which part, `most` at the furthest, the rate allows parts to go out */
  #allowed(most: number, nowMs: number): number {
    if (this.#lineRate === null) return most;
    let to = this.#sentCount;
    while (to < most && this.#lineRate.take(this.#bytesOf(to), nowMs)) to += 1;
    return to;
  }

  #timeOnLine(): number {
    const { rateLimitMbit = null } = this.#options;
    if (rateLimitMbit === null) return 0;
    let bytes = 0;
    for (let part = 0; part < this.#partCount; part += 1) bytes += this.#bytesOf(part);
    return lineTimeMs(bytes, rateLimitMbit);
  }

  #bytesOf(part: number): number {
    return this.#options.driver.partBytes?.(part) ?? FULL_FRAME_WIRE_BYTES;
  }

  #isHeldUp(): boolean {
    return this.#options.driver.isBusy?.() === true;
  }

  #probe(): void {
    if (this.#probing !== null) return;
    const controller = new AbortController();
    this.#probeSignal = controller;
    const deadline = setTimeout(() => controller.abort(), PROBE_DEADLINE_MS);
    this.#probing = this.#options.driver
      .probe(controller.signal)
      .then((answer) => this.#learn(answer))
      .catch((failure: unknown) => this.#broken(failure))
      .finally(() => {
        clearTimeout(deadline);
        this.#probing = null;
      });
  }

  #learn(answer: Reachability): void {
    if (this.#isEnding) return;
    const isSilence = answer.state === 'unconfirmed' || answer.reason === 'no-answer';
    this.#silences = isSilence ? this.#silences + 1 : 0;
    const isNews = !isSilence || this.#silences >= SILENCES_BEFORE_NEWS || this.#reachability.state === 'unconfirmed';
    if (isNews) this.#become(answer);
  }

  #become(reachability: Reachability): void {
    const { state, reason, detail } = reachability;
    if (state === this.#reachability.state && reason === this.#reachability.reason) return;
    this.#reachability = reachability;
    if (state === 'unreachable') this.#log.warn({ state, reason }, 'output not reachable');
    else this.#log.info({ state, reason, detail }, 'output');
    this.#options.onReachability(this.report());
  }

  #broken(failure: unknown): void {
    if (!this.#isBroken) this.#log.error({ failure: messageOf(failure) }, 'output driver failed');
    this.#isBroken = true;
    this.#become({ state: 'unreachable', reason: 'driver-failed' });
  }
}
