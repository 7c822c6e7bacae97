import type { View } from './view.js';

/** A picture as it arrived: RGB, 8 bits each, row by row. */
export type Picture = { readonly widthPx: number; readonly heightPx: number; readonly rgb: Uint8Array };

/** Draws the wall on one canvas. */
export interface Painter {
  readonly name: 'webgl2' | 'canvas2d';
  /** Takes over a picture; it is drawn from the next `draw` on. */
  show(picture: Picture): void;
  /** @param live false dims the picture: what is shown is not now */
  draw(view: View, live: boolean): void;
  close(): void;
}
