import type { Encoding } from './encoding.js';
import { opCode, type ObsEvent } from './protocol.js';

/** An event on its way to many: encoded once for each encoding that somebody uses, and not at all for nobody. */
export class OutgoingEvent {
  readonly #event: ObsEvent;
  readonly #encoded = new Map<Encoding, string | Buffer>();

  constructor(event: ObsEvent) {
    this.#event = event;
  }

  /** The bit of its category. */
  get intent(): number {
    return this.#event.eventIntent;
  }

  encoded(encoding: Encoding): string | Buffer {
    const known = this.#encoded.get(encoding);
    if (known !== undefined) return known;
    const message = encoding.encode({ op: opCode.event, d: this.#event });
    this.#encoded.set(encoding, message);
    return message;
  }
}
