import type { z } from 'zod';
import {
  NOTHING_KNOWN,
  type ControllerDriver,
  type ControllerReading,
  type Outcome,
  type WantedOfController,
} from '../../controller-driver.js';
import { outcomeOf } from '../../controller-failure.js';
import { cabinetList, displayStates, inputSources, monitorInformation, shaped } from './answers.js';
import type { CoexOptions } from './options.js';
import { CoexInterface } from './request.js';

const DISPLAY_MODES = { normal: 0, black: 1, freeze: 2 } as const;
/** The source that makes pictures by itself. */
const INTERNAL_SOURCE = 13;

type Cabinets = z.output<typeof cabinetList>;
type Figures = Pick<ControllerReading, 'temperatureCelsius' | 'voltageVolts' | 'link' | 'detail' | 'input'>;

const NO_FIGURES: Figures = { temperatureCelsius: null, voltageVolts: null, link: null, detail: null, input: null };

/** Commands a COEX controller over its HTTP interface. */
export class CoexDriver implements ControllerDriver {
  readonly #options: CoexOptions;
  readonly #interface: CoexInterface;
  #readings = 0;
  #cabinets: Cabinets | null = null;
  #cabinetsAreDue = true;
  #mostCabinets = 0;
  #figures = NO_FIGURES;

  constructor(options: CoexOptions) {
    this.#options = options;
    this.#interface = new CoexInterface(options.host, options.port);
  }

  apply(wanted: WantedOfController, signal: AbortSignal): Promise<Outcome<null>> {
    return outcomeOf(this.#apply(wanted, signal));
  }

  read(signal: AbortSignal): Promise<Outcome<ControllerReading>> {
    return outcomeOf(this.#read(signal));
  }

  close(): Promise<void> {
    return this.#interface.close();
  }

  async #apply({ picture, brightnessPercent }: WantedOfController, signal: AbortSignal): Promise<null> {
    if (brightnessPercent !== null) await this.#applyBrightness(brightnessPercent, signal);
    const value = DISPLAY_MODES[picture];
    const newer = JSON.stringify({ value, screenIdList: [] });
    if (!(await this.#interface.put('/screen/output/displaymode', newer, signal))) {
      await this.#interface.put('/device/screen/displaymode', JSON.stringify({ value }), signal);
    }
    return null;
  }

  async #applyBrightness(percent: number, signal: AbortSignal): Promise<void> {
    const cabinets = this.#cabinets ?? (await this.#readCabinets(signal));
    if (cabinets === null || cabinets.length === 0) return;
    // Put together by hand: a number of 64 bits does not survive JavaScript.
    const body = `{"idList":[${cabinets.map(({ id }) => id).join(',')}],"ratio":${(percent / 100).toFixed(4)}}`;
    this.#cabinetsAreDue = true;
    await this.#interface.put('/device/cabinet/brightness', body, signal);
  }

  async #read(signal: AbortSignal): Promise<ControllerReading> {
    const turn = this.#readings;
    const data = await this.#interface.get('/screen/output/display/state', signal);
    const modes = data === null ? [] : shaped(displayStates, data).displayState.map(({ displayMode }) => displayMode);
    // The list of cabinets and the figures of every card are long: they take turns.
    if (this.#cabinetsAreDue || turn % 2 === 0) await this.#readCabinets(signal);
    if (turn === 0 || turn % 2 === 1) this.#figures = await this.#readFigures(signal);
    // Counted when it is whole: what a failure kept from being asked is asked next.
    this.#readings += 1;
    return {
      ...NOTHING_KNOWN,
      ...this.#figures,
      black: modes.length === 0 ? null : modes.includes(DISPLAY_MODES.black),
      freeze: modes.length === 0 ? null : modes.includes(DISPLAY_MODES.freeze),
      ...this.#cabinetReading(),
    };
  }

  #cabinetReading(): Pick<ControllerReading, 'brightnessPercent' | 'cabinets'> {
    const cabinets = this.#cabinets;
    if (cabinets === null) return { brightnessPercent: null, cabinets: null };
    const total = this.#options.cabinets ?? this.#mostCabinets;
    return {
      brightnessPercent: cabinets.length === 0 ? null : Math.max(...cabinets.map(({ brightness }) => brightness)) * 100,
      // The list has those that are connected; the one with their temperatures keeps those that are not.
      cabinets: { ok: Math.min(total, cabinets.length), total },
    };
  }

  async #readCabinets(signal: AbortSignal): Promise<Cabinets | null> {
    const data = await this.#interface.get('/device/cabinet', signal);
    this.#cabinets = data === null ? null : shaped(cabinetList, data);
    this.#cabinetsAreDue = false;
    this.#mostCabinets = Math.max(this.#mostCabinets, this.#cabinets?.length ?? 0);
    return this.#cabinets;
  }

  async #readFigures(signal: AbortSignal): Promise<Figures> {
    const data = await this.#interface.get('/device/monitor/info', signal);
    const input = await this.#readInput(signal);
    if (data === null) return { ...NO_FIGURES, input };
    const { name, mainBoardTemperature, cabinets } = shaped(monitorInformation, data);
    const cards = (cabinets ?? []).flatMap(({ rvCards }) => rvCards ?? []);
    const temperatures = cards.flatMap(({ temperature }) => temperature?.value ?? []);
    const board = mainBoardTemperature?.value;
    if (board !== undefined) temperatures.push(board);
    const voltages = cards.flatMap(({ voltage }) => ((voltage?.value ?? 0) > 0 ? (voltage?.value ?? []) : []));
    const links = cards.flatMap(({ nextCabinetLinkStatus }) => nextCabinetLinkStatus ?? []);
    return {
      input,
      temperatureCelsius: temperatures.length === 0 ? null : Math.max(...temperatures),
      voltageVolts: voltages.length === 0 ? null : Math.min(...voltages),
      link:
        links.length === 0
          ? null
          : links.every(({ linkStatus, status }) => linkStatus !== false && (status ?? 0) === 0),
      detail: name === undefined ? 'COEX' : printable(`COEX ${name}`),
    };
  }

  async #readInput(signal: AbortSignal): Promise<ControllerReading['input']> {
    const { input: wanted } = this.#options;
    if (wanted === undefined) return null;
    const data = await this.#interface.get('/device/input/sources', signal);
    if (data === null) return null;
    const source = shaped(inputSources, data).find(({ name, type }) => name === wanted && type !== INTERNAL_SOURCE);
    return { name: wanted, hasSignal: source?.sourceStatus === 1 };
  }
}

function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 80);
}
