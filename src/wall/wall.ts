/**
 * The wall: composes the program at its rate and hands it to the outputs, in a thread of its own that nothing else can
 * delay. `Wall` is its owner in the main thread; `WallThread` does the work; `Compositor` draws, `pacing` keeps the time.
 * Scenes and ticker texts go in as values, the canvas comes out through a slot in shared memory.
 */
import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { monotonicMs } from '../core/clock.js';
import type { Bitmap } from '../core/bitmap.js';
import type { Closable } from '../core/closing.js';
import { entryPoint } from '../core/entry-point.js';
import { GlasshallError } from '../core/errors.js';
import { FrameSlot } from '../core/frame-slot.js';
import type { Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import { initialReport, type OutputReport } from '../output/channel.js';
import type { OutputOptions } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';
import type { TickerUpdate } from '../ticker/update.js';
import type { PatternOrder, WallCommand, WallNotice, WallReport, WallWorkerData } from './messages.js';
import type { BitmapItem, Scene } from './scene.js';

/** How long the outputs may take to say goodbye. */
const CLOSE_WITHIN_MS = 2_000;
/** Without a tick for so long, the wall counts as standing still. */
const TICKING_WITHIN_MS = 500;

export type WallStartOptions = {
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly outputs: readonly OutputOptions[];
  /** How much light each output is sent with from the first frame on; full where it is not named. */
  readonly brightness?: PixelShares;
  /** Whether nothing is sent until `openOutputs`, because somebody else has the devices. */
  readonly outputsHeld?: boolean;
  /** Open file that hears a beat at every tick, see `core/heartbeat.ts`. */
  readonly heartbeatFd?: number | null;
  readonly log: Logger;
};

export type WallEvents = {
  /** The first tick composed with this scene; `tick` is the sequence of that frame in `program`. */
  sceneShown: [sceneNumber: number, tick: number];
  /** The time of the test pattern with this number was over, or it could not be shown. */
  patternEnded: [number: number];
  /** Once a second. */
  report: [report: WallReport];
  /** What is known about an output's device changed. */
  outputChanged: [output: OutputReport];
  /** The thread died: nothing is composed or sent any more. Without a listener this ends the process. */
  error: [failure: GlasshallError];
};

/** Figures since the start. */
export type WallFigures = {
  readonly ticks: number;
  readonly missedTicks: number;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  /** Ticks in the last whole second. */
  readonly ticksPerSecond: number;
  /** Mean time that a tick took, milliseconds, over the last second. */
  readonly meanTickMs: number;
  /** Whether the wall has ticked within the last half second. */
  readonly ticking: boolean;
};

/** The running wall, seen from the main thread. */
export class Wall extends EventEmitter<WallEvents> implements Closable {
  /** Every canvas, as it goes to the outputs; a frame's sequence is its tick. */
  readonly program: FrameSlot;
  readonly #worker: Worker;
  readonly #log: Logger;
  readonly #startedAtMs = Date.now();
  readonly #exited: Promise<void>;
  #report: WallReport | null = null;
  #outputs: Map<string, OutputReport>;
  #ended = false;
  #last: Bitmap | null = null;
  #isLastShown = false;
  #requests = 0;
  readonly #answers = new Map<number, (problem: string | null) => void>();
  #closing: Promise<void> | null = null;

  private constructor(worker: Worker, program: FrameSlot, options: WallStartOptions) {
    super();
    this.#worker = worker;
    this.program = program;
    this.#log = options.log;
    this.#outputs = new Map(options.outputs.map(({ id }) => [id, initialReport(id)]));
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (notice: WallNotice) => this.#hear(notice));
    worker.on('error', (failure) =>
      this.#die(new GlasshallError('wall-failed', `wall thread failed: ${failure.message}`, {}, { cause: failure })),
    );
    worker.once('exit', (code) =>
      this.#die(new GlasshallError('wall-ended', `wall thread ended with ${code}`, { code })),
    );
  }

  /** Starts the thread; it ticks, in black, when this resolves. @throws GlasshallError when an output does not fit the wall */
  static async start(options: WallStartOptions): Promise<Wall> {
    const { size, framesPerSecond, outputs, brightness = {}, outputsHeld = false, heartbeatFd = null } = options;
    const program = FrameSlot.create(size);
    const data: WallWorkerData = {
      size,
      framesPerSecond,
      outputs,
      brightness,
      program: program.handle,
      outputsHeld,
      heartbeatFd,
    };
    const worker = new Worker(entryPoint(import.meta.url, './wall-worker.js'), { name: 'wall', workerData: data });
    const wall = new Wall(worker, program, options);
    try {
      await wall.#started();
    } catch (failure) {
      await worker.terminate();
      throw failure;
    }
    return wall;
  }

  /** Replaces the picture at the next tick, all at once, or fades over to it. */
  setScene(scene: Scene, fadeMs = 0): void {
    if (this.#isLastShown) return;
    this.#tell({ kind: 'scene', scene, fadeMs });
  }

  /** What every later scene is too late for: the wall is about to close, and shows what will stay. */
  setLastScene(scene: Scene): void {
    this.setScene(scene);
    this.setPattern(null);
    this.#isLastShown = true;
  }

  /** Begins to send, where outputs were held. */
  openOutputs(): void {
    this.#tell({ kind: 'open-outputs' });
  }

  /**
   * Sends to these outputs from now on; those whose options are as before go on undisturbed.
   * @param brightness how much light new ones are sent with from their first frame on
   * @returns what is wrong with them, in words; nothing changes then. Null when they are in use.
   */
  setOutputs(outputs: readonly OutputOptions[], brightness: PixelShares = {}): Promise<string | null> {
    if (this.#ended) return Promise.resolve('the wall has ended');
    const request = ++this.#requests;
    return new Promise((resolve) => {
      this.#answers.set(request, (problem) => {
        if (problem === null) {
          this.#outputs = new Map(outputs.map(({ id }) => [id, this.#outputs.get(id) ?? initialReport(id)]));
        }
        resolve(problem);
      });
      this.#tell({ kind: 'outputs', request, outputs, brightness });
    });
  }

  /** What the outputs show when the wall has closed, of the wall's size; null: black. */
  showAtEnd(picture: Bitmap | null): void {
    this.#last = picture;
  }

  /** Gives all ticker cells of one height a text. */
  ticker(update: TickerUpdate): void {
    this.#tell({ kind: 'ticker', update });
  }

  /** The whole wall black, until it is switched off again. */
  setBlackout(on: boolean): void {
    this.#tell({ kind: 'blackout', on });
  }

  /** A test pattern over everything but a blackout; it ends by itself. Null: none any more. */
  setPattern(order: PatternOrder | null): void {
    if (this.#isLastShown) return;
    this.#tell({ kind: 'pattern', order });
  }

  /** Holds the picture, with this sign over it; null: goes on. */
  setFreeze(sign: BitmapItem | null): void {
    this.#tell({ kind: 'freeze', sign });
  }

  /** How much light each output is sent with from now on; full where it is not named. */
  setBrightness(shares: PixelShares): void {
    this.#tell({ kind: 'brightness', shares });
  }

  /** Sends these outputs no frames from now on, after the last ones, and the others all. */
  setSilent(outputs: readonly string[]): void {
    this.#tell({ kind: 'silent', outputs });
  }

  /** Shows this picture over everything until it is called with null; scenes and takes go on beneath it. */
  setCover(cover: BitmapItem | null): void {
    this.#tell({ kind: 'cover', cover });
  }

  /** The latest figures of every output, in configured order. */
  outputs(): readonly OutputReport[] {
    return [...this.#outputs.values()];
  }

  statistics(): WallFigures {
    const lastTickMs = this.program.publishedAtMs;
    return {
      ticks: this.program.publishedCount,
      missedTicks: this.#report?.missedTicks ?? 0,
      startedAtMs: this.#startedAtMs,
      ticksPerSecond: this.#report?.ticksPerSecond ?? 0,
      meanTickMs: this.#report?.meanTickMs ?? 0,
      ticking: !this.#ended && lastTickMs !== null && monotonicMs() - lastTickMs < TICKING_WITHIN_MS,
    };
  }

  /** Outputs say goodbye, black or with what `showAtEnd` got, then the thread ends; after two seconds it is ended. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended) return;
    this.#tell({ kind: 'close', last: this.#last });
    const deadline = setTimeout(() => {
      this.#log.warn({}, 'wall thread did not end in time');
      void this.#worker.terminate();
    }, CLOSE_WITHIN_MS);
    await this.#exited;
    clearTimeout(deadline);
  }

  #tell(command: WallCommand): void {
    if (!this.#ended) this.#worker.postMessage(command);
  }

  #started(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('error', reject);
      this.#worker.on('message', (notice: WallNotice) => {
        if (notice.kind !== 'started') return;
        this.off('error', reject);
        resolve();
      });
    });
  }

  #hear(notice: WallNotice): void {
    switch (notice.kind) {
      case 'started':
        return;
      case 'outputs-set':
        this.#answers.get(notice.request)?.(notice.problem);
        this.#answers.delete(notice.request);
        return;
      case 'failed':
        this.#die(new GlasshallError(notice.code, notice.message, notice.parameters));
        return;
      case 'sceneShown':
        this.emit('sceneShown', notice.sceneNumber, notice.tick);
        return;
      case 'pattern-ended':
        this.emit('patternEnded', notice.number);
        return;
      case 'report':
        this.#report = notice.report;
        this.#outputs = new Map(notice.report.perOutput.map((output) => [output.id, output]));
        this.emit('report', notice.report);
        return;
      case 'output':
        this.#outputs.set(notice.output.id, notice.output);
        this.emit('outputChanged', notice.output);
        return;
      case 'log':
        this.#log[notice.level](notice.details, notice.message);
    }
  }

  #die(failure: GlasshallError): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const answer of this.#answers.values()) answer('the wall has ended');
    this.#answers.clear();
    if (this.#closing === null) this.emit('error', failure);
  }
}
