import type { Closable } from '../../core/closing.js';
import { monotonicMs } from '../../core/clock.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { PictureView, WallEngine } from '../engine.js';
import { jpegEncoder } from './jpeg/registry.js';

/** How often a camera without a picture is asked again. */
const NO_PICTURE_RETRY_MS = 1_000;
/** A viewer at 10 pictures a second takes a picture that comes a little early, rather than every second one. */
const EARLY_MS = 5;

/** One encoded picture, the same bytes for everybody who watches. */
export type FeedFrame = {
  readonly jpeg: Buffer;
  readonly tick: number;
  readonly timeMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** Somebody who watches a feed. */
export type FeedViewer = {
  readonly intervalMs: number;
  /** Whether a picture could be sent now. */
  isReady(): boolean;
  deliver(frame: FeedFrame): void;
};

/**
 * One view in one width: encoded once and handed to everybody who watches, as often as the most demanding of them wants,
 * and not at all while nobody is ready for another picture.
 */
export class Feed implements Closable {
  readonly #engine: WallEngine;
  readonly #view: PictureView;
  readonly #widthPx: number;
  readonly #log: Logger;
  readonly #onEncoded: () => void;
  /** Viewer → when it is due again, on the monotonic clock. */
  readonly #dueAtMs = new Map<FeedViewer, number>();
  #timer: NodeJS.Timeout | null = null;
  #isEncoding = false;
  #retryAtMs = 0;
  #failure: string | null = null;

  constructor(engine: WallEngine, view: PictureView, widthPx: number, log: Logger, onEncoded: () => void) {
    this.#engine = engine;
    this.#view = view;
    this.#widthPx = widthPx;
    this.#log = log;
    this.#onEncoded = onEncoded;
  }

  get viewerCount(): number {
    return this.#dueAtMs.size;
  }

  add(viewer: FeedViewer): void {
    this.#dueAtMs.set(viewer, 0);
    this.wake();
  }

  remove(viewer: FeedViewer): void {
    this.#dueAtMs.delete(viewer);
    if (this.#dueAtMs.size === 0) void this.close();
  }

  /** Plans the next picture; called again when a viewer becomes ready. */
  wake(): void {
    if (this.#isEncoding) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const ready = [...this.#dueAtMs].filter(([viewer]) => viewer.isReady());
    if (ready.length === 0) return;
    const dueAtMs = Math.max(this.#retryAtMs, Math.min(...ready.map(([, due]) => due)));
    this.#timer = setTimeout(() => void this.#show(), Math.max(0, dueAtMs - monotonicMs()));
  }

  close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#dueAtMs.clear();
    return Promise.resolve();
  }

  async #show(): Promise<void> {
    this.#timer = null;
    this.#isEncoding = true;
    const startedAtMs = monotonicMs();
    try {
      const frame = await this.#encode();
      this.#failure = null;
      this.#onEncoded();
      for (const [viewer, dueAtMs] of this.#dueAtMs) {
        if (startedAtMs < dueAtMs - EARLY_MS || !viewer.isReady()) continue;
        // Steady in the long run, without making up for time in which nothing could be sent.
        this.#dueAtMs.set(viewer, Math.max(dueAtMs, startedAtMs - viewer.intervalMs / 2) + viewer.intervalMs);
        viewer.deliver(frame);
      }
    } catch (thrown) {
      this.#retryAtMs = monotonicMs() + NO_PICTURE_RETRY_MS;
      this.#report(thrown);
    } finally {
      this.#isEncoding = false;
      this.wake();
    }
  }

  async #encode(): Promise<FeedFrame> {
    const picture = await this.#engine.picture(this.#view, this.#widthPx);
    try {
      const { bytes, widthPx, heightPx } = await jpegEncoder.encode(picture, this.#widthPx);
      return { jpeg: bytes, tick: picture.tick, timeMs: picture.timeMs, widthPx, heightPx };
    } finally {
      picture.release();
    }
  }

  /** A camera without a picture is its state, shown elsewhere; anything else is said once. */
  #report(thrown: unknown): void {
    const failure = thrown instanceof GlasshallError ? thrown.code : messageOf(thrown);
    if (failure === this.#failure) return;
    this.#failure = failure;
    if (failure === 'no-picture') return;
    this.#log.warn({ view: this.#view, error: failure }, 'a picture for the control page could not be made');
  }
}
