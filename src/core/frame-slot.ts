import { monotonicMs } from './clock.js';
import type { Size } from './geometry.js';
import { allocateShared } from './shared-memory.js';

/** Frames kept in a slot. With three, a reader has at least one whole frame interval before its frame is written over. */
const BUFFER_COUNT = 3;
const HEADER_BYTES = 64;
const PUBLISHED = 0;
const WRITING = 1;
const SUSPENDED = 2;
const TIMES_BYTE_OFFSET = 16;

/** What travels between threads: shared memory and the size of the picture in it. */
export type FrameSlotHandle = Size & { readonly memory: SharedArrayBuffer };

/** One frame as a reader sees it. The object and its buffer are reused; they are valid until the next `read`. */
export type SlotFrame = {
  /** Rises by one with every frame published into this slot; the first frame has 1. */
  sequence: number;
  /** When the frame was published, on the monotonic clock of `monotonicMs`. */
  publishedAtMs: number;
  /** RGB, 8 bits each, row by row: widthPx × heightPx × 3 bytes. */
  pixels: Uint8Array;
};

/**
 * The latest picture of a source, in shared memory: one writer, any number of readers in any thread, nobody waits.
 * The newest frame wins; what nobody read is gone.
 */
export class FrameSlot {
  readonly handle: FrameSlotHandle;
  readonly #counters: Int32Array;
  readonly #times: Float64Array;
  readonly #buffers: readonly Uint8Array[];
  readonly #frame: SlotFrame;

  /** Opens a slot that another thread created, by its handle. */
  constructor(handle: FrameSlotHandle) {
    this.handle = handle;
    this.#counters = new Int32Array(handle.memory, 0, 3);
    this.#times = new Float64Array(handle.memory, TIMES_BYTE_OFFSET, BUFFER_COUNT);
    const frameBytes = handle.widthPx * handle.heightPx * 3;
    this.#buffers = Array.from(
      { length: BUFFER_COUNT },
      (_, index) => new Uint8Array(handle.memory, HEADER_BYTES + index * frameBytes, frameBytes),
    );
    this.#frame = { sequence: 0, publishedAtMs: 0, pixels: this.#bufferOf(0) };
  }

  /** Makes an empty slot for pictures of one size. */
  static create(size: Size): FrameSlot {
    const memory = allocateShared(HEADER_BYTES + BUFFER_COUNT * size.widthPx * size.heightPx * 3);
    return new FrameSlot({ widthPx: size.widthPx, heightPx: size.heightPx, memory });
  }

  /** Writer: the buffer for the next frame. Fill it, then `publish`. Calling it again before `publish` gives the same buffer. */
  beginWrite(): Uint8Array {
    const next = Atomics.load(this.#counters, PUBLISHED) + 1;
    Atomics.store(this.#counters, WRITING, next);
    return this.#bufferOf(next);
  }

  /** Writer: makes what `beginWrite` gave the latest frame. */
  publish(atMs: number = monotonicMs()): void {
    const next = Atomics.load(this.#counters, PUBLISHED) + 1;
    this.#times[next % BUFFER_COUNT] = atMs;
    Atomics.store(this.#counters, PUBLISHED, next);
  }

  /** Whether its frames must not be shown, however young they are: they say something untrue. Seen by all threads at once. */
  get suspended(): boolean {
    return Atomics.load(this.#counters, SUSPENDED) === 1;
  }

  set suspended(on: boolean) {
    Atomics.store(this.#counters, SUSPENDED, on ? 1 : 0);
  }

  /** How many frames were published into this slot so far. */
  get publishedCount(): number {
    return Atomics.load(this.#counters, PUBLISHED);
  }

  /** When the latest frame was published (monotonic ms), or null while there is none. */
  get publishedAtMs(): number | null {
    const sequence = Atomics.load(this.#counters, PUBLISHED);
    return sequence === 0 ? null : (this.#times[sequence % BUFFER_COUNT] ?? null);
  }

  /** Reader: the latest frame, or null while there is none. After copying from it, ask `isIntact`. */
  read(): SlotFrame | null {
    const sequence = Atomics.load(this.#counters, PUBLISHED);
    if (sequence === 0) return null;
    this.#frame.sequence = sequence;
    this.#frame.publishedAtMs = this.#times[sequence % BUFFER_COUNT] ?? 0;
    this.#frame.pixels = this.#bufferOf(sequence);
    return this.#frame;
  }

  /** Writer, between `publish` and the next `beginWrite`: the frame before the latest; null while there is none. */
  previousPixels(): Uint8Array | null {
    const sequence = Atomics.load(this.#counters, PUBLISHED);
    return sequence > 1 ? this.#bufferOf(sequence - 1) : null;
  }

  /** Reader: whether the frame of this sequence was still whole a moment ago, i.e. the writer has not come round to its buffer. */
  isIntact(sequence: number): boolean {
    return Atomics.load(this.#counters, WRITING) < sequence + BUFFER_COUNT;
  }

  #bufferOf(sequence: number): Uint8Array {
    const buffer = this.#buffers[sequence % BUFFER_COUNT];
    if (buffer === undefined) throw new RangeError(`no buffer for frame ${sequence}`);
    return buffer;
  }
}
