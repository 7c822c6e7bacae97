import { isDark, type BrightnessGovernor } from '../brightness/brightness.js';
import type { BrightnessReport } from '../control/engine.js';
import type { ControllerWatch } from '../controller/controller-watch.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Wall } from '../wall/wall.js';
import { outputLights, sharesOf, type LightedOutputs } from './output-lights.js';
import type { Signage } from './signage.js';

export type LightingOptions = LightedOutputs & {
  readonly brightness: BrightnessGovernor;
  readonly wall: Wall;
  readonly controllers: ControllerWatch;
  readonly signage: Signage;
  readonly onChange: (report: BrightnessReport) => void;
  readonly log: Logger;
};

/** Carries the brightness out: dims outputs and controllers, makes the wall black when nobody may see it, wakes it with a slate. */
export class Lighting {
  readonly #options: LightingOptions;
  #lighted: LightedOutputs;
  #isBlackout = false;
  #isBlack: boolean | null = null;
  #silent: readonly string[] = [];
  #isWaking = false;

  constructor(options: LightingOptions) {
    const { brightness, controllers } = options;
    this.#options = options;
    this.#lighted = options;
    brightness.on('level', () => this.#dim());
    brightness.on('change', () => this.#changed());
    controllers.on('status', () => this.#dim());
  }

  /** @param isBlackout whether operators made the wall black */
  start(isBlackout: boolean): void {
    this.#isBlackout = isBlackout;
    this.#dim();
    this.#tellControllers();
    this.#options.brightness.start();
  }

  setBlackout(on: boolean): void {
    this.#isBlackout = on;
    this.#follow();
  }

  /** Goes on with other outputs. */
  use({ outputs, dimmedByController, silentWhenDark }: LightedOutputs): void {
    this.#lighted = { outputs, dimmedByController, silentWhenDark };
    this.#dim();
    this.#changed();
  }

  report(): BrightnessReport {
    const { brightness, controllers } = this.#options;
    const status = brightness.status();
    const outputs = outputLights(status.percent, this.#lighted, controllers.statuses(), isDark(status));
    return { ...status, outputs };
  }

  #changed(): void {
    this.#tellControllers();
    this.#follow();
    this.#options.onChange(this.report());
  }

  #dim(): void {
    this.#options.wall.setBrightness(sharesOf(this.report()));
    this.#follow();
  }

  /** Once a second at most while light moves: a controller takes its time for each command. */
  #tellControllers(): void {
    const { brightness, controllers } = this.#options;
    const { dimmedByController } = this.#lighted;
    const brightnessPercent = brightness.status().percent;
    for (const { controller, outputs, wanted } of controllers.statuses()) {
      const isTold = outputs.some((output) => dimmedByController.includes(output));
      const told = isTold ? brightnessPercent : null;
      if (wanted.brightnessPercent !== told) controllers.setWanted(controller, { brightnessPercent: told });
    }
  }

  #follow(): void {
    const { brightness, wall, controllers, signage, log } = this.#options;
    const status = brightness.status();
    // Black pixels besides no light: a controller may not hear, and black is black on any of them.
    const isBlack = this.#isBlackout || isDark(status);
    if (isBlack !== this.#isBlack) {
      this.#isBlack = isBlack;
      wall.setBlackout(isBlack);
      controllers.setBlackout(isBlack);
    }
    // After the black: what is silent has had it.
    const silent = isDark(status) ? this.#lighted.silentWhenDark : [];
    if (silent.join() !== this.#silent.join()) {
      this.#silent = silent;
      wall.setSilent(silent);
      log.info({ silent }, silent.length > 0 ? 'outputs rest: the wall is dark' : 'outputs are sent frames again');
    }
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
