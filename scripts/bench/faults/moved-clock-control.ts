import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from '../../../src/core/closing.js';
import { entryPoint } from '../../../src/core/entry-point.js';

/** Moves the calendar clock of a service that was started with `environment`. See `moved-clock.ts`. */
export class MovedClock implements Closable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<MovedClock> {
    const shared = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    const clock = new MovedClock(await mkdtemp(join(shared, 'glasshall-clock-')));
    await clock.move(0);
    return clock;
  }

  /** For the processes whose clock is to be moved. */
  get environment(): Readonly<Record<string, string>> {
    const preload = entryPoint(import.meta.url, './moved-clock.js').href;
    return { GLASSHALL_BENCH_CLOCK: this.#file, NODE_OPTIONS: `--import=${preload}` };
  }

  /** The clock is off by so much from now on. */
  async move(offsetMs: number): Promise<void> {
    // Renamed, so that nobody reads half a number.
    await writeFile(`${this.#file}.new`, String(offsetMs));
    await rename(`${this.#file}.new`, this.#file);
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.#folder, 'offset');
  }
}
