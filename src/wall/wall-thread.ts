import type { Bitmap } from '../core/bitmap.js';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import { HeartbeatWriter } from '../core/heartbeat.js';
import { FrameSlot } from '../core/frame-slot.js';
import type { Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import type { ChannelOptions } from '../output/channel.js';
import { type OutputOptions, rateLimitOf } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';
import { createOutput } from '../output/registry.js';
import { Sender } from '../output/sender.js';
import { Compositor } from './compositor.js';
import type { PatternOrder, WallCommand, WallNotice, WallWorkerData } from './messages.js';
import { rgbOf } from './pixels.js';
import { Pacer, TickSchedule, type PacedWork } from './pacing.js';
import type { CreateScroller } from './tickers.js';
import { warmUp } from './warm-up.js';

const REPORT_EVERY_MS = 1_000;
/**
 * Strips, labels and slots that were shown are shared memory, which this thread's heap knows only as a few bytes each: it would
 * not be collected for hours, and hold on to all of them.
 */
const COLLECT_EVERY_MS = 30_000;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the thread is given besides its data. */
export type WallThreadContext = {
  readonly createScroller: CreateScroller;
  readonly log: Logger;
  readonly notify: (notice: WallNotice) => void;
};

/** The wall at work: at every tick composes the program, publishes it and lets the outputs send it. */
export class WallThread implements Closable, PacedWork {
  readonly #context: WallThreadContext;
  readonly #compositor: Compositor;
  readonly #program: FrameSlot;
  readonly #sender: Sender;
  readonly #framesPerSecond: number;
  readonly #size: Size;
  readonly #heartbeat: HeartbeatWriter | null;
  #isSending: boolean;
  #brightness: PixelShares;
  /** Options as text → output, so that what did not change is recognised. */
  #outputs: ReadonlyMap<string, ChannelOptions>;
  readonly #moment = { monotonicMs: 0, epochMs: 0, tick: 0 };
  readonly #frame: Writable<Parameters<Sender['offer']>[0]>;
  /** Room for the ticks of a few seconds, should a report be late. */
  readonly #lateness: Float64Array;
  #latenessCount = 0;
  #ticks = 0;
  #workMs = 0;
  #shownScene = 0;
  /** Of the test pattern that the owner believes to be shown; null when there is none. */
  #patternNumber: number | null = null;
  #reportedAtMs = 0;
  #collectedAtMs = 0;
  #schedule: TickSchedule;
  #pacer: Pacer | null = null;

  /** @throws GlasshallError when an output does not fit the wall */
  constructor(data: WallWorkerData, context: WallThreadContext) {
    const { size, framesPerSecond } = data;
    this.#context = context;
    this.#framesPerSecond = framesPerSecond;
    this.#program = new FrameSlot(data.program);
    this.#compositor = new Compositor(size, context.createScroller, (failure) =>
      context.log.error({ failure: messageOf(failure) }, 'an item of the scene could not be drawn'),
    );
    this.#frame = { ...size, tick: 0, pixels: this.#program.beginWrite() };
    this.#lateness = new Float64Array(framesPerSecond * 4);
    this.#schedule = new TickSchedule(framesPerSecond, 0);
    this.#size = size;
    this.#heartbeat = data.heartbeatFd === null ? null : new HeartbeatWriter(data.heartbeatFd, 'wall');
    this.#isSending = !data.outputsHeld;
    this.#brightness = data.brightness;
    this.#outputs = new Map(data.outputs.map((options) => [JSON.stringify(options), this.#output(options)]));
    this.#sender = new Sender([...this.#outputs.values()], { framesPerSecond });
  }

  async start(): Promise<void> {
    warmUp(this.#context.createScroller);
    if (this.#isSending) await this.#sender.start();
    const startMs = monotonicMs();
    this.#reportedAtMs = startMs;
    this.#collectedAtMs = startMs;
    this.#schedule = new TickSchedule(this.#framesPerSecond, startMs);
    this.#pacer = new Pacer(this.#schedule, this);
    this.#pacer.start();
  }

  obey(command: Exclude<WallCommand, { kind: 'close' }>): void {
    try {
      switch (command.kind) {
        case 'scene':
          this.#compositor.setScene(command.scene, command.fadeMs);
          return;
        case 'ticker':
          this.#compositor.applyTicker(command.update);
          return;
        case 'blackout':
          this.#compositor.setBlackout(command.on);
          return;
        case 'pattern':
          this.#setPattern(command.order);
          return;
        case 'freeze':
          this.#compositor.setFreeze(command.sign);
          return;
        case 'brightness':
          this.#setBrightness(command.shares);
          return;
        case 'silent':
          this.#sender.setSilent(command.outputs);
          return;
        case 'cover':
          this.#compositor.setCover(command.cover);
          return;
        case 'open-outputs':
          this.#openOutputs();
          return;
        case 'outputs':
          this.#setOutputs(command);
      }
    } catch (failure) {
      this.#context.log.error({ command: command.kind, failure: messageOf(failure) }, 'wall refused a command');
    }
  }

  tick(nowMs: number, latenessMs: number): void {
    this.#heartbeat?.beat(nowMs);
    this.#moment.monotonicMs = nowMs;
    this.#moment.epochMs = Date.now();
    this.#moment.tick = this.#ticks + 1;
    const canvas = this.#program.beginWrite();
    this.#compositor.compose(canvas, this.#moment);
    this.#program.publish(monotonicMs());
    this.#ticks += 1;
    this.#frame.tick = this.#ticks;
    this.#frame.pixels = canvas;
    const offeredMs = monotonicMs();
    if (this.#isSending) this.#sender.offer(this.#frame, offeredMs);
    if (this.#latenessCount < this.#lateness.length) this.#lateness[this.#latenessCount++] = latenessMs;
    this.#workMs += monotonicMs() - nowMs;
    if (this.#patternNumber !== null && !this.#compositor.hasPattern) {
      this.#context.notify({ kind: 'pattern-ended', number: this.#patternNumber });
      this.#patternNumber = null;
    }
    if (this.#compositor.sceneNumber !== this.#shownScene) {
      this.#shownScene = this.#compositor.sceneNumber;
      this.#context.notify({ kind: 'sceneShown', sceneNumber: this.#shownScene, tick: this.#ticks });
    }
  }

  between(nowMs: number): number {
    const nextMs = this.#sender.handOut(nowMs);
    // Reports are made when nothing is left to send, so that they delay nothing; where that never comes, a little later.
    const patienceMs = nextMs === Number.POSITIVE_INFINITY ? 0 : REPORT_EVERY_MS / 2;
    if (nowMs - this.#reportedAtMs >= REPORT_EVERY_MS + patienceMs) this.#report(nowMs);
    else if (patienceMs === 0 && nowMs - this.#collectedAtMs >= COLLECT_EVERY_MS) this.#collect(nowMs);
    return nextMs;
  }

  /** @param last what the outputs show from now on; null: black */
  async close(last: Bitmap | null = null): Promise<void> {
    this.#pacer?.stop();
    const isWhole = last !== null && last.widthPx === this.#size.widthPx && last.heightPx === this.#size.heightPx;
    await this.#sender.close(isWhole ? { ...this.#size, tick: this.#ticks + 1, pixels: rgbOf(last) } : 'black');
  }

  /** What cannot be shown counts as ended: the one before is not what is wanted either. */
  #setPattern(order: PatternOrder | null): void {
    this.#patternNumber = order?.number ?? null;
    this.#compositor.setPattern(null);
    if (order !== null) this.#compositor.setPattern(order.pattern, order.endsAtMs);
  }

  #setBrightness(shares: PixelShares): void {
    this.#brightness = shares;
    for (const { id, driver } of this.#outputs.values()) driver.setBrightness?.(shares[id] ?? 1);
  }

  #openOutputs(): void {
    if (this.#isSending) return;
    const opened = this.#sender.start().then(() => {
      this.#isSending = true;
    });
    this.#watchFor(opened, 'outputs could not be opened');
  }

  #setOutputs({ request, outputs: wanted, brightness }: Extract<WallCommand, { kind: 'outputs' }>): void {
    this.#brightness = { ...brightness, ...this.#brightness };
    const answer = (problem: string | null): void => this.#context.notify({ kind: 'outputs-set', request, problem });
    try {
      this.#outputs = new Map(
        wanted.map((options) => {
          const key = JSON.stringify(options);
          return [key, this.#outputs.get(key) ?? this.#output(options)];
        }),
      );
    } catch (failure) {
      answer(messageOf(failure));
      return;
    }
    const replaced = this.#sender.replace([...this.#outputs.values()]);
    this.#watchFor(
      replaced.finally(() => answer(null)),
      'outputs could not be replaced',
    );
  }

  #watchFor(work: Promise<void>, message: string): void {
    work.catch((failure: unknown) => this.#context.log.error({ failure: messageOf(failure) }, message));
  }

  /** @throws GlasshallError when it does not fit the wall */
  #output(options: OutputOptions): ChannelOptions {
    const { log, notify } = this.#context;
    const context = {
      wall: this.#size,
      framesPerSecond: this.#framesPerSecond,
      log: log.child({ output: options.id }),
    };
    const driver = createOutput(options, context);
    driver.setBrightness?.(this.#brightness[options.id] ?? 1);
    return {
      id: options.id,
      driver,
      rateLimitMbit: rateLimitOf(options),
      log,
      onReachability: (output) => notify({ kind: 'output', output }),
    };
  }

  #collect(nowMs: number): void {
    this.#collectedAtMs = nowMs;
    // Where the engine was started without its guardian there is no such function, and no need.
    globalThis.gc?.();
    this.#context.log.debug({ tookMs: monotonicMs() - nowMs }, 'the wall has collected what was shown');
  }

  #report(nowMs: number): void {
    const count = this.#latenessCount;
    const seconds = (nowMs - this.#reportedAtMs) / 1_000;
    this.#context.notify({
      kind: 'report',
      report: {
        ticks: this.#ticks,
        missedTicks: this.#schedule.missedTicks,
        latenessMs: Array.from(this.#lateness.subarray(0, count)),
        meanTickMs: count === 0 ? 0 : this.#workMs / count,
        ticksPerSecond: count / seconds,
        perOutput: this.#sender.reports(),
      },
    });
    this.#latenessCount = 0;
    this.#workMs = 0;
    this.#reportedAtMs = nowMs;
  }
}
