import { isDark } from './brightness/brightness.js';
import type { Configuration } from './config/schema.js';
import type { BrightnessReport } from './control/engine.js';
import { sharesOf } from './engine/output-lights.js';
import { paintWallSlates, slateScene } from './engine/wall-slates.js';
import type { Handover } from './guardian/messages.js';
import type { PixelShares } from './output/pixel-shares.js';
import { rgbOf } from './wall/pixels.js';
import type { Scene } from './wall/scene.js';
import type { Wall } from './wall/wall.js';

const NOTHING: Scene = { sceneNumber: 0, items: [] };

export type StandInOptions = {
  readonly wall: Wall;
  readonly isBlackout: boolean;
  readonly brightness: BrightnessReport;
  readonly onHandover: (handover: Handover) => void;
  readonly onBrightness: (shares: PixelShares) => void;
};

/**
 * What is shown in the wall's place when it has ended, one way or the other. Painted while all is well, and told to the
 * wall and the guardian. A wall that operators or the hour made black stays black, whoever shows it, and a dimmed one dim.
 */
export class StandIn {
  readonly #options: StandInOptions;
  #handover: Handover | null = null;
  #closed: Parameters<Wall['showAtEnd']>[0] = null;
  #isBlackout: boolean;
  #isDark: boolean;
  #brightness: PixelShares;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#isBlackout = options.isBlackout;
    this.#isDark = isDark(options.brightness);
    this.#brightness = sharesOf(options.brightness);
  }

  /** What the wall shows while its parts close one after the other: nobody is to see their pictures stop. */
  get lastScene(): Scene {
    return this.#closed === null ? NOTHING : slateScene(this.#closed);
  }

  /** Paints everything anew. */
  async use({ wall, outputs }: Configuration): Promise<void> {
    const { name, width: widthPx, height: heightPx, fps: framesPerSecond, atEnd, language } = wall;
    const size = { widthPx, heightPx };
    const { restarting, closed } = await paintWallSlates(size, name, language);
    this.#closed = atEnd === 'closed' ? closed : null;
    this.#handover = {
      size,
      framesPerSecond,
      outputs,
      brightness: this.#brightness,
      restarting: rgbOf(restarting),
      closed: this.#closed === null ? null : rgbOf(this.#closed),
    };
    this.#tell();
  }

  setBlackout(on: boolean): void {
    if (on === this.#isBlackout) return;
    this.#isBlackout = on;
    this.#tell();
  }

  setBrightness(report: BrightnessReport): void {
    this.#brightness = sharesOf(report);
    this.#options.onBrightness(this.#brightness);
    if (isDark(report) === this.#isDark) return;
    this.#isDark = isDark(report);
    this.#tell();
  }

  #tell(): void {
    const { wall, onHandover } = this.#options;
    const isBlack = this.#isBlackout || this.#isDark;
    wall.showAtEnd(isBlack ? null : this.#closed);
    if (this.#handover === null) return;
    const black = { restarting: new Uint8Array(this.#handover.restarting.length), closed: null };
    onHandover({ ...this.#handover, brightness: this.#brightness, ...(isBlack ? black : {}) });
  }
}
