import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Closable } from '../core/closing.js';
import { entryPoint } from '../core/entry-point.js';
import { GlasshallError } from '../core/errors.js';
import type { HallNotice, HallOrder } from './hall-messages.js';

export type HallHandleOptions = Extract<HallOrder, { kind: 'start' }>['start'] & {
  /** Making the pictures for the first time: share done (0 to 1) and what is being made. */
  readonly onProgress: (fraction: number, label: string) => void;
};

/** The rehearsal hall in its process, as its owner sees it. */
export class HallHandle implements Closable {
  readonly rehearsal: Extract<HallNotice, { kind: 'started' }>['rehearsal'];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, rehearsal: HallHandle['rehearsal']) {
    this.#child = child;
    this.rehearsal = rehearsal;
  }

  /** @throws GlasshallError `rehearsal-failed` */
  static async start({ onProgress, ...start }: HallHandleOptions): Promise<HallHandle> {
    const child = fork(entryPoint(import.meta.url, '../rehearsal-process.js'), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new Promise((resolve, reject) => {
      const fail = (message: string): void => reject(new GlasshallError('rehearsal-failed', message));
      child.on('message', (notice: HallNotice) => {
        if (notice.kind === 'progress') onProgress(notice.fraction, notice.label);
        else if (notice.kind === 'failed') fail(notice.message);
        else resolve(new HallHandle(child, notice.rehearsal));
      });
      child.once('error', (failure) => fail(failure.message));
      child.once('exit', (code) => fail(`the rehearsal hall ended with ${String(code)}`));
      child.send({ kind: 'start', start } satisfies HallOrder);
    });
  }

  /** Says which process is served: while it runs, the hall does, whatever becomes of its owner. */
  serve(enginePid: number): void {
    if (this.#child.connected) this.#child.send({ kind: 'engine', pid: enginePid } satisfies HallOrder);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.send({ kind: 'close' } satisfies HallOrder);
    else this.#child.kill('SIGKILL');
    await gone;
  }
}
