import { EventEmitter } from 'node:events';
import { realClock } from '../../src/automation/clock.js';
import { Conductor } from '../../src/automation/conductor.js';
import { schedule, tour } from '../automation/plans.js';
import { GlasshallError } from '../../src/core/errors.js';
import type { ControllerStatus } from '../../src/controller/controller-watch.js';
import type { CountReading, CountValue } from '../../src/counts/count.js';
import type { Layout } from '../../src/layout/layout.js';
import { ownSources } from '../../src/layout/sources.js';
import { initialState } from '../../src/switcher/reduce.js';
import { Switcher, type Change, type Order } from '../../src/switcher/switcher.js';
import type { SwitcherCommand, SwitcherState } from '../../src/switcher/state.js';
import { parseTemplate } from '../../src/ticker/template.js';
import { fakeBrightness } from './fake-brightness.js';
import { FakeCameraDesk } from './fake-camera-desk.js';
import { FakeLayoutDesk } from './fake-layout-desk.js';
import { FakeProgrammeDesk } from './fake-programme-desk.js';
import { FakeTestPatterns } from './fake-test-patterns.js';
import type {
  BrightnessReport,
  EngineEvents,
  EnginePicture,
  OutputStatus,
  PictureView,
  PixelMapStatus,
  ServiceStatus,
  TileStatus,
  WallEngine,
  WallStatistics,
} from '../../src/control/engine.js';

export const fakeLayouts: readonly Layout[] = [
  {
    id: 'hall',
    name: '大厅',
    cells: [
      { id: 'lobby', source: 'lobby', rectangle: { x: 0, y: 0, widthPx: 64, heightPx: 36 }, z: 0, fit: 'cover' },
      { id: 'ticker', source: 'ticker', rectangle: { x: 0, y: 36, widthPx: 96, heightPx: 12 }, z: 0, fit: 'cover' },
    ],
  },
  {
    id: 'windows',
    name: '窗口',
    cells: [
      {
        id: 'window-a',
        source: 'window-a',
        rectangle: { x: 0, y: 0, widthPx: 48, heightPx: 48 },
        z: 0,
        fit: 'contain',
      },
      { id: 'window-b', source: 'window-b', rectangle: { x: 48, y: 0, widthPx: 48, heightPx: 48 }, z: 1, fit: 'cover' },
    ],
  },
];

function tile(camera: string, name: string, state: TileStatus['state']): TileStatus {
  return {
    camera,
    name,
    state,
    sinceMs: 1_700_000_000_000,
    slate: false,
    lastLiveAtMs: null,
    reason: state === 'live' ? null : 'timeout',
    attempt: state === 'live' ? 0 : 3,
    nextTryAtMs: null,
    ageMs: state === 'live' ? 40 : null,
    stream: state === 'live' ? { name: 'sub', widthPx: 640, heightPx: 360, codec: 'h264' } : null,
    onAir: false,
    onPreview: false,
    ptz: { isMoving: false, reason: null },
  };
}

/** An engine in memory, with the semantics of the port and nothing behind it. Pictures are one colour, a new tick each time. */
export class FakeEngine extends EventEmitter<EngineEvents> implements WallEngine {
  wall: WallEngine['wall'] = {
    ...{ name: '西墙', widthPx: 96, heightPx: 48, framesPerSecond: 25 },
    ...{ timeZone: 'Asia/Shanghai', rehearsal: true },
  };
  /** What the statistics and outputs say; tests change them. */
  ticking = true;
  reloads = 0;
  /** What the configuration says; tests change it and emit `reloaded`. */
  configuredLayouts = fakeLayouts;
  otherSources: WallEngine['otherSources'] = () => ownSources;
  configuredTiles: readonly TileStatus[] = [
    tile('lobby', '前台', 'live'),
    tile('window-a', '综合窗口', 'retrying'),
    // The same name as a layout: inputs and scenes share one name space.
    tile('window-b', '窗口', 'live'),
  ];
  outputState: OutputStatus['reachability']['state'] = 'reachable';
  /** While true, a take begins and its first frame does not come. */
  holdTakes = false;
  /** How often a picture was asked for. */
  pictureCount = 0;
  returnedPictureCount = 0;
  readonly commands: SwitcherCommand[] = [];
  readonly cameras = new FakeCameraDesk(() => this.tiles());
  readonly testPatterns = new FakeTestPatterns((actor) => this.emit('testPattern', this.testPatterns.current(), actor));
  layoutDesk: WallEngine['layoutDesk'] = new FakeLayoutDesk(
    () => this.configuredLayouts,
    () => this.emit('layoutDrafts'),
  );
  readonly #switcher = new Switcher(
    { ...initialState(fakeLayouts, '欢迎'), revision: 1, fadeMs: 300 },
    {
      layouts: fakeLayouts,
      sources: new Set(['ticker', 'clock', 'lobby', 'window-a', 'window-b']),
      tours: new Set(['round']),
      hasSchedule: true,
    },
  );
  /** Asked, and never started: it has no timers. */
  readonly automation = new Conductor({
    plan: {
      tours: [tour({ id: 'round', name: '巡览', stops: [{ layout: 'hall' }, { layout: 'windows', dwell: '30s' }] })],
      schedule: schedule({
        openingHours: { 'monday-friday': ['09:00-12:00', '13:30-17:00'] },
        holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }],
        rules: [{ name: '办公', when: 'open', show: 'round' }],
        otherwise: 'hall',
      }),
      timeZone: 'Asia/Shanghai',
    },
    automation: { mode: 'manual', untilMs: null },
    clock: realClock,
    onAir: () => this.state().program,
    isDead: () => false,
  });
  programmeDesk: WallEngine['programmeDesk'] = new FakeProgrammeDesk(() => this.automation.plan);
  readonly #brightness = fakeBrightness();
  #counts: CountReading[] = [{ id: 'queue', state: 'waiting', reason: null, values: {}, readAtMs: null }];

  constructor() {
    super();
    this.#brightness.on('change', () => this.emit('brightness', this.brightness()));
  }

  layouts(): readonly Layout[] {
    return this.configuredLayouts;
  }

  state(): SwitcherState {
    return this.#switcher.state;
  }

  undoable(): Change | null {
    return this.#switcher.undoable;
  }

  async execute(command: SwitcherCommand, order: Order): Promise<void> {
    await Promise.resolve();
    this.commands.push(command);
    if (command.kind === 'set-ticker') parseTemplate(command.text);
    if (command.kind === 'set-brightness' && command.percent !== null) this.#brightness.check(command.percent);
    const tours = new Set(this.automation.plan.tours.map(({ id }) => id));
    this.#switcher.catalogue = { ...this.#switcher.catalogue, layouts: this.configuredLayouts, tours };
    const previous = this.state();
    const next = this.#switcher.plan(command, order);
    if (next === previous) return;
    const change = this.#switcher.commit(next, command.kind, order.actor);
    this.#brightness.setWish(next.brightness);
    if (next.program !== previous.program) this.emit('takeStarted', previous.program, next.program);
    this.emit('state', next, previous, change);
    if (next.program !== previous.program && !this.holdTakes) setImmediate(() => this.finishTake(previous.program));
  }

  brightness(): BrightnessReport {
    const status = this.#brightness.status();
    const { percent } = status;
    return {
      ...status,
      outputs: [{ output: 'screen', by: 'pixels', percent, pixelPercent: percent, isSilent: false }],
    };
  }

  observeLux(lux: number): void {
    this.#brightness.observeLux(lux);
  }

  /** The first frame of what is on air now. */
  finishTake(from: string): void {
    const { transition, fadeMs: chosenMs, program } = this.state();
    const fadeMs = transition === 'fade' ? chosenMs : 0;
    this.emit('taken', { from, to: program, kind: 'prepared', tick: 1_000, fadeMs, tookMs: 40 });
  }

  service(): ServiceStatus {
    return {
      configuration: { file: 'hall.yaml', state: 'current', loadedAtMs: 1_700_000_000_000, problems: [] },
      state: { isSaved: true, problem: null },
      guardian: true,
    };
  }

  reload(): Promise<void> {
    this.reloads += 1;
    return Promise.resolve();
  }

  tiles(): readonly TileStatus[] {
    return this.configuredTiles;
  }

  outputs(): readonly OutputStatus[] {
    const reason = this.outputState === 'reachable' ? null : 'no-answer';
    const reachability = { state: this.outputState, reason };
    return [
      { output: 'screen', type: 'ddp', address: 'ddp://192.0.2.60:4048', reachability, frames: 500, droppedFrames: 2 },
    ];
  }

  async describeOutput(id: string): Promise<string> {
    const code = { screen: 'no-description', processor: '', lost: 'not-describable' }[id] ?? 'unknown-output';
    if (code !== '') throw new GlasshallError(code, `no description of ${id}`, { output: id });
    return 'v=0\r\ns=processor\r\n';
  }

  pixelMaps(): readonly PixelMapStatus[] {
    const area = { x: 0, y: 0, widthPx: 96, heightPx: 48 };
    const course = { first: { x: 0, y: 47 }, lineEnd: { x: 0, y: 0 }, last: { x: 95, y: 47 } };
    const cabinet = { number: 1, rectangle: area, rotation: 270, mirror: 'none', from: 0, to: 4_608 } as const;
    return [{ output: 'screen', area, chainLengthPx: 4_608, cabinets: [{ ...cabinet, ...course }] }];
  }

  controllers(): readonly ControllerStatus[] {
    return [
      {
        controller: 'processor',
        type: 'novastar',
        address: 'novastar://192.0.2.70:5200',
        outputs: ['screen'],
        state: 'answering',
        reason: null,
        sinceMs: 1_700_000_000_000,
        wanted: { picture: 'normal', brightnessPercent: 30 },
        reading: {
          input: null,
          black: true,
          freeze: false,
          testPicture: false,
          brightnessPercent: 30,
          cabinets: { ok: 12, total: 12 },
          temperatureCelsius: 41,
          voltageVolts: 4.3,
          link: true,
          detail: 'NovaStar',
        },
        alarms: [{ code: 'black', wanted: false, reported: true, sinceMs: 1_700_000_000_000 }],
        repairs: 1,
      },
    ];
  }

  counts(): readonly CountReading[] {
    return this.#counts;
  }

  pushCounts(id: string, values: Readonly<Record<string, CountValue>>): void {
    if (id === 'polled') throw new GlasshallError('not-pushable', 'polled is asked for', { count: id });
    if (id !== 'queue') throw new GlasshallError('unknown-count', `there is no count ${id}`, { count: id });
    if (Object.keys(values).length === 0) throw new GlasshallError('bad-count', 'nothing is in it', { count: id });
    const reading: CountReading = { id, state: 'fresh', reason: null, values, readAtMs: Date.now() };
    this.#counts = [reading];
    this.emit('count', reading);
  }

  statistics(): WallStatistics {
    const { ticking } = this;
    return {
      ticks: 1_234,
      missedTicks: 5,
      startedAtMs: 1_700_000_000_000,
      ticksPerSecond: 25,
      meanTickMs: 3.5,
      ticking,
    };
  }

  async picture(view: PictureView, maximumWidthPx?: number): Promise<EnginePicture> {
    await Promise.resolve();
    if (view.kind === 'camera') {
      const found = this.tiles().find((candidate) => candidate.camera === view.camera);
      if (found === undefined)
        throw new GlasshallError('unknown-camera', `no camera ${view.camera}`, { camera: view.camera });
      if (found.state !== 'live') throw new GlasshallError('no-picture', 'nothing decodes', { camera: view.camera });
    }
    this.pictureCount += 1;
    const widthPx = view.kind === 'camera' ? Math.min(640, maximumWidthPx ?? 640) : this.wall.widthPx;
    const heightPx = view.kind === 'camera' ? Math.round((widthPx * 9) / 16) : this.wall.heightPx;
    const colours = { program: [200, 30, 30], preview: [30, 160, 60], camera: [40, 60, 220] };
    const rgb = Buffer.alloc(widthPx * heightPx * 3, Buffer.from(colours[view.kind]));
    const tick = 1_000 + this.pictureCount;
    const timeMs = 1_700_000_000_000 + this.pictureCount * 40;
    return { widthPx, heightPx, rgb, tick, timeMs, release: () => void (this.returnedPictureCount += 1) };
  }
}
