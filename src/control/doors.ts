import { backoffMs } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { CommandDesk } from './commands/desk.js';
import type { WallEngine } from './engine.js';
import { MqttLink } from './mqtt/link.js';
import type { ControlOptions } from './options.js';
import { OscReceiver } from './osc/receiver.js';
import type { Tally } from './tally.js';

export type DoorsOptions = {
  readonly engine: WallEngine;
  readonly desk: CommandDesk;
  readonly tally: Tally;
  readonly log: Logger;
};

/**
 * The ways in that a hall may do without: lighting desks and a broker. Opened as configured, and otherwise when the
 * configuration changes; one that cannot be opened is tried again for ever, and the hall goes on without it.
 */
export class Doors implements Closable {
  readonly #options: DoorsOptions;
  #osc: OpenDoor<OscReceiver> | null = null;
  #mqtt: MqttLink | null = null;
  #configured = '';
  #changing: Promise<void> = Promise.resolve();

  constructor(options: DoorsOptions) {
    this.#options = options;
  }

  /** Whether the broker hears us; null where there is none. */
  get isBrokerConnected(): boolean | null {
    return this.#mqtt?.isConnected ?? null;
  }

  /** Opens what is configured; doors that stay the same stay open. */
  use({ osc, mqtt }: Pick<ControlOptions, 'osc' | 'mqtt'>): Promise<void> {
    const configured = JSON.stringify({ osc, mqtt });
    if (configured === this.#configured) return this.#changing;
    this.#configured = configured;
    this.#changing = this.#changing.then(async () => {
      await this.#closeBoth();
      const { engine, desk, tally, log } = this.#options;
      if (mqtt !== undefined) this.#mqtt = new MqttLink({ mqtt, engine, desk, tally, log });
      if (osc !== undefined) this.#osc = new OpenDoor(() => OscReceiver.open({ osc, desk, tally, log }), log);
      await this.#osc?.firstTry;
    });
    return this.#changing;
  }

  close(): Promise<void> {
    this.#configured = '';
    this.#changing = this.#changing.then(() => this.#closeBoth());
    return this.#changing;
  }

  async #closeBoth(): Promise<void> {
    const open = [this.#osc, this.#mqtt].filter((door) => door !== null);
    this.#osc = null;
    this.#mqtt = null;
    await Promise.all(open.map((door) => door.close()));
  }
}

/** Something that is opened again and again until it is open. */
class OpenDoor<Door extends Closable> implements Closable {
  /** Settles when it is open, or has failed to be once. */
  readonly firstTry: Promise<void>;
  readonly #open: () => Promise<Door>;
  readonly #log: Logger;
  #door: Door | null = null;
  #timer: NodeJS.Timeout | null = null;
  #attempt = 0;
  #trying: Promise<void>;
  #isClosed = false;

  constructor(open: () => Promise<Door>, log: Logger) {
    this.#open = open;
    this.#log = log;
    this.#trying = this.#try();
    this.firstTry = this.#trying;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#trying;
    await this.#door?.close();
  }

  async #try(): Promise<void> {
    this.#timer = null;
    try {
      this.#door = await this.#open();
    } catch (failure) {
      if (this.#attempt === 0)
        this.#log.error({ failure: messageOf(failure) }, 'a door could not be opened; tried again');
      this.#attempt += 1;
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => {
        this.#trying = this.#try();
      }, backoffMs(this.#attempt));
    }
  }
}
