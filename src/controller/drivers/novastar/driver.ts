import { monotonicMs } from '../../../core/clock.js';
import type { ControllerDriver, ControllerReading, Outcome, WantedOfController } from '../../controller-driver.js';
import { outcomeOf } from '../../controller-failure.js';
import type { CardAddress } from './frame.js';
import type { NovastarOptions } from './options.js';
import { RegisterBus } from './register-bus.js';
import {
  brightnessPercentOf,
  brightnessValue,
  cardStatus,
  isTestPicture,
  OFF,
  ON,
  REGISTERS,
  STATUS_BYTES,
  type CardReading,
} from './registers.js';
import { ScreenMemory } from './screen-memory.js';

/** So many cards are asked in a reading, for so long; the others are asked in the next. */
const MOST_CARDS = 16;
const ASKS_FOR_MS = 700;

/** Commands all receiving cards behind a NovaStar sending card, and asks each of them what it does. */
export class NovastarDriver implements ControllerDriver {
  readonly #options: NovastarOptions;
  readonly #bus: RegisterBus;
  readonly #screen: ScreenMemory;

  constructor(options: NovastarOptions) {
    this.#options = options;
    this.#bus = new RegisterBus(options.host, options.port);
    this.#screen = new ScreenMemory(options.chains);
  }

  apply(wanted: WantedOfController, signal: AbortSignal): Promise<Outcome<null>> {
    return outcomeOf(this.#apply(wanted, signal));
  }

  read(signal: AbortSignal): Promise<Outcome<ControllerReading>> {
    return outcomeOf(this.#read(signal));
  }

  close(): Promise<void> {
    return this.#bus.close();
  }

  async #apply({ picture, brightnessPercent }: WantedOfController, signal: AbortSignal): Promise<null> {
    const write = (register: number, value: number): Promise<void> => this.#bus.writeToAll(register, value, signal);
    this.#screen.forgetPictures();
    if (brightnessPercent !== null) await write(REGISTERS.brightness, brightnessValue(brightnessPercent));
    if (picture === 'black') await write(REGISTERS.black, ON);
    else {
      await write(REGISTERS.selfTest, OFF);
      await write(REGISTERS.freeze, picture === 'freeze' ? ON : OFF);
      await write(REGISTERS.black, OFF);
    }
    return null;
  }

  async #read(signal: AbortSignal): Promise<ControllerReading> {
    const beganAtMs = monotonicMs();
    const input = await this.#readInput(signal);
    const most = Math.min(MOST_CARDS, this.#screen.cardCount);
    for (let asked = 0; asked < most; asked += 1) {
      this.#screen.keep((await this.#readCard(this.#screen.nextCard(), signal)) ?? 'silent');
      if (monotonicMs() - beganAtMs > ASKS_FOR_MS) break;
    }
    return this.#screen.reading(input);
  }

  async #readInput(signal: AbortSignal): Promise<ControllerReading['input']> {
    if (!this.#options.dviSignal) return null;
    const value = await this.#bus.readByte({ card: 'sending-card', register: REGISTERS.dviSignal }, signal);
    return value === null ? null : { name: 'DVI', hasSignal: value !== 0 };
  }

  /** @returns null when the card does not answer */
  async #readCard(card: CardAddress, signal: AbortSignal): Promise<CardReading | null> {
    const status = await this.#bus.read({ card, register: REGISTERS.status }, STATUS_BYTES, signal);
    if (status === null) return null;
    const brightness = await this.#bus.readByte({ card, register: REGISTERS.brightness }, signal);
    const black = await this.#bus.readByte({ card, register: REGISTERS.black }, signal);
    const selfTest = await this.#bus.readByte({ card, register: REGISTERS.selfTest }, signal);
    const freeze = await this.#bus.readByte({ card, register: REGISTERS.freeze }, signal);
    if (brightness === null || black === null || selfTest === null || freeze === null) return null;
    return {
      ...cardStatus(status),
      brightnessPercent: brightnessPercentOf(brightness),
      black: black !== OFF,
      testPicture: isTestPicture(selfTest),
      freeze: freeze !== OFF,
    };
  }
}
