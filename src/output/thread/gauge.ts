/// <reference lib="es2024.sharedmemory" />

const FRAMES = 0;
const TAKING = 1;
const BUSY = 2;
const TICKS = 3;
/** One more than a frame slot keeps. */
const TICK_COUNT = 4;

/** What the wall's thread and an output's thread know of each other without a message: a few words of shared memory. */
export class Gauge {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;

  /** @param memory of a gauge that another thread made; without it, a new one */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer((TICKS + TICK_COUNT) * 4)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
  }

  /** Wall: remembers which tick a frame about to be published shows. */
  setTick(sequence: number, tick: number): void {
    Atomics.store(this.#words, TICKS + (sequence % TICK_COUNT), tick);
  }

  /** Output: the tick that a frame of the slot shows, while the frame is intact. */
  tickOf(sequence: number): number {
    return Atomics.load(this.#words, TICKS + (sequence % TICK_COUNT));
  }

  /** Wall: a frame was published. */
  announce(): void {
    Atomics.add(this.#words, FRAMES, 1);
    Atomics.notify(this.#words, FRAMES);
  }

  /** Frames announced so far, modulo 2^32. */
  get announced(): number {
    return Atomics.load(this.#words, FRAMES);
  }

  /** Output: resolves when more than so many frames are announced. */
  async announcedAfter(known: number): Promise<void> {
    const waiting = Atomics.waitAsync(this.#words, FRAMES, known);
    if (waiting.async) await waiting.value;
  }

  /** Whether frames go on from here: false while an encoder is being started, or its target is not there. */
  get isTaking(): boolean {
    return Atomics.load(this.#words, TAKING) === 1;
  }

  set isTaking(on: boolean) {
    Atomics.store(this.#words, TAKING, on ? 1 : 0);
  }

  /** Whether an earlier frame is still on its way, so that new ones would be lost. */
  get isBusy(): boolean {
    return Atomics.load(this.#words, BUSY) === 1;
  }

  set isBusy(on: boolean) {
    Atomics.store(this.#words, BUSY, on ? 1 : 0);
  }
}
