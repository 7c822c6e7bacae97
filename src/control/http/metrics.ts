import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { AuditStatus } from '../../audit/audit-log.js';
import type { Closable } from '../../core/closing.js';
import type { Take, TileStatus, WallEngine } from '../engine.js';
import type { Tally } from '../tally.js';
import { addBrightness } from './brightness-metrics.js';
import { gauge, states, total } from './metric.js';
import { addAudit, addControl } from './service-metrics.js';

/** The part of the wall's report that metrics need: how late each tick since the last report began, milliseconds. */
export type LatenessReport = { readonly latenessMs: readonly number[] };

const tileStates: readonly TileStatus['state'][] = ['connecting', 'live', 'stale', 'frozen', 'retrying', 'off'];
const reachabilities = ['reachable', 'unconfirmed', 'unreachable'] as const;
const controllerStates = ['waiting', 'answering', 'unconfirmed', 'unreadable', 'unreachable'] as const;
const countStates = ['waiting', 'fresh', 'stale', 'failed'] as const;

/** Prometheus metrics (text format 0.0.4) in a registry of their own. States and totals are asked for when somebody reads them. */
export class Metrics implements Closable {
  readonly #engine: WallEngine;
  readonly #registry = new Registry();
  readonly #lateness: Histogram;
  readonly #takes: Histogram<'kind'>;
  readonly #onTaken = (take: Take): void => this.#takes.observe({ kind: take.kind }, take.tookMs / 1_000);

  /** @param audit how the audit log is; null where there is none */
  constructor(
    engine: WallEngine,
    tally: Tally,
    connections: () => Readonly<Record<string, number>>,
    audit: (() => AuditStatus) | null = null,
  ) {
    this.#engine = engine;
    const registers = [this.#registry];
    this.#lateness = new Histogram({
      name: 'glasshall_wall_tick_lateness_seconds',
      help: 'How late ticks of the wall began',
      buckets: [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.1, 0.5],
      registers,
    });
    this.#takes = new Histogram({
      name: 'glasshall_take_seconds',
      help: 'From the command to the first composed frame',
      labelNames: ['kind'],
      buckets: [0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2.5],
      registers,
    });
    for (const kind of ['prepared', 'direct']) this.#takes.zero({ kind });
    this.#addWall(registers);
    this.#addCameras(registers);
    this.#addOutputs(registers);
    this.#addControllers(registers);
    this.#addCounts(registers);
    addBrightness(registers, engine);
    addControl(registers, tally, connections);
    if (audit !== null) addAudit(registers, audit);
    collectDefaultMetrics({ register: this.#registry });
    engine.on('taken', this.#onTaken);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Takes in what the wall measured since its last report. */
  observeReport(report: LatenessReport): void {
    for (const latenessMs of report.latenessMs) this.#lateness.observe(Math.max(0, latenessMs) / 1_000);
  }

  /** The exposition text. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): Promise<void> {
    this.#engine.off('taken', this.#onTaken);
    this.#registry.clear();
    return Promise.resolve();
  }

  #addWall(registers: Registry[]): void {
    const engine = this.#engine;
    total('glasshall_wall_ticks_total', 'Ticks of the wall', registers, () => engine.statistics().ticks);
    total(
      'glasshall_wall_missed_ticks_total',
      'Ticks that did not take place',
      registers,
      () => engine.statistics().missedTicks,
    );
    const rate = (): number => engine.statistics().ticksPerSecond;
    gauge('glasshall_wall_ticks_per_second', 'Ticks in the last whole second', registers, rate);
    gauge('glasshall_wall_ticking', 'Whether the wall has ticked within the last half second', registers, () =>
      engine.statistics().ticking ? 1 : 0,
    );
    gauge('glasshall_guardian_up', 'Whether the process that watches this one is there', registers, () =>
      engine.service().guardian ? 1 : 0,
    );
    gauge('glasshall_configuration_valid', 'Whether the configuration file can be used as it is', registers, () =>
      engine.service().configuration.state === 'invalid' ? 0 : 1,
    );
    gauge('glasshall_state_saved', 'Whether what operators decided is on the disk', registers, () =>
      engine.service().state.isSaved ? 1 : 0,
    );
    gauge('glasshall_wall_blackout', 'Whether the wall is black on purpose', registers, () =>
      engine.state().blackout ? 1 : 0,
    );
  }

  #addCameras(registers: Registry[]): void {
    const engine = this.#engine;
    states('glasshall_camera_state', 'State of a camera, 1 for the one it is in', 'camera', registers, tileStates, () =>
      engine.tiles().map(({ camera, state }) => ({ name: camera, state })),
    );
    new Gauge({
      name: 'glasshall_camera_reason',
      help: 'Why a camera is not live, 1 for the code that holds; absent while nothing is wrong',
      labelNames: ['camera', 'reason'],
      registers,
      collect() {
        this.reset();
        for (const { camera, reason } of engine.tiles()) if (reason !== null) this.set({ camera, reason }, 1);
      },
    });
    new Gauge({
      name: 'glasshall_tile_age_seconds',
      help: 'Age of the newest data of the stream that is shown',
      labelNames: ['camera'],
      registers,
      collect() {
        this.reset();
        for (const { camera, ageMs } of engine.tiles()) if (ageMs !== null) this.set({ camera }, ageMs / 1_000);
      },
    });
  }

  #addOutputs(registers: Registry[]): void {
    const engine = this.#engine;
    const perOutput = (name: string, help: string, figure: 'frames' | 'droppedFrames'): void => {
      new Counter({
        name,
        help,
        labelNames: ['output'],
        registers,
        collect() {
          this.reset();
          for (const status of engine.outputs()) this.inc({ output: status.output }, status[figure]);
        },
      });
    };
    perOutput('glasshall_output_frames_total', 'Frames handed to an output whole', 'frames');
    perOutput('glasshall_output_dropped_frames_total', 'Frames that an output could not send', 'droppedFrames');
    const help = 'What is known about the device behind an output';
    states('glasshall_output_reachability', help, 'output', registers, reachabilities, () =>
      engine.outputs().map(({ output, reachability }) => ({ name: output, state: reachability.state })),
    );
  }

  #addControllers(registers: Registry[]): void {
    const engine = this.#engine;
    const help = 'State of a controller of the screen';
    states('glasshall_controller_state', help, 'controller', registers, controllerStates, () =>
      engine.controllers().map(({ controller, state }) => ({ name: controller, state })),
    );
    new Gauge({
      name: 'glasshall_controller_alarm',
      help: 'In what a controller differs from what is wanted, 1 for each code that holds; absent while nothing is wrong',
      labelNames: ['controller', 'code'],
      registers,
      collect() {
        this.reset();
        for (const { controller, alarms } of engine.controllers()) {
          for (const { code } of alarms) this.set({ controller, code }, 1);
        }
      },
    });
  }

  #addCounts(registers: Registry[]): void {
    const engine = this.#engine;
    states('glasshall_count_state', 'State of a source of counts', 'count', registers, countStates, () =>
      engine.counts().map(({ id, state }) => ({ name: id, state })),
    );
    new Gauge({
      name: 'glasshall_count_age_seconds',
      help: 'Age of the last good reading of a source of counts',
      labelNames: ['count'],
      registers,
      collect() {
        this.reset();
        for (const { id, readAtMs } of engine.counts()) {
          if (readAtMs !== null) this.set({ count: id }, Math.max(0, Date.now() - readAtMs) / 1_000);
        }
      },
    });
  }
}
