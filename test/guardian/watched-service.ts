import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Closable } from '../../src/core/closing.js';
import { projectRoot } from '../../src/core/project-root.js';
import type { ServiceNotice } from '../../src/guardian/messages.js';
import { isRunning, stillRunning } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';
import { WatchedDisplay } from './watched-display.js';

const SIZE = { width: 320, height: 180 };
const main = fileURLToPath(new URL('dist/src/main.js', projectRoot));

type Ready = Extract<ServiceNotice, { kind: 'ready' }>;

/** The built service, guardian and all, in front of a display that remembers who sent what. */
export class WatchedService implements Closable {
  /** What the engines said one after the other when they were ready. */
  readonly readies: Ready[] = [];
  /** The configuration, to be spoilt. */
  readonly file: string;
  readonly process: ChildProcess;
  readonly display: WatchedDisplay;
  readonly #folder: string;
  #output = '';
  #closing: Promise<void> | null = null;

  private constructor(folder: string, file: string, display: WatchedDisplay, environment: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.file = file;
    this.display = display;
    const ports = ['--port', '0', '--obs-port', '0'];
    this.process = fork(main, ['--config', file, ...ports, '--state', join(folder, 'state')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...environment },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.#output += bytes.toString()));
    }
    this.process.on('message', (notice: ServiceNotice) => {
      if (notice.kind === 'ready') this.readies.push(notice);
    });
  }

  /**
   * Resolves when its first pictures are there.
   * @param environment further variables of all its processes
   * @param wall further keys of the configuration's `wall`
   * @param more further parts of the configuration
   */
  static async start(
    environment: NodeJS.ProcessEnv = {},
    wall: object = {},
    more: object = {},
  ): Promise<WatchedService> {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-guardian-'));
    const display = await WatchedDisplay.open(SIZE.width * SIZE.height * 3);
    const file = join(folder, 'hall.yaml');
    await writeFile(file, configuration(display.port, wall, more));
    const service = new WatchedService(folder, file, display, environment);
    try {
      await eventually(() => expect(service.readies, service.output).toHaveLength(1), { timeout: 40_000 });
      await eventually(() => expect(display.frames.length).toBeGreaterThan(10));
      return service;
    } catch (failure) {
      await service.close();
      throw failure;
    }
  }

  get enginePid(): number {
    const pid = this.readies.at(-1)?.enginePid;
    if (pid === undefined || pid === 0) throw new Error('no engine runs');
    return pid;
  }

  get url(): string {
    return this.readies[0]?.addresses.url ?? '';
  }

  get obsUrl(): string {
    return this.readies[0]?.addresses.obsUrl ?? '';
  }

  /** What all its processes have written. */
  get output(): string {
    return this.#output;
  }

  /**
   * Resolves when a second engine sends.
   * @param sendersBefore how many senders the display had seen while the first one ran
   */
  async restarted(sendersBefore: number): Promise<void> {
    const { display, readies } = this;
    await eventually(() => expect(readies, this.output).toHaveLength(2), { timeout: 60_000 });
    await eventually(() => expect(display.senders.length).toBeGreaterThan(sendersBefore + 1), { timeout: 40_000 });
  }

  /** Changes keys of the configuration's `wall`, or further parts, while the service runs. */
  reconfigure(wall: object, more: object = {}): Promise<void> {
    return writeFile(this.file, configuration(this.display.port, wall, more));
  }

  /** What would be there after a restart. */
  savedState(): Promise<string> {
    return readFile(join(this.#folder, 'state/state.json'), 'utf8');
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const pids = [this.process.pid ?? 0, ...this.readies.map(({ enginePid }) => enginePid)]
      .filter((pid) => pid > 0)
      .filter(isRunning);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await stillRunning(pids, 5_000);
    await this.display.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function configuration(displayPort: number, wall: object, more: object = {}): string {
  const area = { columns: ['1fr'], rows: ['1fr'], areas: 'lobby' };
  return JSON.stringify({
    wall: { name: '西墙', ...SIZE, ...wall },
    // Nobody is there: what is on air is a slate with a clock.
    cameras: [{ id: 'lobby', name: '大厅', rtsp: { main: 'rtsp://127.0.0.1:9/main' } }],
    layouts: [
      { id: 'one', name: '大厅', ...area },
      { id: 'two', name: '备用', ...area },
    ],
    outputs: [{ id: 'screen', type: 'ddp', host: '127.0.0.1', port: displayPort }],
    ...more,
  });
}
