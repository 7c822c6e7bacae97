import type { ControllerFault, Lie } from './fault.js';

/** A cabinet behind a simulated controller. */
export type SimulatedCabinet = {
  /** Whether its receiving card answers. */
  isConnected: boolean;
  temperatureCelsius: number;
  voltageVolts: number;
};

/** What can be commanded of a screen. */
export type ScreenState = {
  readonly black: boolean;
  readonly freeze: boolean;
  readonly testPicture: boolean;
  readonly brightnessPercent: number;
};

/** The screen behind a simulated controller: what it shows, and what the controller says that it shows. */
export class SimulatedScreen {
  readonly cabinets: readonly SimulatedCabinet[];
  /** Whether the video input has a signal. */
  hasSignal = true;
  fault: ControllerFault = { kind: 'none' };
  #state: ScreenState = { black: false, freeze: false, testPicture: false, brightnessPercent: 100 };

  constructor(cabinetCount: number) {
    this.cabinets = Array.from({ length: cabinetCount }, (_, index) => ({
      isConnected: true,
      temperatureCelsius: 38 + (index % 4),
      voltageVolts: 4.3,
    }));
  }

  /** What a passer-by sees. */
  get state(): ScreenState {
    return this.#state;
  }

  /** Somebody at the front panel changes something: obeyed whatever the fault. */
  turn(changes: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...changes };
  }

  /** A command over the line. */
  command(changes: Partial<ScreenState>): void {
    if (this.fault.kind !== 'deaf') this.turn(changes);
  }

  /** What the controller says. */
  reported(): ScreenState {
    const lie: Lie = this.fault.kind === 'lie' ? this.fault.says : {};
    return { ...this.#state, ...lie };
  }
}
