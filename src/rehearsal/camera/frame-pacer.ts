import { monotonicMs } from '../../core/clock.js';

/** After a longer pause of the whole machine the missed frames are left out; shorter ones are caught up on. */
const LARGEST_CATCH_UP_FRAMES = 25;

/**
 * Ticks at a frame rate on absolute deadlines, so that errors do not add up. Frames are numbered from the creation of the
 * pacer on, also while nobody listens: a camera does not wait for viewers.
 */
export class FramePacer {
  readonly #intervalMs: number;
  readonly #epochMs: number;
  readonly #onFrame: (frameNumber: number) => void;
  #next = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param onFrame called for every frame while running, in order; must not throw */
  constructor(framesPerSecond: number, onFrame: (frameNumber: number) => void) {
    this.#intervalMs = 1_000 / framesPerSecond;
    // A random phase: the cameras of a hall do not all send at the same moment.
    this.#epochMs = monotonicMs() - Math.random() * this.#intervalMs;
    this.#onFrame = onFrame;
  }

  /** The frame that comes next. */
  get nextFrame(): number {
    return Math.max(this.#next, Math.floor((monotonicMs() - this.#epochMs) / this.#intervalMs) + 1);
  }

  start(): void {
    if (this.#timer !== null) return;
    this.#next = this.nextFrame;
    this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    const deadlineMs = this.#epochMs + this.#next * this.#intervalMs;
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, deadlineMs - monotonicMs()));
  }

  #tick(): void {
    const due = Math.floor((monotonicMs() - this.#epochMs) / this.#intervalMs + 0.025);
    if (due - this.#next > LARGEST_CATCH_UP_FRAMES) this.#next = due;
    while (this.#next <= due && this.#timer !== null) {
      this.#onFrame(this.#next);
      this.#next += 1;
    }
    if (this.#timer !== null) this.#schedule();
  }
}
