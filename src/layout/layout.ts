/**
 * Layouts: where on the wall which source is shown. `options.ts` is what people write (a drawing, or rectangles), `areas.ts` and `tracks.ts` turn
 * a drawing into whole pixels, `resolve.ts` makes a `Layout` of either, `checks.ts` finds what cannot be meant, and `sources.ts` says what
 * a cell can show. All pure.
 */
import type { Fit, Rectangle } from '../core/geometry.js';

/** The source that stands for the running line, in any layout. */
export const TICKER_SOURCE = 'ticker';
/** The source that stands for date and time. */
export const CLOCK_SOURCE = 'clock';

/** One place of a layout. `rectangle` is in whole wall pixels; a higher `z` lies on top. */
export type Cell = {
  /** Unique in its layout, stable across reloads: as written, the area's name, or `cell-1`, `cell-2` … in written order. */
  readonly id: string;
  /** The id of a camera, a board or an image; `ticker` or `clock`. */
  readonly source: string;
  readonly rectangle: Rectangle;
  readonly z: number;
  readonly fit: Fit;
};

/** A named arrangement of cells, resolved to wall pixels. Cells are sorted by `z`, lowest first. */
export type Layout = { readonly id: string; readonly name: string; readonly cells: readonly Cell[] };
