/**
 * The moment that a canvas shows: `monotonicMs` for ages, `epochMs` for the time that people read, `tick` for what moves by
 * one with every canvas.
 */
export type Moment = { readonly monotonicMs: number; readonly epochMs: number; readonly tick: number };

/** One item of a scene, made ready to be drawn many times without allocating. */
export interface Layer {
  /** @param canvas RGB, 8 bits each, row by row, of the wall's size */
  draw(canvas: Uint8Array, now: Moment): void;
}
