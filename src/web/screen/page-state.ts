import type { View } from './view.js';

/** What is shown at the moment, for tests and curious people. */
export type ScreenPageState = {
  readonly frameNumber: number;
  /** Pictures received a second. */
  readonly framesPerSecond: number;
  readonly renderer: 'webgl2' | 'canvas2d';
  /** Device pixels between two LEDs, and the wall's top left corner on the canvas. */
  readonly view: View;
};

declare global {
  interface Window {
    glasshallScreen: ScreenPageState;
  }
}
