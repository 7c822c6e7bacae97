import type { Preset, Ptz, Velocity } from '../ptz/ptz.js';
import { readPresets } from './answers.js';
import {
  askContinuousMove,
  askGotoHomePosition,
  askGotoPreset,
  askPresets,
  askRemovePreset,
  askSetPreset,
  askStop,
  type Asking,
} from './node-onvif.js';
import type { OnvifService } from './onvif-service.js';

/** A camera that takes longer to begin to turn, or to stop, cannot be steered by eye. */
const TURN_MS = 1_500;
const ANSWER_MS = 4_000;
/** What a person can choose from; the many empty ones of some cameras lie beyond. */
const MAXIMUM_PRESETS = 256;

/** Turns a camera through its PTZ service (ONVIF PTZ Service Specification, 5.3 to 5.5). */
export class OnvifPtz implements Ptz {
  readonly #service: OnvifService;
  readonly #profileToken: string;

  /** @param profileToken of a profile that has a PTZ configuration */
  constructor(service: OnvifService, profileToken: string) {
    this.#service = service;
    this.#profileToken = profileToken;
  }

  async move(velocity: Velocity, timeoutSeconds: number): Promise<void> {
    await this.#ask(TURN_MS, (asking, token) => askContinuousMove(asking, token, velocity, timeoutSeconds));
  }

  async stop(): Promise<void> {
    await this.#ask(TURN_MS, askStop);
  }

  async goHome(): Promise<void> {
    await this.#ask(ANSWER_MS, askGotoHomePosition);
  }

  async presets(): Promise<readonly Preset[]> {
    return readPresets(await this.#ask(ANSWER_MS, askPresets)).slice(0, MAXIMUM_PRESETS);
  }

  async recall(preset: string): Promise<void> {
    await this.#ask(ANSWER_MS, (asking, token) => askGotoPreset(asking, token, preset));
  }

  async save(name: string, preset: string | null): Promise<void> {
    await this.#ask(ANSWER_MS, (asking, token) => askSetPreset(asking, token, name, preset));
  }

  async remove(preset: string): Promise<void> {
    await this.#ask(ANSWER_MS, (asking, token) => askRemovePreset(asking, token, preset));
  }

  #ask(limitMs: number, question: (asking: Asking, profileToken: string) => Promise<unknown>): Promise<unknown> {
    const { signal } = new AbortController();
    return this.#service.ask(limitMs, signal, (asking) => question(asking, this.#profileToken));
  }
}
