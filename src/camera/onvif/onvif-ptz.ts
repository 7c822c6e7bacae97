import { withDeadline } from '../../core/deadline.js';
import { GlasshallError } from '../../core/errors.js';
import type { Preset, Ptz, Velocity } from '../ptz/ptz.js';
import type { Credentials } from '../rtsp-address.js';
import { readPresets } from './answers.js';
import { askClockOffset } from './onvif-device.js';
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

/** A camera that takes longer to begin to turn, or to stop, cannot be steered by eye. */
const TURN_MS = 1_500;
const ANSWER_MS = 4_000;
/** What a person can choose from; the many empty ones of some cameras lie beyond. */
const MAXIMUM_PRESETS = 256;

export type OnvifPtzOptions = {
  readonly credentials: Credentials;
  /** Of the device service, which tells the time. */
  readonly device: URL;
  /** Of the PTZ service. */
  readonly service: URL;
  /** Of a profile that has a PTZ configuration. */
  readonly profileToken: string;
};

/** Turns a camera through its PTZ service (ONVIF PTZ Service Specification, 5.3 to 5.5). */
export class OnvifPtz implements Ptz {
  readonly #options: OnvifPtzOptions;
  /** How far the camera's clock is ahead; asked for once, and again when it does not know us. */
  #clockOffsetMs: number | null = null;

  constructor(options: OnvifPtzOptions) {
    this.#options = options;
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

  async #ask(limitMs: number, question: (asking: Asking, profileToken: string) => Promise<unknown>): Promise<unknown> {
    const wasKnown = this.#clockOffsetMs !== null;
    try {
      return await this.#askOnce(limitMs, question);
    } catch (error) {
      const mayBeClock = wasKnown && error instanceof GlasshallError && error.code === 'unauthorised';
      if (!mayBeClock) throw error;
      this.#clockOffsetMs = null;
      return this.#askOnce(limitMs, question);
    }
  }

  #askOnce(limitMs: number, question: (asking: Asking, profileToken: string) => Promise<unknown>): Promise<unknown> {
    const { credentials, device, service, profileToken } = this.#options;
    return withDeadline(limitMs, new AbortController().signal, async (signal) => {
      this.#clockOffsetMs ??= await askClockOffset(device, signal);
      return question({ url: service, credentials, clockOffsetMs: this.#clockOffsetMs, signal }, profileToken);
    });
  }
}
