/**
 * Joins decisions with the parts that carry them out: `director.ts` and `staging.ts` prepare pictures and put scenes on
 * air, `signage.ts` paints around them, `pictures.ts` gives copies to pages; `Engine` is what control sees of it all.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrightnessGovernor } from '../brightness/brightness.js';
import type { CameraPool } from '../camera/camera-pool.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type {
  BrightnessReport,
  EngineEvents,
  ServiceStatus,
  EnginePicture,
  OutputStatus,
  PictureView,
  TileStatus,
  WallEngine,
  WallInformation,
  WallStatistics,
} from '../control/engine.js';
import type { CountReading, CountValue } from '../counts/count.js';
import type { ControllerStatus, ControllerWatch } from '../controller/controller-watch.js';
import type { CountBoard } from '../counts/count-board.js';
import type { OutputOptions } from '../output/options.js';
import { CLOCK_SOURCE, TICKER_SOURCE, type Layout } from '../layout/layout.js';
import { SERVICE, type Actor } from '../switcher/actor.js';
import { cellsShown, type Catalogue } from '../switcher/reduce.js';
import { restore, toSaved } from '../switcher/saved-state.js';
import { Switcher, type Change, type Order } from '../switcher/switcher.js';
import type { SwitcherCommand, SwitcherState } from '../switcher/state.js';
import { parseTemplate } from '../ticker/template.js';
import type { Ticker } from '../ticker/ticker.js';
import type { Wall } from '../wall/wall.js';
import type { Director } from './director.js';
import { Lighting } from './lighting.js';
import type { LightedOutputs } from './output-lights.js';
import { describeOutput } from './output-description.js';
import { outputStatus } from './output-status.js';
import { pixelMapsOf } from './pixel-maps.js';
import type { Pictures } from './pictures.js';
import type { Signage } from './signage.js';
import { TileReporter } from './tile-reporter.js';

/** The running parts, made and closed by the composition root. */
export type EngineParts = {
  readonly information: WallInformation;
  readonly layouts: readonly Layout[];
  /** The ticker text of the configuration. */
  readonly tickerText: string;
  /** What it starts with. */
  readonly state: SwitcherState;
  readonly service: ServiceStatus;
  readonly outputs: readonly OutputOptions[];
  readonly wall: Wall;
  readonly cameras: CameraPool;
  /** Camera id → name as people read it. */
  readonly cameraNames: ReadonlyMap<string, string>;
  readonly counts: CountBoard;
  readonly controllers: ControllerWatch;
  readonly ticker: Ticker;
  readonly signage: Signage;
  readonly brightness: BrightnessGovernor;
  readonly dimmedByController: readonly string[];
  readonly director: Director;
  readonly pictures: Pictures;
  readonly log: Logger;
};

/**
 * The engine: joins the switcher's decisions with the parts that carry them out. Commands come in through `execute`,
 * everything that happens goes out as events; nothing in here waits for a device.
 */
export class Engine extends EventEmitter<EngineEvents> implements WallEngine, Closable {
  #parts: EngineParts;
  #service: ServiceStatus;
  #reload: () => Promise<void> = () => Promise.resolve();
  readonly #tiles: TileReporter;
  readonly #lighting: Lighting;
  readonly #switcher: Switcher;
  #closed = false;

  constructor(parts: EngineParts) {
    super();
    this.setMaxListeners(0);
    this.#parts = parts;
    this.#service = parts.service;
    this.#switcher = new Switcher(parts.state, catalogueOf(parts));
    const nameOf = (camera: string): string => parts.cameraNames.get(camera) ?? camera;
    this.#tiles = new TileReporter({ cameras: parts.cameras, director: parts.director, nameOf, log: parts.log });
    this.#lighting = new Lighting({ ...parts, onChange: (report) => this.emit('brightness', report) });
    this.#connect();
  }

  get wall(): WallInformation {
    return this.#parts.information;
  }

  /** Puts on air what the state says, and prepares what it says. */
  async start(): Promise<void> {
    const state = this.state();
    this.#lighting.start(state.blackout);
    this.#parts.ticker.setText(state.tickerText);
    const readied = await this.#parts.director.ready(state.program, this.#cellsOf(state.program));
    if (readied !== null) this.#parts.director.show(readied);
    this.#follow(state);
    this.#setFreeze(state.freeze);
  }

  /** Resolves when every tile on air is live, at the latest after `limitMs`. */
  async presentable(limitMs: number): Promise<void> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    const isShown = (): boolean => this.tiles().every((tile) => !tile.onAir || tile.state === 'live');
    while (!isShown() && !limit.signal.aborted && !this.#closed) await pause(50);
    clearTimeout(timer);
  }

  service(): ServiceStatus {
    return this.#service;
  }

  /** Takes in what changed about the service itself. */
  observeService(changes: Partial<ServiceStatus>): void {
    const next = { ...this.#service, ...changes };
    if (JSON.stringify(next) === JSON.stringify(this.#service)) return;
    this.#service = next;
    this.emit('service', next);
  }

  /** @param reload how the configuration is read again */
  reloadBy(reload: () => Promise<void>): void {
    this.#reload = reload;
  }

  reload(): Promise<void> {
    return this.#reload();
  }

  /**
   * Goes on with other layouts, sources and texts. What operators decided stays as far as it can.
   * @returns what had to be dropped
   */
  async reconfigure(
    changes: Pick<EngineParts, 'information' | 'layouts' | 'tickerText' | keyof LightedOutputs>,
  ): Promise<readonly string[]> {
    const saved = toSaved(this.state(), this.#parts.tickerText);
    this.#parts = { ...this.#parts, ...changes };
    this.#lighting.use(changes);
    this.#switcher.catalogue = catalogueOf(this.#parts);
    const { state, dropped } = restore(saved, this.#switcher.catalogue, changes.tickerText);
    const next = { ...state, revision: state.revision + 1 };
    // Painted anew and shown again even when its cells are the same: names and places of signs may be others.
    const readied = await this.#parts.director.ready(next.program, cellsShown(next, this.#layout(next.program)));
    if (readied !== null) this.#parts.director.show(readied);
    this.#commit(next, 'reload', SERVICE);
    this.emit('reloaded');
    return dropped;
  }

  /** The ticker text of the configuration, which stands unless an operator gave another. */
  get configuredTickerText(): string {
    return this.#parts.tickerText;
  }

  layouts(): readonly Layout[] {
    return this.#switcher.catalogue.layouts;
  }

  state(): SwitcherState {
    return this.#switcher.state;
  }

  undoable(): Change | null {
    return this.#switcher.undoable;
  }

  async execute(command: SwitcherCommand, order: Order): Promise<void> {
    if (command.kind === 'set-ticker') parseTemplate(command.text);
    if (command.kind === 'set-brightness' && command.percent !== null) this.#parts.brightness.check(command.percent);
    const { director } = this.#parts;
    for (;;) {
      const wanted = this.#switcher.plan(command, order);
      // Whoever asks for what is on air already has decided against what is still getting ready.
      if (command.kind === 'set-program' && !this.#changesProgram(wanted)) director.supersede();
      if (wanted === this.state() || this.#closed) return;
      if (!this.#changesProgram(wanted)) {
        this.#commit(wanted, command.kind, order.actor);
        return;
      }
      const cells = cellsShown(wanted, this.#layout(wanted.program));
      const readied = await director.ready(wanted.program, cells);
      // Another take came while this one waited for its pictures: the later one counts.
      if (readied === null) {
        if (order.ifRevision !== undefined) throw this.#switcher.conflict(order.ifRevision);
        return;
      }
      const now = this.#switcher.plan(command, order);
      if (!readied.staging.isOf(now.program, cellsShown(now, this.#layout(now.program)))) continue;
      const from = this.state().program;
      director.show(readied, isTake(command) && now.transition === 'fade' ? now.fadeMs : 0);
      if (from !== now.program) this.emit('takeStarted', from, now.program);
      this.#commit(now, command.kind, order.actor);
      return;
    }
  }

  tiles(): readonly TileStatus[] {
    return this.#tiles.tiles(this.state().studioMode);
  }

  outputs(): readonly OutputStatus[] {
    return this.#parts.wall.outputs().map((output) => outputStatus(output, this.#parts.outputs));
  }

  describeOutput(id: string): Promise<string> {
    return describeOutput(id, this.#parts.outputs, this.#parts.information);
  }

  pixelMaps(): ReturnType<WallEngine['pixelMaps']> {
    return pixelMapsOf(this.#parts.outputs, this.#parts.information);
  }

  controllers(): readonly ControllerStatus[] {
    return this.#parts.controllers.statuses();
  }

  counts(): readonly CountReading[] {
    return this.#parts.counts.readings();
  }

  pushCounts(id: string, values: Readonly<Record<string, CountValue>>): void {
    this.#parts.counts.push(id, values);
  }

  brightness(): BrightnessReport {
    return this.#lighting.report();
  }

  observeLux(lux: number): void {
    this.#parts.brightness.observeLux(lux);
  }

  statistics(): WallStatistics {
    return this.#parts.wall.statistics();
  }

  picture(view: PictureView, maximumWidthPx = 640): Promise<EnginePicture> {
    return this.#parts.pictures.picture(view, maximumWidthPx);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#parts.director.release();
    await this.#parts.pictures.close();
  }

  #connect(): void {
    const { wall, cameras, controllers, counts, ticker, director } = this.#parts;
    for (const reading of counts.readings()) ticker.setCount(reading);
    counts.on('reading', (reading) => {
      ticker.setCount(reading);
      this.emit('count', reading);
    });
    ticker.on('update', (update) => wall.ticker(update));
    cameras.on('status', (status) => {
      director.cameraChanged(status.camera);
      this.#reportTiles();
    });
    cameras.on('picture', (camera) => {
      director.cameraChanged(camera);
      this.#reportTiles();
    });
    director.on('taken', (take) => {
      this.#reportTiles();
      if (take.from !== take.to) this.emit('taken', take);
    });
    // A picture can stop without a word from its camera.
    wall.on('report', () => this.#reportTiles());
    controllers.on('status', (status) => this.emit('controller', status));
    wall.on('outputChanged', (output) => this.emit('output', outputStatus(output, this.#parts.outputs)));
  }

  #changesProgram(next: SwitcherState): boolean {
    const cells = cellsShown(next, this.#layout(next.program));
    return this.#parts.director.program?.isOf(next.program, cells) !== true;
  }

  #commit(next: SwitcherState, command: Change['command'], actor: Actor): void {
    const previous = this.state();
    const change = this.#switcher.commit(next, command, actor);
    this.#follow(next);
    if (next.freeze !== previous.freeze) this.#setFreeze(next.freeze);
    if (next.blackout !== previous.blackout) this.#lighting.setBlackout(next.blackout);
    this.#parts.brightness.setWish(next.brightness);
    if (next.tickerText !== previous.tickerText) this.#parts.ticker.setText(next.tickerText);
    const { revision, program, preview } = next;
    this.#parts.log.info({ revision, program, preview, command, by: actor.name, via: actor.via }, 'switcher changed');
    this.emit('state', next, previous, change);
    this.#reportTiles();
  }

  /** The standing picture says since when it stands; while that is painted, a moment, the picture still moves. */
  #setFreeze(on: boolean): void {
    const { wall, signage, log } = this.#parts;
    if (!on) {
      wall.setFreeze(null);
      return;
    }
    signage.freezeSign(Date.now()).then(
      (sign) => {
        if (this.state().freeze) wall.setFreeze(sign);
      },
      (failure: unknown) =>
        log.error({ failure: messageOf(failure) }, 'the sign of a standing picture was not painted'),
    );
  }

  /** Brings the preview and the ticker to what the state says. */
  #follow(state: SwitcherState): void {
    const { director, ticker } = this.#parts;
    const cells = this.#cellsOf(state.preview);
    director.prepare(state.studioMode ? { layoutId: state.preview, cells } : null);
    const rectangles = [director.program, director.preview].flatMap((staging) => staging?.tickerRectangles ?? []);
    ticker.useHeights(rectangles).catch((failure: unknown) => {
      this.#parts.log.error({ failure: messageOf(failure) }, 'painting the ticker failed');
    });
  }

  #reportTiles(): void {
    for (const tile of this.#tiles.changed(this.state().studioMode)) this.emit('tile', tile);
  }

  #cellsOf(layoutId: string): ReturnType<typeof cellsShown> {
    return cellsShown(this.state(), this.#layout(layoutId));
  }

  #layout(id: string): Layout {
    const layout = this.layouts().find((candidate) => candidate.id === id);
    if (layout === undefined) throw new RangeError(`no layout ${id}`);
    return layout;
  }
}

/** Only a change of layout fades: what an operator does inside the layout on air is there at once. */
function isTake({ kind }: SwitcherCommand): boolean {
  return kind === 'take' || kind === 'set-program' || kind === 'show-automatically';
}

/** What commands may name. */
export function catalogueOf({ layouts, cameras }: Pick<EngineParts, 'layouts' | 'cameras'>): Catalogue {
  const ids = cameras.status().map(({ camera }) => camera);
  return { layouts, sources: new Set([...ids, TICKER_SOURCE, CLOCK_SOURCE]), tours: new Set() };
}
