import type { Closable } from '../core/closing.js';
import { Channel, type ChannelOptions, type OutputReport } from './channel.js';
import type { CanvasFrame, Goodbye } from './output-driver.js';

/** How frames are spread over time. */
export type SenderOptions = {
  readonly framesPerSecond: number;
  /** The share of a tick over which the parts of a frame are spread. Bursts overrun switches and receive buffers. */
  readonly spread?: number;
  /** Time from slice to slice, milliseconds. */
  readonly sliceMs?: number;
};

/** Small frames are not spread wider than this: 150 µs a packet fill a 100 Mbit/s line. */
const PART_SPACING_MS = 0.15;
/** A slice that comes late may be so many times as large as it should be; the rest follows in the next … */
const CATCH_UP = 3;
/** … until the frame has taken so many times its spread: then it goes out, burst or not, before the next one is due. */
const OVERDUE = 1.5;
/** An output whose rate limit lets a frame go out within this share of the tick is waited for by the others' last parts … */
const KEEPS_PACE = 0.8;
/** … until this share of the tick has passed. */
const SHOWN_BY = 0.9;
/** So long an output is still sent the picture that stays on its screen when it falls silent: frames may be lost. */
const LAST_FRAMES_SECONDS = 2;

type Progress = { readonly options: ChannelOptions; readonly channel: Channel; isTogether: boolean };

/**
 * Sends every tick's frame to all outputs at once, in slices spread over a part of the tick, interleaved, each output
 * failing alone. The last parts, which make the devices show the frame, go out together as soon as all others are out; an output that is held up is not waited for.
 * An output with a rate limit takes as long as that wants: a frame that takes longer than the tick costs it the next one, and no other output anything.
 */
export class Sender implements Closable {
  #outputs: readonly Progress[];
  readonly #tickMs: number;
  readonly #longestSpreadMs: number;
  readonly #sliceMs: number;
  readonly #lastFrames: number;
  #silent: readonly string[] = [];
  #isStarted = false;
  #closing: Promise<void> | null = null;
  #frameAtMs = 0;
  #spreadMs = 0;
  #isLimited = false;

  constructor(outputs: readonly ChannelOptions[], options: SenderOptions) {
    const { framesPerSecond, spread = 0.4, sliceMs = 0.75 } = options;
    this.#tickMs = 1_000 / framesPerSecond;
    this.#longestSpreadMs = this.#tickMs * spread;
    this.#sliceMs = sliceMs;
    this.#lastFrames = Math.ceil(framesPerSecond * LAST_FRAMES_SECONDS);
    this.#outputs = outputs.map((output) => this.#progressOf(output));
  }

  /** Opens all outputs; none of them waits for its device. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await Promise.all(this.#outputs.map(({ channel }) => channel.start()));
  }

  /** Sends to these outputs from now on. Those given by the same object as before go on undisturbed, the others say goodbye. */
  async replace(outputs: readonly ChannelOptions[]): Promise<void> {
    const before = this.#outputs;
    this.#outputs = outputs.map(
      (options) => before.find((known) => known.options === options) ?? this.#progressOf(options),
    );
    this.setSilent(this.#silent);
    const left = before.filter((output) => !this.#outputs.includes(output));
    // The old one has said goodbye before the new one, which may be at the same address, says anything.
    await Promise.all(left.map(({ channel }) => channel.close()));
    const begun = this.#outputs.filter((output) => !before.includes(output));
    if (this.#isStarted) await Promise.all(begun.map(({ channel }) => channel.start()));
  }

  /** Offers the frame of a new tick to all outputs; `handOut` sends it. */
  offer(frame: CanvasFrame, nowMs: number): void {
    this.#frameAtMs = nowMs;
    let partCount = 0;
    this.#isLimited = false;
    for (const output of this.#outputs) {
      const { channel } = output;
      output.isTogether = channel.offer(frame) && channel.lineTimeMs <= this.#tickMs * KEEPS_PACE;
      if (output.isTogether && channel.lineTimeMs > 0) this.#isLimited = true;
      partCount = Math.max(partCount, channel.partCount);
    }
    this.#spreadMs = Math.min(this.#longestSpreadMs, partCount * PART_SPACING_MS);
  }

  /** Sends what is due. @returns when more is due, monotonic milliseconds; Infinity when the frame is out everywhere */
  handOut(nowMs: number): number {
    const spreadMs = Math.max(this.#spreadMs, this.#sliceMs);
    const elapsedMs = nowMs - this.#frameAtMs + this.#sliceMs;
    const share = Math.min(1, elapsedMs / spreadMs);
    const overdueMs = OVERDUE * spreadMs;
    const sliceShare = elapsedMs > overdueMs ? 1 : (CATCH_UP * this.#sliceMs) / spreadMs;
    const shownByMs = this.#isLimited ? Math.max(overdueMs, SHOWN_BY * this.#tickMs) : overdueMs;
    let canShow = share >= 1;
    for (const { channel, isTogether } of this.#outputs) {
      const { partCount, restCount } = channel;
      if (restCount > 0) {
        const atMost = partCount - restCount + Math.ceil(partCount * sliceShare);
        const due = isTogether ? Math.floor((partCount - 1) * share) : partCount;
        channel.handOut(Math.min(due, atMost), nowMs);
      }
      if (isTogether && channel.restCount > 1 && elapsedMs <= shownByMs) canShow = false;
    }
    let isDone = true;
    for (const { channel, isTogether } of this.#outputs) {
      if (canShow && isTogether && channel.restCount === 1) channel.handOut(channel.partCount, nowMs);
      if (channel.restCount > 0) isDone = false;
    }
    return isDone ? Number.POSITIVE_INFINITY : nowMs + this.#sliceMs;
  }

  /** Sends these outputs nothing from now on, once their screens have surely had the picture of now; the others everything. */
  setSilent(ids: readonly string[]): void {
    this.#silent = ids;
    for (const { channel } of this.#outputs) channel.setSilent(ids.includes(channel.id), this.#lastFrames);
  }

  /** The figures of all outputs, in configured order. */
  reports(): OutputReport[] {
    return this.#outputs.map(({ channel }) => channel.report());
  }

  /** Lets every output say goodbye and close. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= Promise.all(this.#outputs.map(({ channel }) => channel.close(goodbye))).then(() => undefined);
    return this.#closing;
  }

  #progressOf(options: ChannelOptions): Progress {
    return { options, channel: new Channel(options, this.#sliceMs), isTogether: false };
  }
}
