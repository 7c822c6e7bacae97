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

type Progress = { readonly options: ChannelOptions; readonly channel: Channel; isCurrent: boolean };

/**
 * Sends every tick's frame to all outputs at once, in slices spread over a part of the tick, interleaved, each output
 * failing alone. The last parts, which make the devices show the frame, go out together as soon as all others are out; an output that is held up is not waited for.
 */
export class Sender implements Closable {
  #outputs: readonly Progress[];
  readonly #longestSpreadMs: number;
  readonly #sliceMs: number;
  #isStarted = false;
  #closing: Promise<void> | null = null;
  #frameAtMs = 0;
  #spreadMs = 0;

  constructor(outputs: readonly ChannelOptions[], options: SenderOptions) {
    this.#outputs = outputs.map(progressOf);
    const { framesPerSecond, spread = 0.4, sliceMs = 0.75 } = options;
    this.#longestSpreadMs = (1_000 / framesPerSecond) * spread;
    this.#sliceMs = sliceMs;
  }

  /** Opens all outputs; none of them waits for its device. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await Promise.all(this.#outputs.map(({ channel }) => channel.start()));
  }

  /** Sends to these outputs from now on. Those given by the same object as before go on undisturbed, the others say goodbye. */
  async replace(outputs: readonly ChannelOptions[]): Promise<void> {
    const before = this.#outputs;
    this.#outputs = outputs.map((options) => before.find((known) => known.options === options) ?? progressOf(options));
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
    for (const output of this.#outputs) {
      output.isCurrent = output.channel.offer(frame);
      partCount = Math.max(partCount, output.channel.partCount);
    }
    this.#spreadMs = Math.min(this.#longestSpreadMs, partCount * PART_SPACING_MS);
  }

  /** Sends what is due. @returns when more is due, monotonic milliseconds; Infinity when the frame is out everywhere */
  handOut(nowMs: number): number {
    const spreadMs = Math.max(this.#spreadMs, this.#sliceMs);
    const elapsed = (nowMs - this.#frameAtMs + this.#sliceMs) / spreadMs;
    const share = Math.min(1, elapsed);
    const sliceShare = elapsed > OVERDUE ? 1 : (CATCH_UP * this.#sliceMs) / spreadMs;
    let canShow = share >= 1;
    for (const { channel, isCurrent } of this.#outputs) {
      const { partCount, restCount } = channel;
      if (restCount > 0) {
        const atMost = partCount - restCount + Math.ceil(partCount * sliceShare);
        const due = isCurrent ? Math.floor((partCount - 1) * share) : partCount;
        channel.handOut(Math.min(due, atMost));
      }
      if (isCurrent && channel.restCount > 1 && elapsed <= OVERDUE) canShow = false;
    }
    let isDone = true;
    for (const { channel, isCurrent } of this.#outputs) {
      if (canShow && isCurrent && channel.restCount === 1) channel.handOut(channel.partCount);
      if (channel.restCount > 0) isDone = false;
    }
    return isDone ? Number.POSITIVE_INFINITY : nowMs + this.#sliceMs;
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
}

function progressOf(options: ChannelOptions): Progress {
  return { options, channel: new Channel(options), isCurrent: false };
}
