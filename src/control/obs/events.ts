import type { Closable } from '../../core/closing.js';
import { TICKER_SOURCE } from '../../layout/layout.js';
import type { SwitcherState } from '../../switcher/state.js';
import type { EngineEvents, Take, WallEngine } from '../engine.js';
import { VENDOR_NAME, type VendorEvent, type VendorEventName } from '../vendor.js';
import { Catalogue } from './catalogue.js';
import { eventSubscription, type ObsEvent } from './protocol.js';
import { durationEvent, transitionEvent } from './transition.js';
import { brightnessFields, controllerFields, serviceFields, wallFields } from './wall-fields.js';

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
  /** The end of a fade that is under way. */
  #ending: { readonly timer: NodeJS.Timeout; readonly say: () => void } | null = null;

  constructor(engine: WallEngine, send: (event: ObsEvent) => void) {
    this.#engine = engine;
    this.#catalogue = new Catalogue(engine);
    this.#send = send;
    const state = engine.state();
    this.#saidProgram = state.program;
    this.#saidPreview = state.studioMode ? state.preview : null;
    this.#listeners = {
      state: (next, previous) => this.#onState(next, previous),
      takeStarted: () => this.#onTakeStarted(),
      taken: (take) => this.#onTaken(take),
      tile: (tile) => this.#sendVendor('TileChanged', { ...tile }),
      count: (count) => this.#sendVendor('CountChanged', { ...count, values: { ...count.values } }),
      output: (output) => this.#sendVendor('OutputChanged', { ...output }),
      brightness: (report) => this.#sendVendor('BrightnessChanged', brightnessFields(report)),
      controller: (controller) => this.#sendVendor('ControllerChanged', controllerFields(controller)),
      service: (status) => this.#sendVendor('ServiceChanged', serviceFields(status)),
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
    this.#engine.off('reloaded', this.#listeners.reloaded);
    return Promise.resolve();
  }

  #onState(next: SwitcherState, previous: SwitcherState): void {
    if (next.studioMode !== previous.studioMode) {
      this.#send({
        eventType: 'StudioModeStateChanged',
        eventIntent: eventSubscription.ui,
        eventData: { studioModeEnabled: next.studioMode },
      });
    }
    // While a take is under way, the preview is said to change together with the program.
    if (next.program === this.#saidProgram) this.#sayPreview(next);
    for (const event of this.#itemEvents(next, previous)) this.#send(event);
    if (next.transition !== previous.transition) {
      this.#send(transitionEvent('CurrentSceneTransitionChanged', next.transition));
    }
    if (next.fadeMs !== previous.fadeMs) this.#send(durationEvent(next.fadeMs));
    if (next.tickerText !== previous.tickerText) this.#sayTicker(next.tickerText);
    this.#sendVendor('WallChanged', wallFields(this.#engine));
  }

  #onTakeStarted(): void {
    this.#endNow();
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
    this.#sendVendor('WallChanged', wallFields(this.#engine));
  }

  #onReloaded(): void {
    this.#send({
      eventType: 'SceneListChanged',
      eventIntent: eventSubscription.scenes,
      eventData: {
        scenes: this.#catalogue
          .scenes()
          .toReversed()
          .map((scene, sceneIndex) => ({ sceneIndex, sceneName: scene.name, sceneUuid: scene.uuid })),
      },
    });
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
    const eventData = { sceneName: scene.name, sceneUuid: scene.uuid };
    this.#send({ eventType, eventIntent: eventSubscription.scenes, eventData });
  }

  #sayTicker(text: string): void {
    const input = this.#catalogue.inputs().find((candidate) => candidate.source === TICKER_SOURCE);
    if (input === undefined) return;
    this.#send({
      eventType: 'InputSettingsChanged',
      eventIntent: eventSubscription.inputs,
      eventData: { inputName: input.name, inputUuid: input.uuid, inputSettings: { text } },
    });
  }

  #itemEvents(next: SwitcherState, previous: SwitcherState): readonly ObsEvent[] {
    if (next.hiddenCells === previous.hiddenCells) return [];
    return this.#catalogue.scenes().flatMap((scene) => {
      const before = previous.hiddenCells[scene.layout.id] ?? [];
      return this.#catalogue
        .items(scene.layout)
        .filter((item) => before.includes(item.cell.id) === item.enabled)
        .map((item) => ({
          eventType: 'SceneItemEnableStateChanged',
          eventIntent: eventSubscription.sceneItems,
          eventData: {
            sceneName: scene.name,
            sceneUuid: scene.uuid,
            sceneItemId: item.id,
            sceneItemEnabled: item.enabled,
          },
        }));
    });
  }

  #sendVendor<Name extends VendorEventName>(eventType: Name, eventData: VendorEvent<Name>): void {
    this.#send({
      eventType: 'VendorEvent',
      eventIntent: eventSubscription.vendors,
      eventData: { vendorName: VENDOR_NAME, eventType, eventData },
    });
  }
}
