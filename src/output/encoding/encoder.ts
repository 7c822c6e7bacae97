/**
 * Encoding for outputs that send no raw pixels: one ffmpeg that is fed the wall's picture in real time and started again for
 * as long as it ends. What it is judged by is what comes out of it, not whether it lives.
 */
import { backoffMs } from '../../core/backoff.js';
import { monotonicMs } from '../../core/clock.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Redactor } from '../../core/secrets.js';
import { FfmpegChild } from '../../ffmpeg/child.js';
import type { Reachability } from '../output-driver.js';
import type { OutputThreadContext, OutputWork } from '../thread/output-thread.js';
import { failureOf } from './failure.js';
import { FrameFeeder } from './frame-feeder.js';

/** So long a target may take to let the first pictures through. */
const FIRST_PICTURE_MS = 10_000;
/** So long nothing may come out once pictures have come. */
const STALLED_MS = 5_000;
const WATCH_EVERY_MS = 250;
/** Pictures for so long, and the waits between tries begin anew. */
const RECOVERED_MS = 5_000;
/** So long an encoder may take over its last pictures when it is closed. */
const FINISH_MS = 700;

/** One start of ffmpeg. */
export type EncoderRun = {
  readonly arguments: readonly string[];
  /** Takes what ffmpeg writes to its standard output. @returns how many pictures have come out since the last call */
  readonly read: (bytes: Buffer) => number;
  /** A picture was handed to ffmpeg, which is to be shown at this time on the clock of `monotonicMs`. */
  readonly onFrame?: (atMs: number) => void;
  /** Lets go what the run needed. */
  readonly close?: () => Promise<void>;
};

export type EncoderOptions = {
  readonly thread: OutputThreadContext;
  readonly redactor: Redactor;
  /** @throws GlasshallError whose code is the reason why there is nothing to start */
  readonly open: () => Promise<EncoderRun>;
  /** What is known of the destination while pictures come out. */
  readonly whenWorking: Reachability;
  /** What is known while ffmpeg waits for somebody who may come at any time; null when nobody is to be waited for. */
  readonly whenWaiting: Reachability | null;
};

/** An encoder that is there until it is closed. */
export class Encoder implements OutputWork {
  readonly #options: EncoderOptions;
  readonly #working: Promise<void>;
  #feeder: FrameFeeder | null = null;
  #child: FfmpegChild | null = null;
  #isClosed = false;
  #failures = 0;
  #toldReason: string | null = null;
  #interruption: string | null = null;
  #wake: () => void = () => undefined;

  constructor(options: EncoderOptions) {
    this.#options = options;
    this.#working = this.#work();
    void this.#hearFrames();
  }

  async close(isSilent: boolean): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#wake();
      if (!isSilent) await this.#finish();
      await this.#feeder?.close();
      await this.#child?.kill();
    }
    await this.#working;
  }

  /** Ends the running ffmpeg for a reason; it is tried again like after any other end. */
  interrupt(reason: string): void {
    if (this.#child === null || this.#isClosed) return;
    this.#interruption = reason;
    void this.#child.kill();
  }

  /** The last picture goes out, and ffmpeg takes its leave of the target. */
  async #finish(): Promise<void> {
    const child = this.#child;
    if (child === null || this.#feeder === null) return;
    const finished = this.#feeder.finish().then(async () => {
      child.stdin?.end();
      await child.exited;
    });
    await Promise.race([finished, sleep(FINISH_MS)]);
  }

  async #hearFrames(): Promise<void> {
    const { gauge } = this.#options.thread;
    while (!this.#isClosed) {
      const known = gauge.announced;
      this.#feeder?.offer();
      this.#wake();
      await gauge.announcedAfter(known);
    }
  }

  async #work(): Promise<void> {
    const { frames } = this.#options.thread;
    while (!this.#isClosed) {
      // An encoder without a picture would only wait; the first frame wakes this.
      if (frames.publishedCount === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      else await this.#runOnce();
    }
  }

  async #runOnce(): Promise<void> {
    const beganAtMs = monotonicMs();
    const { reason, workedForMs } = await this.#tryRun();
    this.#options.thread.gauge.isTaking = false;
    if (this.#isClosed) return;
    if (workedForMs > RECOVERED_MS) this.#failures = 0;
    this.#failures += 1;
    this.#options.thread.report({ state: 'unreachable', reason });
    const waitMs = backoffMs(this.#failures) - (workedForMs > 0 ? 0 : monotonicMs() - beganAtMs);
    const untilMs = monotonicMs() + Math.max(500, waitMs);
    while (!this.#closedYet() && monotonicMs() < untilMs)
      await sleep(Math.min(WATCH_EVERY_MS, untilMs - monotonicMs()));
  }

  async #tryRun(): Promise<{ readonly reason: string; readonly workedForMs: number }> {
    let run: EncoderRun;
    try {
      run = await this.#options.open();
    } catch (failure) {
      if (!(failure instanceof GlasshallError)) {
        this.#options.thread.log.error({ failure: messageOf(failure) }, 'an encoder could not be prepared');
      }
      return { reason: failure instanceof GlasshallError ? failure.code : 'encoder-failed', workedForMs: 0 };
    }
    try {
      return await this.#run(run);
    } finally {
      await run.close?.();
    }
  }

  async #run(run: EncoderRun): Promise<{ readonly reason: string; readonly workedForMs: number }> {
    const { thread, redactor, whenWorking, whenWaiting } = this.#options;
    const child = await FfmpegChild.start(
      { arguments: run.arguments, urgent: false, log: thread.log, redactor },
      () => !this.#isClosed,
    );
    if (child === null) return { reason: 'closed', workedForMs: 0 };
    this.#child = child;
    const startedAtMs = monotonicMs();
    /** When the first and the latest pictures came out. */
    const seen: { firstAtMs: number | null; lastAtMs: number } = { firstAtMs: null, lastAtMs: startedAtMs };
    this.#interruption = null;
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) return { reason: failureOf(await child.exited), workedForMs: 0 };
    if (whenWaiting !== null) thread.report(whenWaiting);
    stdout.on('data', (bytes: Buffer) => {
      if (run.read(bytes) === 0) return;
      seen.lastAtMs = monotonicMs();
      if (seen.firstAtMs !== null) return;
      seen.firstAtMs = seen.lastAtMs;
      thread.gauge.isTaking = true;
      this.#toldReason = null;
      thread.report(whenWorking);
    });
    const { frames, gauge, framesPerSecond } = thread;
    const onFrame = (atMs: number): void => run.onFrame?.(atMs);
    const feeder = new FrameFeeder({ frames, gauge, framesPerSecond, target: stdin, onFrame });
    this.#feeder = feeder;
    const watch = setInterval(() => {
      const silentMs = monotonicMs() - seen.lastAtMs;
      if (seen.firstAtMs === null && whenWaiting !== null) return;
      if (silentMs < (seen.firstAtMs === null ? FIRST_PICTURE_MS : STALLED_MS)) return;
      this.interrupt(seen.firstAtMs === null ? 'timeout' : 'stalled');
    }, WATCH_EVERY_MS);
    const exit = await child.exited;
    clearInterval(watch);
    this.#feeder = null;
    this.#child = null;
    await feeder.close();
    const reason = this.#interrupted() ?? failureOf(exit);
    // Once for every reason: it may end like this for days.
    if (!this.#isClosed && reason !== this.#toldReason) {
      thread.log.info({ reason, lines: exit.lines.slice(-3) }, 'an encoder ended');
    }
    this.#toldReason = reason;
    return { reason, workedForMs: seen.firstAtMs === null ? 0 : monotonicMs() - seen.firstAtMs };
  }

  /** Behind a call, because it changes while others are waited for. */
  #interrupted(): string | null {
    return this.#interruption;
  }

  /** Behind a call, because it changes while others are waited for. */
  #closedYet(): boolean {
    return this.#isClosed;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
