import { readSync, writeSync } from 'node:fs';
import { monotonicMs } from './clock.js';

/** Who gives signs of life: the thread that ticks, and the event loop that feeds it. */
export type HeartbeatPart = 'wall' | 'main';

const OFFSETS: Readonly<Record<HeartbeatPart, number>> = { wall: 0, main: 8 };
const BYTES = 16;

/**
 * Signs of life from one process to another, through a file in memory that both have open: the writer puts the moment of
 * its last beat (monotonic milliseconds, IEEE 754 double, little-endian; the clock is the machine's, so both read it alike) at
 * the place of each part. Writing never waits for the reader, whether that hangs or is gone.
 */
export class HeartbeatWriter {
  readonly #fd: number;
  readonly #offset: number;
  readonly #beat = Buffer.alloc(8);

  /** @param fd of the file, open for writing in this process */
  constructor(fd: number, part: HeartbeatPart) {
    this.#fd = fd;
    this.#offset = OFFSETS[part];
  }

  beat(nowMs: number = monotonicMs()): void {
    this.#beat.writeDoubleLE(nowMs);
    writeSync(this.#fd, this.#beat, 0, 8, this.#offset);
  }
}

/** Reads what a `HeartbeatWriter` of another process wrote. */
export class HeartbeatReader {
  readonly #fd: number;
  readonly #beats = Buffer.alloc(BYTES);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** The moment of each part's last beat, monotonic milliseconds; 0 before the first. */
  read(): Readonly<Record<HeartbeatPart, number>> {
    readSync(this.#fd, this.#beats, 0, BYTES, 0);
    return { wall: this.#beats.readDoubleLE(OFFSETS.wall), main: this.#beats.readDoubleLE(OFFSETS.main) };
  }
}
