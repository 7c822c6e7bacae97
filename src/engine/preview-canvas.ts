import { monotonicMs } from '../core/clock.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Size } from '../core/geometry.js';
import { TickerScroller } from '../ticker/scroller.js';
import type { TickerUpdate } from '../ticker/update.js';
import { Compositor } from '../wall/compositor.js';
import type { Staging } from './staging.js';

/** After a longer pause the line simply goes on. */
const MOST_TICKS_CAUGHT_UP = 3_000;

/** Draws what is prepared, only when somebody looks, with the compositor that also draws the wall. */
export class PreviewCanvas {
  readonly size: Size;
  readonly #compositor: Compositor;
  readonly #framesPerSecond: number;
  #sceneNumber = 0;
  #composedAtMs = monotonicMs();

  constructor(size: Size, framesPerSecond: number, log: Logger) {
    this.#framesPerSecond = framesPerSecond;
    this.size = size;
    this.#compositor = new Compositor(
      size,
      (heightPx, widthPx, background) => new TickerScroller(heightPx, widthPx, background),
      (failure) => {
        log.error({ failure: messageOf(failure) }, 'an item of the preview could not be drawn');
      },
    );
  }

  /** Gives the running line its text. */
  applyTicker(update: TickerUpdate): void {
    this.#compositor.applyTicker(update);
  }

  /** Draws the prepared layout as it is now into a buffer of the canvas's size, RGB 8 bits each. */
  compose(staging: Staging, canvas: Buffer): void {
    this.#sceneNumber += 1;
    this.#compositor.setScene(staging.scene(this.#sceneNumber));
    this.#catchUp();
    this.#compositor.compose(canvas, { monotonicMs: monotonicMs(), epochMs: Date.now(), tick: this.#sceneNumber });
  }

  /** The line runs as fast as on the wall, however seldom somebody looks. */
  #catchUp(): void {
    const now = monotonicMs();
    const ticks = Math.round(((now - this.#composedAtMs) * this.#framesPerSecond) / 1_000);
    this.#compositor.skipTicks(Math.min(MOST_TICKS_CAUGHT_UP, Math.max(0, ticks - 1)));
    this.#composedAtMs = now;
  }
}
