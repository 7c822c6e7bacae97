/**
 * Decode turns one ingest's fragments into pictures of exactly one cell's size, on demand: it begins with the kept
 * pictures, hides that it catches up, and from then on each picture appears in the slot as soon as it is decoded.
 */
import { EventEmitter } from 'node:events';
import { backoffMs } from '../../core/backoff.js';
import type { Closable } from '../../core/closing.js';
import { monotonicMs } from '../../core/clock.js';
import type { Fit } from '../../core/geometry.js';
import type { Logger } from '../../core/logger.js';
import type { Redactor } from '../../core/secrets.js';
import { FfmpegChild } from '../../ffmpeg/child.js';
import type { Fragment } from '../ingest/fragment.js';
import type { InitialisationSegment } from '../ingest/fragment-reader.js';
import type { Ingest } from '../ingest/ingest.js';
import { decodeArguments } from './decode-arguments.js';
import { FragmentFeed } from './fragment-feed.js';
import { PictureAssembler } from './picture-assembler.js';
import type { SlotWriter } from './slot-writer.js';

/** Catching up is hidden for so long after the first decoded picture; then what there is is shown. */
const HIDE_AT_MOST_MS = 400;
/** A decoder has caught up when no more than this is missing: streams with B pictures hold two back, a deinterlacer one more. */
const HELD_PICTURES = 2;
/** A decoder that takes pictures and gives none for so long is replaced. */
const SILENCE_MS = 4_000;
/** The first picture comes after all those that are only decoded on the way to it. */
const FIRST_SILENCE_MS = 15_000;
/** More than these are not passed over unseen: what is shown then runs ahead of time until it has caught up. */
const MOST_SKIPPED_PICTURES = 150;
const RESTART_BACKOFF = { firstMs: 250, maximumMs: 10_000, jitter: 0.2 };
/**
 * Pictures of a stream without key pictures are hidden for so long, so that no half picture passes for the hall. Begun in
 * the middle of a refresh, a picture is whole at the end of the next: two of the usual two seconds.
 */
const REFRESH_MS = 4_000;

export type DecoderOptions = {
  readonly ingest: Ingest;
  readonly writer: SlotWriter;
  /** Among the writers of the slot, higher goes first. */
  readonly rank: number;
  readonly fit: Fit;
  /** Pictures need not follow each other sooner than this; 0: all are wanted. */
  readonly leastIntervalMs: number;
  readonly log: Logger;
  readonly redactor: Redactor;
};

/** One run of ffmpeg, from one connection's first fragment to its last. */
type Run = {
  readonly segment: InitialisationSegment;
  /** Given before ffmpeg was there to take it: from a key picture on. */
  waiting: Fragment[];
  /** Whether it begins anywhere, because no key picture is to be expected. */
  readonly isKeyless: boolean;
  /** Whether pictures come and none can be shown, for want of a key picture. */
  awaitsKey: boolean;
  child: FfmpegChild | null;
  assembler: PictureAssembler | null;
  feed: FragmentFeed | null;
  /** Pictures that came out or were passed over on the way: how far it is. */
  decoded: number;
  firstDecodedAtMs: number | null;
  lastDecodedAtMs: number;
  caughtUp: boolean;
  ended: boolean;
};

export class Decoder extends EventEmitter<{ picture: [] }> implements Closable {
  readonly #options: DecoderOptions;
  readonly #unsubscribe: () => void;
  readonly #runs = new Set<Promise<void>>();
  #run: Run | null = null;
  #failures = 0;
  #restart: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: DecoderOptions) {
    super();
    this.#options = options;
    this.#unsubscribe = options.ingest.subscribe({
      begin: (segment, kept) => this.#begin(segment, kept),
      fragment: (fragment) => this.#push(fragment),
      end: () => this.#end(),
    });
  }

  /** Whether pictures arrive and none can be shown, because no key picture has come to begin with. */
  get awaitsKeyPicture(): boolean {
    return this.#run?.awaitsKey ?? false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#end();
    await Promise.all(this.#runs);
  }

  #begin(segment: InitialisationSegment, kept: readonly Fragment[]): void {
    this.#end();
    if (this.#closed) return;
    const isKeyless = this.#options.ingest.isKeyless && kept[0]?.isKey !== true;
    const run: Run = {
      segment,
      waiting: [...kept],
      isKeyless,
      awaitsKey: isKeyless,
      child: null,
      assembler: null,
      feed: null,
      decoded: 0,
      firstDecodedAtMs: null,
      lastDecodedAtMs: 0,
      caughtUp: false,
      ended: false,
    };
    this.#run = run;
    const running = this.#decode(run);
    this.#runs.add(running);
    void running.finally(() => this.#runs.delete(running));
  }

  #push(fragment: Fragment): void {
    const run = this.#run;
    if (run === null) return;
    if (run.feed !== null) {
      run.feed.push(fragment);
      // It would wait for a key picture, for ever.
      if (run.feed.isDropping && this.#options.ingest.isKeyless) this.#begin(run.segment, []);
      else this.#watch(run, run.feed);
    } else if (run.waiting.length > 0 || fragment.isKey || run.isKeyless) {
      // With pictures to pass over, the list stays as it was counted.
      if (fragment.isKey && run.decoded === 0) run.waiting = [];
      run.waiting.push(fragment);
      if (run.child !== null) this.#connect(run, run.child);
    } else if (this.#options.ingest.isKeyless) {
      this.#begin(run.segment, [fragment]);
    } else {
      run.awaitsKey = true;
    }
  }

  #end(): void {
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#restart = null;
    const run = this.#run;
    this.#run = null;
    if (run === null) return;
    run.ended = true;
    run.assembler?.abandon();
    void run.child?.kill();
  }

  async #decode(run: Run): Promise<void> {
    const { writer, rank, fit, leastIntervalMs, log, redactor } = this.#options;
    run.decoded = Math.min(Math.max(run.waiting.length - 1, 0), MOST_SKIPPED_PICTURES);
    const arguments_ = decodeArguments(writer.slot.handle, fit, run.segment.information, {
      skippedPictures: run.decoded,
      givesDamaged: run.isKeyless,
      leastIntervalMs,
    });
    const assembler = new PictureAssembler(
      writer,
      rank,
      () => !run.ended && this.#mayShow(run),
      (wasShown) => this.#onPicture(run, wasShown),
    );
    run.assembler = assembler;
    const onOutput = (bytes: Buffer): void => {
      if (!run.ended) assembler.push(bytes);
    };
    const options = { arguments: arguments_, urgent: true, onOutput, log, redactor };
    const child = await FfmpegChild.start(options, () => !run.ended);
    if (child === null) return;
    run.child = child;
    if (run.waiting.length > 0) this.#connect(run, child);
    const exit = await child.exited;
    if (run.ended) return;
    run.ended = true;
    assembler.abandon();
    this.#failures = run.firstDecodedAtMs !== null ? 1 : this.#failures + 1;
    const waitMs = backoffMs(this.#failures, RESTART_BACKOFF);
    log.warn(
      { code: exit.code, signal: exit.signal, failure: exit.startFailure, said: exit.lines.at(-1), waitMs },
      'a decoder ended',
    );
    if (this.#run !== run) return;
    this.#run = null;
    this.#restart = setTimeout(() => this.#beginAnew(), waitMs);
  }

  /** After a decoder's own failure: begin again with what the ingest keeps now. */
  #beginAnew(): void {
    this.#restart = null;
    const { ingest } = this.#options;
    if (ingest.segment !== null) this.#begin(ingest.segment, ingest.keptFragments);
  }

  #connect(run: Run, child: FfmpegChild): void {
    if (child.stdin === null) return;
    run.lastDecodedAtMs = monotonicMs();
    run.feed = new FragmentFeed(child.stdin, run.segment.bytes, run.waiting);
    run.waiting = [];
  }

  #mayShow(run: Run): boolean {
    if (run.caughtUp) return true;
    // The picture that begins now is number `decoded`; it is shown when nothing much newer was fed by the time it came.
    const missing = (run.feed?.fed ?? 0) - run.decoded - 1;
    const hiddenForMs = run.firstDecodedAtMs === null ? 0 : monotonicMs() - run.firstDecodedAtMs;
    if (run.isKeyless && hiddenForMs < REFRESH_MS) return false;
    const held = HELD_PICTURES + (run.segment.information.isInterlaced ? 1 : 0);
    run.caughtUp = missing <= held || hiddenForMs > HIDE_AT_MOST_MS;
    return run.caughtUp;
  }

  #onPicture(run: Run, wasShown: boolean): void {
    // Where some are left out, what comes out does not tell how many: it is as far as it could be.
    const far = this.#options.leastIntervalMs === 0 ? 0 : (run.feed?.fed ?? 0);
    run.decoded = Math.max(run.decoded + 1, far);
    run.lastDecodedAtMs = monotonicMs();
    run.firstDecodedAtMs ??= run.lastDecodedAtMs;
    if (!wasShown) return;
    run.awaitsKey = false;
    this.emit('picture');
  }

  /** Called with every fragment that goes in: pictures must come out. */
  #watch(run: Run, feed: FragmentFeed): void {
    const limitMs = run.firstDecodedAtMs === null ? FIRST_SILENCE_MS : SILENCE_MS;
    if (feed.fed - run.decoded <= HELD_PICTURES + 1 || monotonicMs() - run.lastDecodedAtMs < limitMs) return;
    run.lastDecodedAtMs = monotonicMs();
    this.#options.log.warn({ fed: feed.fed, decoded: run.decoded }, 'a decoder gives no pictures');
    void run.child?.kill();
  }
}
