import type { Bitmap } from '../core/bitmap.js';

/**
 * A change of the running line's content, made by the painter in the main thread and applied by every scroller.
 * `heightPx` says for which ticker cells it is: strips are painted per cell height.
 * `retired` holds texts that were replaced lately and may still be running out, repainted, so that no count stays on the
 * wall in them after it has ceased to be true.
 */
export type TickerUpdate = {
  readonly heightPx: number;
  readonly strip: TickerStrip;
  readonly retired?: readonly TickerStrip[];
} & (
  | {
      /** The text itself changed: it comes in from the right, behind what is still on the screen. */
      readonly kind: 'follow';
    }
  | {
      /** Another text is there at once, from its beginning, and nothing of what ran before: something urgent, or its end. */
      readonly kind: 'replace';
    }
  | {
      /** A count changed: the strip is replaced where it stands; the first token that is to be seen from its beginning keeps its place. */
      readonly kind: 'refresh';
    }
);

/** One painted text. `tokenStartsPx` are the left edges of its tokens in the strip, rising; a refresh has as many as the strip before it. */
export type TickerStrip = {
  readonly bitmap: Bitmap;
  readonly tokenStartsPx: readonly number[];
  /** Which tokens are separators, by index and rising: before one of them a sentence is complete. Without it, none is. */
  readonly separators?: readonly number[];
  /** Whole pixels that the line moves with each tick, at least 1. */
  readonly pixelsPerTick: number;
  /** `#rrggbb`; without it, that of the cell. */
  readonly background?: string;
  /** The same in all strips of one text; a strip of unknown text has none. */
  readonly textNumber?: number;
};
