import { FrameSlot } from '../core/frame-slot.js';
import type { Size } from '../core/geometry.js';
import { BlendedBitmapLayer, OpaqueBitmapLayer } from './bitmap-layer.js';
import type { Layer, Moment } from './layer.js';
import { RowCopy } from './pixels.js';
import type { PictureItem } from './scene.js';

/** How often a frame is copied again when its writer overran it. More often only where a writer is not paced at all. */
const TRIES = 8;

/** A camera's tile: the newest whole frame of its slot, or its slate when there is none that is young enough or the slot is suspended. */
export class PictureLayer implements Layer {
  readonly #slot: FrameSlot | null;
  readonly #staleAfterMs: number;
  readonly #slate: OpaqueBitmapLayer;
  readonly #copy: RowCopy;
  readonly #label: Layer | null;

  constructor(canvas: Size, item: PictureItem) {
    const { rectangle, slot } = item;
    // A picture of another size than its cell would be shown in the wrong place: the slate is right.
    const fits = slot !== null && slot.widthPx === rectangle.widthPx && slot.heightPx === rectangle.heightPx;
    this.#slot = fits ? new FrameSlot(slot) : null;
    this.#staleAfterMs = item.staleAfterMs;
    this.#slate = new OpaqueBitmapLayer(canvas, item.slate, rectangle.x, rectangle.y);
    this.#copy = new RowCopy(canvas, rectangle, rectangle.x, rectangle.y);
    const { label } = item;
    this.#label = label && new BlendedBitmapLayer(canvas, label.bitmap, rectangle.x + label.x, rectangle.y + label.y);
  }

  draw(canvas: Uint8Array, now: Moment): void {
    if (this.#drawPicture(canvas, now)) this.#label?.draw(canvas, now);
    else this.#slate.draw(canvas);
  }

  #drawPicture(canvas: Uint8Array, now: Moment): boolean {
    if (this.#slot === null || this.#slot.suspended) return false;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const frame = this.#slot.read();
      if (frame === null || now.monotonicMs - frame.publishedAtMs > this.#staleAfterMs) return false;
      const { sequence } = frame;
      this.#copy.copy(frame.pixels, canvas);
      if (this.#slot.isIntact(sequence)) return true;
    }
    return false;
  }
}
