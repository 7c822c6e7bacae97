/**
 * Simulated cameras: ONVIF devices and RTSP servers on 127.0.0.1 that a wall cannot tell from real ones, with recordings of a
 * service hall that are drawn when first needed. They run in a process of their own (`camera-process.ts`), so that their work
 * shows in nobody else's timing. `CameraHall` owns that process and hands on the faults that rehearsals and tests inflict.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { GlasshallError } from '../../core/errors.js';
import { entryPoint } from '../../core/entry-point.js';
import type { Logger } from '../../core/logger.js';
import type { CameraFault } from './fault.js';
import type { z } from 'zod';
import {
  type CameraAddresses,
  type FrameTimes,
  type HallReport,
  hallReport,
  type HallRequest,
  simulatedCameraOptions,
} from './messages.js';

/** How long the process gets to close by itself. */
const CLOSE_GRACE_MS = 2_000;

/** What to simulate. */
export type CameraHallOptions = {
  readonly cameras: readonly z.input<typeof simulatedCameraOptions>[];
  /** Where recordings are kept between runs; made if it does not exist. */
  readonly cacheDirectory: string;
  /** Called while recordings are made: how much is done, 0 to 1, and what is being made. */
  readonly onProgress?: (fraction: number, label: string) => void;
  readonly log: Logger;
  /** Whether the cameras answer WS-Discovery on the loopback interface. Default true. */
  readonly discovery?: boolean;
};

/** A running simulated camera. `onvifAddress` is host:port; the addresses carry no credentials. */
export type HallCamera = CameraAddresses & {
  readonly name: string;
  readonly username: string;
  readonly password: string;
};

type Pending = { readonly resolve: (report: HallReport) => void; readonly reject: (failure: Error) => void };

/** The process of the simulated cameras, seen from its owner. */
export class CameraHall {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #log: Logger;
  readonly #pending = new Map<number, Pending>();
  #cameras: readonly HallCamera[] = [];
  #requestCount = 0;
  #closing: Promise<void> | null = null;

  private constructor(log: Logger) {
    this.#log = log;
    this.#child = fork(entryPoint(import.meta.url, './camera-process.js'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#exited = new Promise((resolve) => {
      // A process that never came to be has no exit.
      this.#child.once('error', () => {
        if (this.#child.pid === undefined) resolve();
      });
      this.#child.once('exit', (code, signal) => {
        const why = new GlasshallError('camera-hall-ended', 'the simulated cameras have ended', { code, signal });
        for (const pending of this.#pending.values()) pending.reject(why);
        this.#pending.clear();
        if (this.#closing === null) this.#log.error({ code, signal }, 'the simulated cameras ended by themselves');
        resolve();
      });
    });
  }

  /**
   * Starts the cameras; resolves when all can be reached.
   * @throws GlasshallError `clip-encoding-failed`, or whatever kept a camera from starting
   */
  static async start(options: CameraHallOptions): Promise<CameraHall> {
    const cameras = options.cameras.map((camera) => simulatedCameraOptions.parse(camera));
    const hall = new CameraHall(options.log);
    try {
      const addresses = await hall.#launch(
        { type: 'start', cacheDirectory: options.cacheDirectory, cameras, discovery: options.discovery ?? true },
        options.onProgress ?? (() => undefined),
      );
      hall.#cameras = cameras.map(({ id, name, username, password }) => {
        const found = addresses.find((entry) => entry.id === id);
        if (found === undefined) throw new GlasshallError('camera-hall-failed', `camera ${id} did not start`);
        return { ...found, name, username, password };
      });
    } catch (failure) {
      await hall.close();
      throw failure;
    }
    return hall;
  }

  get cameras(): readonly HallCamera[] {
    return this.#cameras;
  }

  /** The process id, for those who measure what the cameras cost. */
  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Hurts or heals a camera; resolves when that has taken effect. @throws GlasshallError `camera-unknown` */
  async fault(id: string, fault: CameraFault): Promise<void> {
    await this.#ask((request) => ({ type: 'fault', request, camera: id, fault }));
  }

  /**
   * When the latest frames of a camera left, up to 300 per stream, oldest first. Only frames that somebody watched have left.
   * @throws GlasshallError `camera-unknown`
   */
  async frameTimes(id: string): Promise<FrameTimes> {
    const report = await this.#ask((request) => ({ type: 'frame-times', request, camera: id }));
    if (report.type !== 'frame-times') throw new GlasshallError('camera-hall-failed', 'an answer of the wrong kind');
    return report.times;
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  #launch(request: HallRequest, onProgress: (fraction: number, label: string) => void): Promise<CameraAddresses[]> {
    return new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('exit', () =>
        reject(new GlasshallError('camera-hall-ended', 'the simulated cameras did not start')),
      );
      this.#child.on('message', (message) => {
        const report = hallReport.parse(message);
        switch (report.type) {
          case 'progress':
            onProgress(report.fraction, report.label);
            return;
          case 'started':
            resolve(report.cameras);
            return;
          case 'failed':
            reject(new GlasshallError(report.code, report.message));
            return;
          case 'log':
            this.#log[report.level](report.details, report.message);
            return;
          default:
            this.#settle(report);
        }
      });
      this.#send(request);
    });
  }

  #ask(build: (request: number) => HallRequest): Promise<HallReport> {
    this.#requestCount += 1;
    const number = this.#requestCount;
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        reject(new GlasshallError('camera-hall-ended', 'the simulated cameras have ended'));
        return;
      }
      this.#pending.set(number, { resolve, reject });
      this.#send(build(number));
    });
  }

  #settle(report: Extract<HallReport, { request: number }>): void {
    const pending = this.#pending.get(report.request);
    this.#pending.delete(report.request);
    if (report.type === 'refused') pending?.reject(new GlasshallError(report.code, report.message));
    else pending?.resolve(report);
  }

  #send(request: HallRequest): void {
    // A channel that is closing reports through the exit of the process.
    this.#child.send(request, () => undefined);
  }

  async #end(): Promise<void> {
    if (this.#child.connected) this.#send({ type: 'close' });
    const force = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_GRACE_MS);
    await this.#exited;
    clearTimeout(force);
  }
}
