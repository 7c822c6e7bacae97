import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '../../connection.js';
import {
  NOTHING_KNOWN,
  type ControllerDriver,
  type ControllerReading,
  type Outcome,
  type WantedOfController,
} from '../../controller-driver.js';
import { outcomeOf } from '../../controller-failure.js';
import type { ColorlightOptions } from './options.js';
import { blackCommand, brightnessCommand, freezeCommand, HEARTBEATS } from './packet.js';
import { askDevice } from './search.js';

/** Each command in a packet of its own: nothing says that a device takes two of them out of one. */
const BETWEEN_COMMANDS_MS = 30;

/** Commands a Colorlight processor. It does not say what it shows: a reading has its name, and that it is there. */
export class ColorlightDriver implements ControllerDriver {
  readonly #options: ColorlightOptions;
  readonly #connection: Connection;

  constructor(options: ColorlightOptions) {
    this.#options = options;
    this.#connection = new Connection(options.host, options.port, {
      // Whatever it says on this line says nothing that is known.
      onData: () => undefined,
      onGone: () => undefined,
    });
  }

  apply(wanted: WantedOfController, signal: AbortSignal): Promise<Outcome<null>> {
    return outcomeOf(this.#apply(wanted, signal));
  }

  read(signal: AbortSignal): Promise<Outcome<ControllerReading>> {
    return outcomeOf(this.#read(signal));
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #apply({ picture, brightnessPercent }: WantedOfController, signal: AbortSignal): Promise<null> {
    const { protocol, device } = this.#options;
    const commands = [
      ...(brightnessPercent === null ? [] : [brightnessCommand(protocol, device, brightnessPercent)]),
      freezeCommand(protocol, device, picture === 'freeze'),
      blackCommand(protocol, device, picture === 'black'),
    ];
    await this.#connection.open(signal);
    for (const [index, command] of commands.entries()) {
      if (index > 0) await sleep(BETWEEN_COMMANDS_MS);
      this.#connection.write(command);
    }
    return null;
  }

  async #read(signal: AbortSignal): Promise<ControllerReading> {
    const { host, searchPort, protocol } = this.#options;
    await this.#connection.open(signal);
    this.#connection.write(HEARTBEATS[protocol]);
    return { ...NOTHING_KNOWN, detail: await askDevice(host, searchPort, signal) };
  }
}
