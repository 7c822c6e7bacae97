import type { Rectangle } from '../../../core/geometry.js';
import type { Corner } from './options.js';

/** How the pixels of one cabinet hang on the chain. `start` and `direction` are meant as it stands upright, before the rotation. */
export type Wiring = {
  readonly start: Corner;
  readonly direction: 'rows' | 'columns';
  readonly serpentine: boolean;
  /** Null pixels between one line and the next. */
  readonly lineGap: number;
  /** Degrees clockwise, as people see it. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** As people see it, after the rotation. */
  readonly mirror: 'none' | 'horizontal' | 'vertical';
};

/** A cabinet in its place. */
export type Cabinet = {
  /** In the output's area, as it hangs. */
  readonly rectangle: Rectangle;
  readonly wiring: Wiring;
  /** Its first pixel on the chain. */
  readonly from: number;
  /** One more than its last pixel on the chain. */
  readonly to: number;
};

/** Its length and number of lines, in the order of the wire. */
export function linesOf({ rectangle, wiring }: Pick<Cabinet, 'rectangle' | 'wiring'>): {
  readonly count: number;
  readonly length: number;
} {
  const isLying = wiring.rotation === 90 || wiring.rotation === 270;
  const widthPx = isLying ? rectangle.heightPx : rectangle.widthPx;
  const heightPx = isLying ? rectangle.widthPx : rectangle.heightPx;
  return wiring.direction === 'rows' ? { count: heightPx, length: widthPx } : { count: widthPx, length: heightPx };
}

/** The pixels that it takes of the chain, with the null pixels between its lines. */
export function chainLengthOf(cabinet: Pick<Cabinet, 'rectangle' | 'wiring'>): number {
  const { count, length } = linesOf(cabinet);
  return count * length + (count - 1) * cabinet.wiring.lineGap;
}
