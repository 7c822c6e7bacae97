/**
 * Joins decisions with the parts that carry them out: `director.ts` and `staging.ts` prepare pictures and put scenes on
 * air, `signage.ts` paints around them, `pictures.ts` gives copies to pages; `Engine` is what control sees of it all.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
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
import type { ControllerStatus } from '../controller/controller-watch.js';
import type { Layout } from '../layout/layout.js';
import { SERVICE, type Actor } from '../switcher/actor.js';
import { cellsShown, choosesLayout } from '../switcher/reduce.js';
import { restore, toSaved } from '../switcher/saved-state.js';
import { Switcher, type Change, type Order } from '../switcher/switcher.js';
import type { SwitcherCommand, SwitcherState } from '../switcher/state.js';
import { requireSoon } from '../switcher/urgent-message.js';
import { parseTemplate } from '../ticker/template.js';
import type { Target } from './director.js';
import { catalogueOf, otherSourcesOf, type EngineParts } from './engine-parts.js';
import { Lighting } from './lighting.js';
import type { LightedOutputs } from './output-lights.js';
import { describeOutput } from './output-description.js';
import { outputStatus } from './output-status.js';
import { pixelMapsOf } from './pixel-maps.js';
import { relayEvents } from './event-relay.js';
import { presentable } from './presentable.js';
import { StateFollower } from './state-follower.js';
import { TileReporter } from './tile-reporter.js';

/** Commands come in through `execute`, everything that happens goes out as events; nothing in here waits for a device. */
export class Engine extends EventEmitter<EngineEvents> implements WallEngine, Closable {
  #parts: EngineParts;
  #service: ServiceStatus;
  #reload: () => Promise<void> = () => Promise.resolve();
  readonly #tiles: TileReporter;
  readonly #lighting: Lighting;
  readonly #switcher: Switcher;
  readonly #follower: StateFollower;
  #closed = false;
  readonly otherSources: WallEngine['otherSources'] = () => otherSourcesOf(this.#parts.painted);

  constructor(parts: EngineParts) {
    super();
    this.setMaxListeners(0);
    this.#parts = parts;
    this.#service = parts.service;
    this.#switcher = new Switcher(parts.state, catalogueOf(parts));
    this.#follower = new StateFollower(parts);
    const nameOf = (camera: string): string => parts.cameraNames.get(camera) ?? camera;
    this.#tiles = new TileReporter({ cameras: parts.cameras, director: parts.director, nameOf, log: parts.log });
    this.#lighting = new Lighting({ ...parts, onChange: (report) => this.emit('brightness', report) });
    relayEvents(parts, this, { outputs: () => this.#parts.outputs, reportTiles: () => this.#reportTiles() });
  }

  get wall(): WallInformation {
    return this.#parts.information;
  }

  get testPatterns(): WallEngine['testPatterns'] {
    return this.#parts.testPatterns;
  }

  get layoutDesk(): WallEngine['layoutDesk'] {
    return this.#parts.layoutDesk;
  }

  get programmeDesk(): WallEngine['programmeDesk'] {
    return this.#parts.programmeDesk;
  }

  get cameras(): WallEngine['cameras'] {
    return this.#parts.cameras;
  }

  /** Puts on air what the state says, and prepares what it says. */
  async start(): Promise<void> {
    const state = this.state();
    this.#lighting.start(state.blackout);
    this.#follower.begin(state);
    await this.#showAnew(state);
    this.#follower.follow(state, this.#targetOf(state.preview));
  }

  /** Resolves when every tile on air is live, at the latest after `limitMs`. */
  presentable(limitMs: number): Promise<void> {
    return presentable(
      () => this.#closed || this.tiles().every((tile) => !tile.onAir || tile.state === 'live'),
      limitMs,
    );
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
    changes: Pick<EngineParts, 'information' | 'layouts' | 'tickerText' | 'automation' | keyof LightedOutputs>,
  ): Promise<readonly string[]> {
    const saved = toSaved(this.state(), this.#parts.tickerText);
    this.#parts = { ...this.#parts, ...changes };
    this.#lighting.use(changes);
    this.#switcher.catalogue = catalogueOf(this.#parts);
    const { state, dropped } = restore(saved, this.#switcher.catalogue, changes.tickerText);
    const next = { ...state, revision: state.revision + 1 };
    // Painted anew and shown again even when its cells are the same: names and places of signs may be others.
    await this.#showAnew(next);
    this.#parts.conductor.plan = changes.automation;
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

  get automation(): WallEngine['automation'] {
    return this.#parts.conductor;
  }

  /** Whether a layout shows nothing but cameras that are away. */
  isDead(layoutId: string): boolean {
    return this.#tiles.areAllAway(this.#targetOf(layoutId).cells);
  }

  /** Prepares what goes on air by itself next, beside what is on preview. Null: nothing is about to. */
  prepareAhead(layoutId: string | null): void {
    this.#follower.prepareAhead(layoutId === null ? null : this.#targetOf(layoutId));
  }

  undoable(): Change | null {
    return this.#switcher.undoable;
  }

  async execute(command: SwitcherCommand, order: Order): Promise<void> {
    if (command.kind === 'set-ticker') parseTemplate(command.text);
    if (command.kind === 'show-urgent-message') requireSoon(command.untilMs, Date.now());
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
      try {
        const now = this.#switcher.plan(command, order);
        if (!readied.staging.isOf(now.program, cellsShown(now, this.#layout(now.program)))) continue;
        const from = this.state().program;
        director.show(readied, choosesLayout(command) && now.transition === 'fade' ? now.fadeMs : 0);
        if (from !== now.program) this.emit('takeStarted', from, now.program);
        this.#commit(now, command.kind, order.actor);
        return;
      } finally {
        director.dismiss(readied);
      }
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

  /** Puts on air what a state says, its pictures waited for as in a take. */
  async #showAnew(state: SwitcherState): Promise<void> {
    const { director } = this.#parts;
    const readied = await director.ready(state.program, cellsShown(state, this.#layout(state.program)));
    if (readied === null) return;
    director.show(readied);
    director.dismiss(readied);
  }

  #changesProgram(next: SwitcherState): boolean {
    const cells = cellsShown(next, this.#layout(next.program));
    return this.#parts.director.program?.isOf(next.program, cells) !== true;
  }

  #commit(next: SwitcherState, command: Change['command'], actor: Actor): void {
    const previous = this.state();
    const change = this.#switcher.commit(next, command, actor);
    if (next.blackout !== previous.blackout) this.#lighting.setBlackout(next.blackout);
    this.#parts.brightness.setWish(next.brightness);
    this.#follower.follow(next, this.#targetOf(next.preview));
    const { revision, program, preview } = next;
    this.#parts.log.info({ revision, program, preview, command, by: actor.name, via: actor.via }, 'switcher changed');
    this.emit('state', next, previous, change);
    this.#reportTiles();
  }

  #reportTiles(): void {
    for (const tile of this.#tiles.changed(this.state().studioMode)) this.emit('tile', tile);
  }

  #targetOf(layoutId: string): Target {
    return { layoutId, cells: cellsShown(this.state(), this.#layout(layoutId)) };
  }

  #layout(id: string): Layout {
    const layout = this.layouts().find((candidate) => candidate.id === id);
    if (layout === undefined) throw new RangeError(`no layout ${id}`);
    return layout;
  }
}
