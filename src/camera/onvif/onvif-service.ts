import { withDeadline } from '../../core/deadline.js';
import { GlasshallError } from '../../core/errors.js';
import type { Credentials } from '../rtsp-address.js';
import type { Asking } from './node-onvif.js';
import { askClockOffset } from './onvif-device.js';

export type OnvifServiceOptions = {
  readonly credentials: Credentials;
  /** Of the device service, which tells the time. */
  readonly device: URL;
  /** Of the service itself. */
  readonly service: URL;
};

/** One of a camera's services that is asked now and then, long after its profiles were. */
export class OnvifService {
  readonly #options: OnvifServiceOptions;
  /** How far the camera's clock is ahead; asked for once, and again when it does not know us. */
  #clockOffsetMs: number | null = null;

  constructor(options: OnvifServiceOptions) {
    this.#options = options;
  }

  /**
   * @param limitMs for the whole question, milliseconds
   * @throws GlasshallError as `askOnvifProfiles` does
   */
  async ask(limitMs: number, signal: AbortSignal, question: (asking: Asking) => Promise<unknown>): Promise<unknown> {
    const wasKnown = this.#clockOffsetMs !== null;
    try {
      return await this.#askOnce(limitMs, signal, question);
    } catch (error) {
      const mayBeClock = wasKnown && error instanceof GlasshallError && error.code === 'unauthorised';
      if (!mayBeClock) throw error;
      this.#clockOffsetMs = null;
      return this.#askOnce(limitMs, signal, question);
    }
  }

  #askOnce(limitMs: number, parent: AbortSignal, question: (asking: Asking) => Promise<unknown>): Promise<unknown> {
    const { credentials, device, service } = this.#options;
    return withDeadline(limitMs, parent, async (signal) => {
      this.#clockOffsetMs ??= await askClockOffset(device, signal);
      return question({ url: service, credentials, clockOffsetMs: this.#clockOffsetMs, signal });
    });
  }
}
