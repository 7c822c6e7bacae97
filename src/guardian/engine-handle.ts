import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, closeSync, constants, ftruncateSync, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { entryPoint } from '../core/entry-point.js';
import { HeartbeatReader } from '../core/heartbeat.js';
import type { EngineNotice, EngineRequest, EngineStart } from './messages.js';

/** Where the engine's process finds its file for signs of life: after the three standard streams and the channel of messages. */
export const HEARTBEAT_FD = 4;
const BEATS_BYTES = 16;
/**
 * How V8 collects garbage in the engine. Its helper threads are ordinary ones: the wall's thread, in real time, waited for
 * them to be scheduled behind the decoders (5 to 50 ms for a collection of 0.3 ms). A young generation that has its size
 * from the start asks the kernel for no memory while another thread holds the lock on the map of it.
 */
const GARBAGE_COLLECTION = [
  '--single-threaded-gc',
  '--min-semi-space-size=8',
  '--max-semi-space-size=8',
  // The wall's thread collects when it has time to.
  '--expose-gc',
];
/**
 * Where glibc takes memory from: pictures from the kernel, so that they go back to it (mallopt(3)). By itself it learns from
 * the first large piece that is given back to keep all like it, in between what stays. Only the engine wants that, and
 * hands it on to nobody: decoders use one picture's memory again and again, and would pay a page fault for each 4 KiB of it.
 */
const MMAP_THRESHOLD_BYTES = '131072';

/** How an engine's process ended. */
export type EngineExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** One engine process: its messages, its signs of life, its end. */
export class EngineHandle implements Closable {
  /** Resolves when the process is gone. */
  readonly exited: Promise<EngineExit>;
  readonly #child: ChildProcess;
  readonly #fd: number;
  readonly #beats: HeartbeatReader;
  #isGone = false;
  #isCondemned = false;

  constructor(start: EngineStart, onNotice: (notice: EngineNotice) => void) {
    this.#fd = openBeats();
    this.#beats = new HeartbeatReader(this.#fd);
    this.#child = fork(entryPoint(import.meta.url, '../engine-process.js'), [], {
      serialization: 'advanced',
      execArgv: [...process.execArgv, ...GARBAGE_COLLECTION],
      env: { MALLOC_MMAP_THRESHOLD_: MMAP_THRESHOLD_BYTES, ...process.env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', this.#fd],
    });
    this.#child.on('message', (notice: EngineNotice) => onNotice(notice));
    this.exited = new Promise((resolve) => {
      const end = (exit: EngineExit): void => {
        if (this.#isGone) return;
        this.#isGone = true;
        closeSync(this.#fd);
        resolve(exit);
      };
      this.#child.once('exit', (code, signal) => end({ code, signal }));
      // Without a process there is no exit either.
      this.#child.once('error', () => {
        if (this.#child.pid === undefined) end({ code: null, signal: null });
      });
    });
    this.tell({ kind: 'start', start });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether it has been told to go in the way that leaves no choice. */
  get isCondemned(): boolean {
    return this.#isCondemned;
  }

  /** For how long the wall and the event loop have given no sign of life, milliseconds; null before their first. */
  silence(): { readonly wallMs: number | null; readonly mainMs: number | null } {
    if (this.#isGone) return { wallMs: null, mainMs: null };
    const nowMs = monotonicMs();
    const { wall, main } = this.#beats.read();
    return { wallMs: wall === 0 ? null : nowMs - wall, mainMs: main === 0 ? null : nowMs - main };
  }

  tell(request: EngineRequest): void {
    // Whoever is going hears nothing any more; `exited` says the rest.
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  /** Ends it at once, however it hangs; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#isCondemned = true;
    if (!this.#isGone) this.#child.kill('SIGKILL');
    await this.exited;
  }

  close(): Promise<void> {
    return this.kill();
  }
}

/** A file without a name, in memory where there is such a folder: nothing is left of it when both processes are gone. */
function openBeats(): number {
  const folder = isWritable('/dev/shm') ? '/dev/shm' : tmpdir();
  const path = join(folder, `glasshall-${process.pid}-${randomUUID()}`);
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  ftruncateSync(fd, BEATS_BYTES);
  return fd;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // The answer is no; another folder will do.
    return false;
  }
}
