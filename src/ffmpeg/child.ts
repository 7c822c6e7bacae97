import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { childEnvironment } from '../core/child-environment.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Redactor } from '../core/secrets.js';
import { canStartLightly, LightProcess, type OutputListener } from '../core/light-process.js';
import { LineSplitter } from './line-splitter.js';
import { ffmpegCommand, type CommandPrefix } from './programs.js';
import { startGate } from './start-gate.js';

/** Below the wall in the scheduler's eyes: a late picture is a small thing, a late tick is not. */
const NICENESS = 10;
/** So long an urgent child competes on equal terms: somebody waits for its first picture. */
const URGENT_FOR_MS = 1_500;
const TERMINATION_MS = 1_500;
const KEPT_LINES = 12;
/** Lines that one child may log in each period; the rest is counted. */
const LOGGED_LINES = 20;
const LOGGED_LINES_PERIOD_MS = 10_000;

/** How a child ended. `lines` are the last of what it said, secrets masked. */
export type FfmpegExit = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** `ffmpeg-missing`, or the system's code; null when it did start. */
  readonly startFailure: string | null;
  readonly lines: readonly string[];
};

export type FfmpegChildOptions = {
  /** Without the program's name, as `ffmpegArguments` gives them. */
  readonly arguments: readonly string[];
  /** Whether somebody waits for the picture: goes first when many children start. */
  readonly urgent: boolean;
  /** Told of every piece that comes out, valid until it returns; without it, `stdout` is there to be read. */
  readonly onOutput?: OutputListener;
  readonly log: Logger;
  readonly redactor: Redactor;
};

type Process = ChildProcessByStdio<Writable, Readable, Readable> | LightProcess;

const living = new Set<Process>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

let command: CommandPrefix | null = null;

/** Returns the process, or why there is none. */
function startProcess(given: readonly string[], onOutput: OutputListener | null): Process | string {
  command ??= ffmpegCommand();
  if (command === null) return 'ffmpeg-missing';
  try {
    if (canStartLightly) return new LightProcess(command.program, [...command.leading, ...given], onOutput);
    const child: ChildProcess = spawn(command.program, [...command.leading, ...given], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: childEnvironment(),
    });
    if (child.stdin && child.stdout && child.stderr) {
      if (onOutput !== null) child.stdout.on('data', onOutput);
      return child as ChildProcessByStdio<Writable, Readable, Readable>;
    }
    // Out of file descriptors: there are no pipes, and the reason arrives as an event.
    child.on('error', () => undefined);
    return 'EMFILE';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? messageOf(error);
  }
}

/** One running ffmpeg with pipes for media: `stdin`, `stdout`. What it says on stderr is masked, counted and logged. */
export class FfmpegChild implements Closable {
  /** Resolves when the process is gone and its pipes are closed. Never rejects: failing to start is a result too. */
  readonly exited: Promise<FfmpegExit>;
  readonly #child: Process | null;
  readonly #log: Logger;
  readonly #redactor: Redactor;
  readonly #lines: string[] = [];
  #loggedSinceMs = 0;
  #logged = 0;
  #ended = false;

  /** Waits for its turn at the start gate, then starts. Null when `isWanted` says no by then. */
  static async start(options: FfmpegChildOptions, isWanted: () => boolean = () => true): Promise<FfmpegChild | null> {
    await startGate.pass(options.urgent);
    return isWanted() ? new FfmpegChild(options) : null;
  }

  private constructor({ arguments: given, urgent, onOutput, log, redactor }: FfmpegChildOptions) {
    this.#log = log;
    this.#redactor = redactor;
    const started = startProcess(given, onOutput ?? null);
    if (typeof started === 'string') {
      this.#child = null;
      this.exited = Promise.resolve({ code: null, signal: null, startFailure: started, lines: [] });
      return;
    }
    const child = started;
    this.#child = child;
    living.add(child);
    const { pid } = child;
    if (pid !== undefined && !urgent) this.#lowerPriority(pid);
    const urgency = urgent && pid !== undefined ? setTimeout(() => this.#lowerPriority(pid), URGENT_FOR_MS) : undefined;
    const splitter = new LineSplitter((line) => this.#onLine(line));
    child.stderr.on('data', (bytes: Buffer) => splitter.push(bytes));
    // A child that ends while it is written to is nothing unusual; `exited` says why it ended.
    child.stdin.on('error', (error) => this.#log.debug({ error: error.message }, 'ffmpeg takes no more input'));
    child.stdout.on('error', (error) => this.#log.debug({ error: error.message }, 'ffmpeg gives no more output'));
    child.stderr.on('error', (error) => this.#log.debug({ error: error.message }, 'ffmpeg says no more'));
    this.exited = new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null, startFailure: string | null): void => {
        clearTimeout(urgency);
        splitter.end();
        living.delete(child);
        resolve({ code, signal, startFailure, lines: [...this.#lines] });
      };
      if (child instanceof LightProcess) {
        child.on('close', (code, signal) => finish(code, signal, null));
        return;
      }
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) finish(null, null, error.code ?? 'spawn-failed');
        else this.#log.debug({ error: error.message }, 'ffmpeg did not take a signal');
      });
      child.on('close', (code, signal) => finish(code, signal, null));
    });
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Null when ffmpeg did not start. */
  get stdin(): Writable | null {
    return this.#child?.stdin ?? null;
  }

  /** Null when ffmpeg did not start. */
  get stdout(): Readable | null {
    return this.#child?.stdout ?? null;
  }

  /** What it said last, secrets masked. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Asks it to end (so that it says goodbye to its camera), and ends it 1.5 s later if it has not. */
  close(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends it at once: for children that owe nobody a goodbye. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child !== null && !this.#ended) {
      this.#ended = true;
      child.kill(signal);
      child.stdin.destroy();
      child.stdout.destroy();
      const timer = setTimeout(() => child.kill('SIGKILL'), TERMINATION_MS);
      await this.exited;
      clearTimeout(timer);
    }
    await this.exited;
  }

  #lowerPriority(pid: number): void {
    try {
      // Linux keeps a niceness for every thread, and newer ffmpegs have several by now.
      for (const thread of threadsOf(pid)) setPriority(thread, NICENESS);
    } catch (error) {
      this.#log.debug({ pid, error: messageOf(error) }, 'the priority of an ffmpeg child stays as it is');
    }
  }

  #onLine(raw: string): void {
    const line = this.#redactor.redact(raw);
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    const nowMs = performance.now();
    if (nowMs - this.#loggedSinceMs > LOGGED_LINES_PERIOD_MS) {
      if (this.#logged > LOGGED_LINES) {
        this.#log.debug({ lines: this.#logged - LOGGED_LINES }, 'ffmpeg said more than is logged');
      }
      this.#loggedSinceMs = nowMs;
      this.#logged = 0;
    }
    this.#logged += 1;
    if (this.#logged <= LOGGED_LINES) this.#log.debug({ ffmpeg: line }, 'ffmpeg says');
  }
}

function threadsOf(pid: number): number[] {
  const folder = `/proc/${pid}/task`;
  return existsSync(folder) ? readdirSync(folder).map(Number) : [pid];
}
