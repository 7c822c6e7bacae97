import { isDark, type BrightnessController } from '../brightness/brightness.js';
import type { BrightnessReport } from '../control/engine.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { OutputOptions } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';
import type { Wall } from '../wall/wall.js';
import type { Signage } from './signage.js';

/** What keeps or hands on the picture, and lights nothing: it stays as bright as it is. */
const UNLIT_TYPES: ReadonlySet<OutputOptions['type']> = new Set(['recorder', 'file']);

/** Which outputs there are, and which of them have a controller that is told the brightness. */
export type LightedOutputs = {
  readonly outputs: readonly OutputOptions[];
  readonly dimmedByController: readonly string[];
};

/** How brightly each output is lit, and by whom. */
function outputLights(percent: number, { outputs, dimmedByController }: LightedOutputs): BrightnessReport['outputs'] {
  return outputs.map(({ id, type }) => {
    const by = UNLIT_TYPES.has(type) ? 'nobody' : dimmedByController.includes(id) ? 'controller' : 'pixels';
    return { output: id, by, percent: by === 'nobody' ? 100 : percent, pixelPercent: by === 'pixels' ? percent : 100 };
  });
}

/** How much of full light the pixels of each output are sent with, as a report has it. */
export function sharesOf({ outputs }: Pick<BrightnessReport, 'outputs'>): PixelShares {
  return Object.fromEntries(outputs.map(({ output, pixelPercent }) => [output, pixelPercent / 100]));
}

/** The same for a brightness, per cent. */
export function pixelSharesOf(percent: number, lighted: LightedOutputs): PixelShares {
  return sharesOf({ outputs: outputLights(percent, lighted) });
}

export type LightingOptions = LightedOutputs & {
  readonly brightness: BrightnessController;
  readonly wall: Wall;
  readonly signage: Signage;
  readonly onChange: (report: BrightnessReport) => void;
  readonly log: Logger;
};

/** Carries the brightness to the wall: dims outputs, makes it black when nobody may see it, wakes it with a slate. */
export class Lighting {
  readonly #options: LightingOptions;
  #lighted: LightedOutputs;
  #isBlackout = false;
  #isWaking = false;
  #isBlack: boolean | null = null;

  constructor(options: LightingOptions) {
    const { brightness } = options;
    this.#options = options;
    this.#lighted = options;
    brightness.on('level', () => this.#dim());
    brightness.on('change', () => {
      this.#follow();
      options.onChange(this.report());
    });
  }

  /** @param isBlackout whether operators made the wall black */
  start(isBlackout: boolean): void {
    this.#isBlackout = isBlackout;
    this.#dim();
    this.#follow();
    this.#options.brightness.start();
  }

  setBlackout(on: boolean): void {
    this.#isBlackout = on;
    this.#follow();
  }

  /** Goes on with other outputs. */
  use({ outputs, dimmedByController }: LightedOutputs): void {
    this.#lighted = { outputs, dimmedByController };
    this.#dim();
    this.#options.onChange(this.report());
  }

  report(): BrightnessReport {
    const status = this.#options.brightness.status();
    return { ...status, outputs: outputLights(status.percent, this.#lighted) };
  }

  #dim(): void {
    const { brightness, wall } = this.#options;
    wall.setBrightness(pixelSharesOf(brightness.status().percent, this.#lighted));
    this.#follow();
  }

  #follow(): void {
    const { brightness, wall, signage, log } = this.#options;
    // Black pixels besides no light: where the controller dims, it may not hear, and black is black on any of them.
    const status = brightness.status();
    const isBlack = this.#isBlackout || isDark(status);
    if (isBlack !== this.#isBlack) wall.setBlackout(isBlack);
    this.#isBlack = isBlack;
    const isWaking = status.phase === 'waking';
    if (isWaking === this.#isWaking) return;
    this.#isWaking = isWaking;
    if (!isWaking) {
      wall.setCover(null);
      return;
    }
    signage.wallSlate('waking').then(
      (slate) => {
        if (this.#isWaking) wall.setCover(slate);
      },
      (failure: unknown) => log.error({ failure: messageOf(failure) }, 'the slate of a waking wall was not painted'),
    );
  }
}
