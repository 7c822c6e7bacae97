import type { Closable } from '../../core/closing.js';
import type { SwitcherState } from '../../switcher/state.js';
import type { EngineEvents, Take, TileStatus, WallEngine } from '../engine.js';
import { VENDOR_NAME, type VendorEvent, type VendorEventName } from '../vendor.js';
import { Catalogue } from './catalogue.js';
import { obsEvent } from './event-catalogue.js';
import type { ObsEvent } from './protocol.js';
import { transitionEvent } from './transition.js';
import { draftsChangedFields } from '../layout-fields.js';
import { brightnessFields, controllerFields, serviceFields, wallFields } from '../wall-fields.js';
import { eventsBetween, snapshotOf, type WallSnapshot } from './wall-snapshot.js';

type Listeners = { readonly [Name in keyof EngineEvents]: (...values: EngineEvents[Name]) => void };

/**
 * Turns what happens in the engine into obs-websocket events, in OBS's order: a transition starts with the command and
 * ends with the first composed frame, and only then is the program scene said to have changed.
 */
export class EventTranslator implements Closable {
  readonly #engine: WallEngine;
  readonly #catalogue: Catalogue;
  readonly #send: (event: ObsEvent) => void;
  readonly #listeners: Listeners;
  #saidProgram: string;
  #saidPreview: string | null;
  /** What clients know of layouts and inputs. */
  #known: WallSnapshot;
  /** Cameras that clients know to be live. */
  #live: ReadonlySet<string>;
  /** Layouts of which something is on the wall. */
  #onAir: readonly string[];
  /** The end of a fade that is under way. */
  #ending: { readonly timer: NodeJS.Timeout; readonly say: () => void } | null = null;

  constructor(engine: WallEngine, send: (event: ObsEvent) => void) {
    this.#engine = engine;
    this.#catalogue = new Catalogue(engine);
    this.#send = send;
    const state = engine.state();
    this.#saidProgram = state.program;
    this.#saidPreview = state.studioMode ? state.preview : null;
    this.#onAir = [state.program];
    this.#known = snapshotOf(engine, this.#onAir);
    this.#live = new Set(
      engine
        .tiles()
        .filter((tile) => tile.state === 'live')
        .map((tile) => tile.camera),
    );
    this.#listeners = {
      state: (next, previous) => this.#onState(next, previous),
      takeStarted: (from, to) => this.#onTakeStarted(from, to),
      taken: (take) => this.#onTaken(take),
      tile: (tile) => this.#onTile(tile),
      count: (count) => this.#sendVendor('CountChanged', { ...count, values: { ...count.values } }),
      output: (output) => this.#sendVendor('OutputChanged', { ...output }),
      brightness: (report) => this.#sendVendor('BrightnessChanged', brightnessFields(report)),
      controller: (controller) => this.#sendVendor('ControllerChanged', controllerFields(controller)),
      service: (status) => this.#sendVendor('ServiceChanged', serviceFields(status)),
      automation: () => this.#sendVendor('WallChanged', wallFields(this.#engine)),
      testPattern: () => this.#sendVendor('WallChanged', wallFields(this.#engine)),
      layoutDrafts: () => this.#sendVendor('LayoutDraftsChanged', draftsChangedFields(engine.layoutDesk.drafts())),
      reloaded: () => this.#onReloaded(),
    };
    engine.on('state', this.#listeners.state);
    engine.on('takeStarted', this.#listeners.takeStarted);
    engine.on('taken', this.#listeners.taken);
    engine.on('tile', this.#listeners.tile);
    engine.on('count', this.#listeners.count);
    engine.on('output', this.#listeners.output);
    engine.on('brightness', this.#listeners.brightness);
    engine.on('controller', this.#listeners.controller);
    engine.on('service', this.#listeners.service);
    engine.on('automation', this.#listeners.automation);
    engine.on('testPattern', this.#listeners.testPattern);
    engine.on('layoutDrafts', this.#listeners.layoutDrafts);
    engine.on('reloaded', this.#listeners.reloaded);
  }

  close(): Promise<void> {
    if (this.#ending !== null) clearTimeout(this.#ending.timer);
    this.#ending = null;
    this.#engine.off('state', this.#listeners.state);
    this.#engine.off('takeStarted', this.#listeners.takeStarted);
    this.#engine.off('taken', this.#listeners.taken);
    this.#engine.off('tile', this.#listeners.tile);
    this.#engine.off('count', this.#listeners.count);
    this.#engine.off('output', this.#listeners.output);
    this.#engine.off('brightness', this.#listeners.brightness);
    this.#engine.off('controller', this.#listeners.controller);
    this.#engine.off('service', this.#listeners.service);
    this.#engine.off('automation', this.#listeners.automation);
    this.#engine.off('testPattern', this.#listeners.testPattern);
    this.#engine.off('layoutDrafts', this.#listeners.layoutDrafts);
    this.#engine.off('reloaded', this.#listeners.reloaded);
    return Promise.resolve();
  }

  #onState(next: SwitcherState, previous: SwitcherState): void {
    if (next.studioMode !== previous.studioMode) {
      this.#send(obsEvent('StudioModeStateChanged', { studioModeEnabled: next.studioMode }));
    }
    // While a take is under way, the preview is said to change together with the program.
    if (next.program === this.#saidProgram) this.#sayPreview(next);
    this.#sayChanges();
    if (next.transition !== previous.transition) {
      this.#send(transitionEvent('CurrentSceneTransitionChanged', next.transition));
    }
    if (next.fadeMs !== previous.fadeMs) {
      this.#send(obsEvent('CurrentSceneTransitionDurationChanged', { transitionDuration: next.fadeMs }));
    }
    this.#sendVendor('WallChanged', wallFields(this.#engine));
  }

  #onTakeStarted(from: string, to: string): void {
    this.#endNow();
    this.#onAir = [from, to];
    this.#send(transitionEvent('SceneTransitionStarted', this.#engine.state().transition));
  }

  #onTaken({ to, fadeMs }: Take): void {
    this.#endNow();
    const say = (): void => this.#sayTakeEnded(to, fadeMs > 0 ? 'fade' : 'cut');
    if (fadeMs === 0) say();
    else this.#ending = { say, timer: setTimeout(() => this.#endNow(), fadeMs) };
  }

  /** Says the end of a fade: when it is over, or when the next take overtakes it. */
  #endNow(): void {
    const ending = this.#ending;
    if (ending === null) return;
    this.#ending = null;
    clearTimeout(ending.timer);
    ending.say();
  }

  #sayTakeEnded(to: string, transition: SwitcherState['transition']): void {
    this.#send(transitionEvent('SceneTransitionVideoEnded', transition));
    this.#sayPreview(this.#engine.state());
    this.#send(transitionEvent('SceneTransitionEnded', transition));
    this.#sayProgram(to);
    this.#onAir = [to];
    this.#sayChanges();
    this.#sendVendor('WallChanged', wallFields(this.#engine));
  }

  #onTile(tile: TileStatus): void {
    const isLive = tile.state === 'live';
    if (isLive !== this.#live.has(tile.camera)) {
      this.#live = new Set(
        [...this.#live].filter((camera) => camera !== tile.camera).concat(isLive ? tile.camera : []),
      );
      const input = this.#catalogue.inputs().find((candidate) => candidate.source === tile.camera);
      if (input !== undefined) {
        const eventType = isLive ? 'MediaInputPlaybackStarted' : 'MediaInputPlaybackEnded';
        this.#send(obsEvent(eventType, { inputName: input.name, inputUuid: input.uuid }));
      }
    }
    this.#sendVendor('TileChanged', { ...tile });
  }

  #onReloaded(): void {
    this.#onAir = [this.#engine.state().program];
    this.#sayChanges();
    const state = this.#engine.state();
    this.#sayPreview(state);
    this.#sayProgram(state.program);
    this.#sendVendor('WallChanged', wallFields(this.#engine));
  }

  #sayProgram(layoutId: string): void {
    if (layoutId === this.#saidProgram) return;
    this.#saidProgram = layoutId;
    this.#sayScene('CurrentProgramSceneChanged', layoutId);
  }

  #sayPreview(state: SwitcherState): void {
    const preview = state.studioMode ? state.preview : null;
    if (preview === this.#saidPreview) return;
    this.#saidPreview = preview;
    if (preview !== null) this.#sayScene('CurrentPreviewSceneChanged', preview);
  }

  #sayScene(eventType: 'CurrentProgramSceneChanged' | 'CurrentPreviewSceneChanged', layoutId: string): void {
    const scene = this.#catalogue.sceneOfLayout(layoutId);
    if (scene === null) return;
    this.#send(obsEvent(eventType, { sceneName: scene.name, sceneUuid: scene.uuid }));
  }

  #sayChanges(): void {
    const before = this.#known;
    this.#known = snapshotOf(this.#engine, this.#onAir);
    for (const event of eventsBetween(before, this.#known)) this.#send(event);
  }

  #sendVendor<Name extends VendorEventName>(eventType: Name, eventData: VendorEvent<Name>): void {
    this.#send(obsEvent('VendorEvent', { vendorName: VENDOR_NAME, eventType, eventData }));
  }
}
