/**
 * The view folder makes of the wall's picture the one that an output sends: its part of the wall. Drivers are given that
 * picture and know nothing of the wall.
 */
import { GlasshallError } from '../../core/errors.js';
import { isInside, type Size } from '../../core/geometry.js';
import type { CanvasFrame } from '../output-driver.js';
import { CopyPlan } from './copy-plan.js';
import { areaOf, type ViewOptions } from './options.js';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What one output shows of the wall. */
export class View {
  /** Of the pictures that come out. */
  readonly size: Size;
  readonly #plan: CopyPlan | null;
  readonly #frame: Writable<CanvasFrame>;

  /** @throws GlasshallError `area-off-wall` */
  constructor(options: ViewOptions, wall: Size) {
    const area = areaOf(options, wall);
    if (!isInside(area, wall)) {
      throw new GlasshallError(
        'area-off-wall',
        `output ${options.id}: its area ${area.x},${area.y} ${area.widthPx}×${area.heightPx} does not lie on the wall of ${wall.widthPx}×${wall.heightPx}`,
        { output: options.id, widthPx: wall.widthPx, heightPx: wall.heightPx },
      );
    }
    this.size = { widthPx: area.widthPx, heightPx: area.heightPx };
    const isWhole = area.widthPx === wall.widthPx && area.heightPx === wall.heightPx;
    this.#plan = isWhole ? null : CopyPlan.ofArea(wall, area);
    this.#frame = { ...this.size, tick: 0, pixels: new Uint8Array(isWhole ? 0 : area.widthPx * area.heightPx * 3) };
  }

  /** @returns the output's picture, valid until the next call; the canvas itself where nothing is to be done */
  of(canvas: CanvasFrame): CanvasFrame {
    if (this.#plan === null) return canvas;
    this.#frame.tick = canvas.tick;
    this.#plan.copy(canvas.pixels, this.#frame.pixels);
    return this.#frame;
  }
}
