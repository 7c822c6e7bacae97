/**
 * Outputs whose work is no matter of packets (encoding, writing files) do it in a thread of their own. Here is the wall's
 * half: it copies a picture into shared memory and tells the other half, and that is all it costs the wall.
 */
import { Worker } from 'node:worker_threads';
import { backoffMs } from '../../core/backoff.js';
import { FrameSlot } from '../../core/frame-slot.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../output-driver.js';
import { Gauge } from './gauge.js';
import type { OutputThreadCommand, OutputThreadData, OutputThreadNotice } from './messages.js';

/** Within the time that the wall gives its outputs to close. */
const CLOSE_WITHIN_MS = 1_500;
const STARTING: Reachability = { state: 'unconfirmed', reason: 'starting' };

/** What tells one such driver from another. */
export type ThreadedDriverOptions<Options> = {
  /** The compiled module that calls `runOutputThread`. */
  readonly entry: URL;
  readonly options: Options;
  /** Looks at the destination without starting: whether it could work. Never rejects. */
  readonly examine: (signal: AbortSignal) => Promise<Reachability>;
  /** Whether there is a way to the destination, which the thread may be the last to notice: `unreachable` when there is none. Never rejects. */
  readonly lookAtWay?: (signal: AbortSignal) => Promise<Reachability>;
};

/** A driver of one part per frame: the part hands the picture to the output's thread, where the newest wins. */
export class ThreadedDriver<Options extends { readonly id: string }> implements OutputDriver {
  readonly #driver: ThreadedDriverOptions<Options>;
  readonly #context: DriverContext;
  readonly #frames: FrameSlot;
  readonly #gauge = new Gauge();
  #worker: Worker | null = null;
  #exited: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | null = null;
  #attempts = 0;
  #isStarted = false;
  #isPrepared = false;
  #failed = 0;
  #reachability = STARTING;
  #closing: Promise<void> | null = null;

  constructor(driver: ThreadedDriverOptions<Options>, context: DriverContext) {
    this.#driver = driver;
    this.#context = context;
    this.#frames = FrameSlot.create(context.size);
  }

  start(): Promise<void> {
    if (!this.#isStarted && this.#closing === null) {
      this.#isStarted = true;
      this.#begin();
    }
    return Promise.resolve();
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#isStarted || this.#closing !== null) return 0;
    this.#write(frame.pixels, frame.tick);
    return 1;
  }

  send(from: number, to: number): void {
    if (from > 0 || to < 1 || !this.#isPrepared || this.#closing !== null) return;
    this.#publish();
    if (!this.#gauge.isTaking) this.#failed += 1;
  }

  isBusy(): boolean {
    return this.#gauge.isBusy;
  }

  probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return Promise.resolve({ state: 'unconfirmed', reason: 'closed' });
    return this.#isStarted ? this.#probeAtWork(signal) : this.#driver.examine(signal);
  }

  /** Frames of which nothing was made: nobody encoded or wrote when they came. */
  takeFailedParts(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** Hands on the last frame, then lets the thread end; after 1.5 s it is ended, and its children with it. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#close(goodbye);
    return this.#closing;
  }

  async #probeAtWork(signal: AbortSignal): Promise<Reachability> {
    if (this.#reachability.state === 'unreachable') return this.#reachability;
    const way = await this.#driver.lookAtWay?.(signal);
    return way?.state === 'unreachable' ? way : this.#reachability;
  }

  async #close(goodbye: Goodbye): Promise<void> {
    if (this.#restart !== null) clearTimeout(this.#restart);
    const worker = this.#worker;
    if (worker === null) return;
    if (goodbye !== 'silent') {
      if (goodbye === 'black') this.#frames.beginWrite().fill(0);
      else this.#write(goodbye.pixels, goodbye.tick);
      this.#publish();
    }
    worker.postMessage({ kind: 'close', isSilent: goodbye === 'silent' } satisfies OutputThreadCommand);
    const deadline = setTimeout(() => void worker.terminate(), CLOSE_WITHIN_MS);
    await this.#exited;
    clearTimeout(deadline);
  }

  #write(pixels: Uint8Array, tick: number): void {
    this.#frames.beginWrite().set(pixels);
    this.#gauge.setTick(this.#frames.publishedCount + 1, tick);
    this.#isPrepared = true;
  }

  #publish(): void {
    this.#isPrepared = false;
    this.#frames.publish();
    this.#gauge.announce();
  }

  #begin(): void {
    const { entry, options } = this.#driver;
    const data: OutputThreadData<Options> = {
      options,
      frames: this.#frames.handle,
      framesPerSecond: this.#context.framesPerSecond,
      gauge: this.#gauge.memory,
    };
    const worker = new Worker(entry, { name: `output ${options.id}`, workerData: data });
    this.#worker = worker;
    worker.on('message', (notice: OutputThreadNotice) => this.#hear(notice));
    worker.on('error', (failure) =>
      this.#context.log.error({ failure: failure.message }, 'the thread of an output failed'),
    );
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#gauge.isTaking = false;
        this.#gauge.isBusy = false;
        resolve();
        if (this.#closing === null) this.#beginAgain();
      });
    });
  }

  #beginAgain(): void {
    this.#worker = null;
    this.#reachability = { state: 'unreachable', reason: 'driver-failed' };
    this.#attempts += 1;
    this.#restart = setTimeout(() => this.#begin(), backoffMs(this.#attempts));
  }

  #hear(notice: OutputThreadNotice): void {
    if (notice.kind === 'log') {
      this.#context.log[notice.level](notice.details, notice.message);
      return;
    }
    this.#reachability = notice.reachability;
    if (notice.reachability.state === 'reachable') this.#attempts = 0;
  }
}
