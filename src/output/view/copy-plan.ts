import type { Rectangle, Size } from '../../core/geometry.js';

/**
 * Byte ranges that are copied from one buffer to another, planned once. The views through which the source is read are made
 * once for each buffer that comes in, so that copying allocates nothing.
 */
export class CopyPlan {
  readonly #sourceOffsets: number[] = [];
  readonly #targetOffsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #views = new WeakMap<Uint8Array, readonly Uint8Array[]>();

  /** The rows of a part of a picture of RGB pixels, one behind the other. */
  static ofArea(whole: Size, area: Rectangle): CopyPlan {
    const plan = new CopyPlan();
    for (let row = 0; row < area.heightPx; row += 1) {
      const from = ((area.y + row) * whole.widthPx + area.x) * 3;
      plan.add(from, row * area.widthPx * 3, area.widthPx * 3);
    }
    return plan;
  }

  /** Plans one more range, before the first copy. */
  add(sourceOffset: number, targetOffset: number, length: number): void {
    this.#sourceOffsets.push(sourceOffset);
    this.#targetOffsets.push(targetOffset);
    this.#lengths.push(length);
  }

  copy(source: Uint8Array, target: Uint8Array): void {
    const views = this.#viewsOf(source);
    for (let index = 0; index < views.length; index += 1) {
      const view = views[index];
      const offset = this.#targetOffsets[index];
      if (view !== undefined && offset !== undefined) target.set(view, offset);
    }
  }

  #viewsOf(source: Uint8Array): readonly Uint8Array[] {
    const known = this.#views.get(source);
    if (known !== undefined) return known;
    const views = this.#sourceOffsets.map((from, index) => source.subarray(from, from + (this.#lengths[index] ?? 0)));
    this.#views.set(source, views);
    return views;
  }
}
