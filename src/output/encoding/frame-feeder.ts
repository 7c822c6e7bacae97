import type { Writable } from 'node:stream';
import type { Closable } from '../../core/closing.js';
import { monotonicMs } from '../../core/clock.js';
import type { FrameSlot } from '../../core/frame-slot.js';
import type { Gauge } from '../thread/gauge.js';
import { copyNewest } from '../thread/newest-frame.js';

/** When a frame is late by so many times a frame's time, the one before it is sent again. Sooner would be wrong too often. */
const PATIENCE_FRAMES = 1.5;
/** An encoder that is behind by more does not catch up: its clock goes on from here. */
const LARGEST_DEBT_MS = 1_000;

export type FrameFeederOptions = {
  readonly frames: FrameSlot;
  readonly gauge: Gauge;
  readonly framesPerSecond: number;
  /** ffmpeg's standard input. */
  readonly target: Writable;
  /** Called for every frame handed over, with its time on the clock of `monotonicMs`. */
  readonly onFrame: (atMs: number) => void;
};

/**
 * Gives an encoder a frame for every tick, in real time: the newest there is, the same again when the wall is late. Never more
 * than one frame is on its way; while it is, new ones are dropped, and the encoder gets the newest as soon as it takes more.
 */
export class FrameFeeder implements Closable {
  readonly #options: FrameFeederOptions;
  readonly #intervalMs: number;
  readonly #buffer: Buffer;
  #startMs = 0;
  #count = 0;
  #sequence = 0;
  #isWriting = false;
  #repeat: NodeJS.Timeout | null = null;
  #isClosed = false;
  #onIdle: () => void = () => undefined;

  constructor(options: FrameFeederOptions) {
    this.#options = options;
    this.#intervalMs = 1_000 / options.framesPerSecond;
    const { widthPx, heightPx } = options.frames.handle;
    this.#buffer = Buffer.alloc(widthPx * heightPx * 3);
    this.#feed();
  }

  /** A new frame is there. */
  offer(): void {
    if (this.#isWriting) this.#options.gauge.isBusy = true;
    else this.#feed();
  }

  /** Hands over the newest frame, whether one is due or not, and resolves when the encoder has taken it. */
  async finish(): Promise<void> {
    await this.#idle();
    this.#write();
    await this.#idle();
  }

  async #idle(): Promise<void> {
    while (this.#isWriting) await new Promise<void>((resolve) => (this.#onIdle = resolve));
  }

  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#repeat !== null) clearTimeout(this.#repeat);
    this.#options.gauge.isBusy = false;
    this.#isWriting = false;
    this.#onIdle();
    return Promise.resolve();
  }

  #feed(): void {
    if (this.#isClosed || this.#isWriting || this.#options.frames.publishedCount === 0) return;
    const nowMs = monotonicMs();
    if (this.#count === 0) this.#startMs = nowMs;
    const debtMs = nowMs - this.#timeOf(this.#count);
    if (debtMs > LARGEST_DEBT_MS) this.#startMs += debtMs;
    const isNew = this.#options.frames.publishedCount !== this.#sequence;
    if (debtMs >= (isNew ? -0.5 : PATIENCE_FRAMES) * this.#intervalMs) this.#write();
    this.#repeatLater(nowMs);
  }

  #write(): void {
    const sequence = this.#isClosed ? null : copyNewest(this.#options.frames, this.#buffer);
    if (sequence === null) return;
    this.#sequence = sequence;
    const { target, onFrame, gauge } = this.#options;
    const atMs = this.#timeOf(this.#count);
    this.#isWriting = true;
    this.#count += 1;
    onFrame(atMs);
    target.write(this.#buffer, (failure) => {
      this.#isWriting = false;
      gauge.isBusy = false;
      this.#onIdle();
      // A target that is gone takes nothing; its owner hears of it, and closes this.
      if (failure === null || failure === undefined) this.#feed();
    });
  }

  #repeatLater(nowMs: number): void {
    if (this.#repeat !== null) clearTimeout(this.#repeat);
    const dueMs = this.#timeOf(this.#count) + PATIENCE_FRAMES * this.#intervalMs;
    this.#repeat = setTimeout(() => this.#feed(), Math.max(1, dueMs - nowMs));
  }

  #timeOf(index: number): number {
    return this.#startMs + index * this.#intervalMs;
  }
}
