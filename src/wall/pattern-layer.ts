import type { PatternPainter } from '../pattern/pattern.js';
import type { PreparedPattern } from '../pattern/prepare.js';
import { patternOf } from '../pattern/registry.js';
import type { Size } from '../core/geometry.js';
import type { Layer, Moment } from './layer.js';
import { RowCopy } from './pixels.js';

/** A test pattern over a part of the wall. What stands still is painted once. */
export class PatternLayer implements Layer {
  readonly #painter: PatternPainter;
  readonly #moves: boolean;
  readonly #pixels: Uint8Array;
  readonly #copy: RowCopy;
  readonly #overlays: readonly Layer[];
  #isPainted = false;

  /** @param overlays the layers of what is laid over it */
  constructor(canvas: Size, { pattern: name, place, digits }: PreparedPattern, overlays: readonly Layer[]) {
    const pattern = patternOf(name);
    const { area } = place;
    this.#painter = pattern.painter(place, digits);
    this.#moves = pattern.moves;
    this.#pixels = new Uint8Array(area.widthPx * area.heightPx * 3);
    this.#copy = new RowCopy(canvas, area, area.x, area.y);
    this.#overlays = overlays;
  }

  draw(canvas: Uint8Array, now: Moment): void {
    if (this.#moves || !this.#isPainted) this.#painter.paint(this.#pixels, now);
    this.#isPainted = true;
    this.#copy.copy(this.#pixels, canvas);
    for (const overlay of this.#overlays) overlay.draw(canvas, now);
  }
}
