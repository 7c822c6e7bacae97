import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Closable } from '../../core/closing.js';
import { entryPoint } from '../../core/entry-point.js';
import { GlasshallError } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import {
  screenReport,
  type LitFrame,
  type ScreenOptions,
  type ScreenReport,
  type ScreenRequest,
  type ScreenStatistics,
} from './messages.js';

/**
 * The simulated LED screen: what stands at the end of the cable in the rehearsal hall and in tests. It takes DDP over UDP
 * as a controller does, byte for byte (`ddp-receiver.ts`), in a process of its own (`screen-process.ts`), and lets pages
 * see what is lit (`frame-server.ts`; `screen-proxy.ts` brings them there through the main server's port).
 */

const START_DEADLINE_MS = 20_000;
const END_DEADLINE_MS = 1_500;

export type LedScreenOptions = ScreenOptions & { readonly log: Logger };

type Waiting = { readonly resolve: (report: ScreenReport) => void; readonly reject: (error: Error) => void };

/** Owner of the screen's process. */
export class LedScreen implements Closable {
  /** Where it takes DDP, on 127.0.0.1. */
  readonly udpPort: number;
  /** Where it shows pictures, on 127.0.0.1: WebSocket `/frames`. */
  readonly httpPort: number;
  readonly #child: ChildProcess;
  readonly #log: Logger;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;
  #ended: GlasshallError | null = null;
  #closing: Promise<void> | null = null;

  private constructor(child: ChildProcess, ports: { udpPort: number; httpPort: number }, log: Logger) {
    this.#child = child;
    this.#log = log;
    this.udpPort = ports.udpPort;
    this.httpPort = ports.httpPort;
    child.on('message', (message) => {
      this.#hear(screenReport.parse(message));
    });
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit status ${String(code)}`;
      this.#ended = new GlasshallError('screen-ended', `the LED screen's process has ended (${how})`, { how });
      if (this.#closing === null) log.error({ how }, 'the LED screen has ended by itself');
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
      this.#waiting.clear();
    });
  }

  /**
   * Starts the process and waits until it can take packets.
   * @throws GlasshallError `screen-port-in-use`, `screen-failed`
   */
  static async start(options: LedScreenOptions): Promise<LedScreen> {
    const { widthPx, heightPx, udpPort, log } = options;
    const argument = JSON.stringify({ widthPx, heightPx, udpPort } satisfies ScreenOptions);
    const child = fork(fileURLToPath(entryPoint(import.meta.url, './screen-process.js')), [argument], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const report = await firstReport(child);
    if (report.type === 'ready') return new LedScreen(child, report, log);
    await end(child);
    if (report.type === 'failed' && report.code === 'EADDRINUSE') {
      throw new GlasshallError('screen-port-in-use', `UDP port ${udpPort} is taken by another program`, { udpPort });
    }
    const reason = report.type === 'failed' ? report.message : 'unexpected answer';
    throw new GlasshallError('screen-failed', `the LED screen did not start: ${reason}`, { reason });
  }

  /** Counters so far. @throws GlasshallError `screen-ended` */
  async statistics(): Promise<ScreenStatistics> {
    const report = await this.#ask('statistics');
    if (report.type !== 'statistics') throw new GlasshallError('screen-failed', `unexpected answer ${report.type}`);
    return report.statistics;
  }

  /** What is lit now. @throws GlasshallError `screen-ended` */
  async frame(): Promise<LitFrame> {
    const report = await this.#ask('frame');
    if (report.type !== 'frame') throw new GlasshallError('screen-failed', `unexpected answer ${report.type}`);
    return report.frame;
  }

  /** Fault: the network cable is out. What is sent to the screen is refused; what is lit stays lit. */
  async unplug(): Promise<void> {
    await this.#ask('unplug');
  }

  /** The cable is in again, at the same port. */
  async plug(): Promise<void> {
    await this.#ask('plug');
  }

  close(): Promise<void> {
    this.#closing ??= end(this.#child);
    return this.#closing;
  }

  #ask(what: ScreenRequest['what']): Promise<ScreenReport> {
    const request = (this.#requests += 1);
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      this.#waiting.set(request, { resolve, reject });
      this.#child.send({ request, what } satisfies ScreenRequest, (error) => {
        if (error === null || !this.#waiting.delete(request)) return;
        reject(new GlasshallError('screen-ended', 'the LED screen does not listen any more', {}, { cause: error }));
      });
    });
  }

  #hear(report: ScreenReport): void {
    if (report.type === 'ready') return;
    if (report.type === 'failed') {
      this.#log.error({ code: report.code, reason: report.message }, 'the LED screen reports a fault');
      return;
    }
    const waiting = this.#waiting.get(report.request);
    this.#waiting.delete(report.request);
    waiting?.resolve(report);
  }
}

/** The first thing that the process says; its early end or its silence is said in its place. */
async function firstReport(child: ChildProcess): Promise<ScreenReport> {
  const settled = new AbortController();
  const { signal } = settled;
  const failed = (message: string): ScreenReport => ({ type: 'failed', code: 'ended', message });
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => screenReport.parse(message)),
      once(child, 'exit', { signal }).then(([code, killedBy]) => failed(`ended with ${String(killedBy ?? code)}`)),
      setTimeout(START_DEADLINE_MS, failed('no sign of life'), { signal }),
    ]);
  } finally {
    settled.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new AbortController();
  const gone = once(child, 'exit').finally(() => {
    exited.abort();
  });
  child.kill('SIGTERM');
  const waited = await Promise.race([gone, setTimeout(END_DEADLINE_MS, null, exited).catch(() => undefined)]);
  if (waited === null) child.kill('SIGKILL');
  await gone;
}
