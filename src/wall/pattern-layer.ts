import type { Size } from '../core/geometry.js';
import type { PatternPainter } from '../pattern/pattern.js';
import type { PreparedPattern } from '../pattern/prepare.js';
import { patternOf } from '../pattern/registry.js';
import { BlendedBitmapLayer } from './bitmap-layer.js';
import { ClockLayer } from './clock-layer.js';
import type { Layer, Moment } from './layer.js';
import { RowCopy } from './pixels.js';

/** A test pattern on a part of the wall, drawn in a buffer of its own. What stands still is drawn once. */
export class PatternLayer implements Layer {
  readonly #painter: PatternPainter;
  readonly #moves: boolean;
  readonly #pixels: Uint8Array;
  readonly #overlays: readonly Layer[];
  readonly #copy: RowCopy;
  #isDrawn = false;

  /** @throws RangeError for an unknown time zone */
  constructor(canvas: Size, { pattern: name, place, digits, overlays }: PreparedPattern) {
    const pattern = patternOf(name);
    const { area } = place;
    this.#painter = pattern.painter(place, digits);
    this.#moves = pattern.moves;
    this.#pixels = new Uint8Array(area.widthPx * area.heightPx * 3);
    this.#overlays = overlays.map((item) =>
      item.kind === 'clock' ? new ClockLayer(area, item) : new BlendedBitmapLayer(area, item.bitmap, item.x, item.y),
    );
    this.#copy = new RowCopy(canvas, area, area.x, area.y);
  }

  draw(canvas: Uint8Array, now: Moment): void {
    if (this.#moves || !this.#isDrawn) {
      this.#painter.paint(this.#pixels, now);
      for (const overlay of this.#overlays) overlay.draw(this.#pixels, now);
      this.#isDrawn = true;
    }
    this.#copy.copy(this.#pixels, canvas);
  }
}
