/**
 * Sources of cells that are painted here, and not filmed: boards of counts, images. Each kind has a folder (`board/`, `image/`) with its
 * `options.ts` and its `source.ts`, and an entry in `registry.ts`; `painted-sources.ts` holds those of the hall and tells when one shows
 * something else. Where they are on the wall is the engine's business.
 */
import type { Bitmap } from '../core/bitmap.js';
import type { Closable } from '../core/closing.js';
import type { Logger } from '../core/logger.js';
import type { Fit, Size } from '../core/geometry.js';
import type { WallLocale } from '../core/wall-locale.js';
import type { CountReading } from '../counts/count.js';

/** One source. Whatever becomes of a device or a file, it has a picture: in words, if need be. */
export interface PaintedSource extends Closable {
  /**
   * Paints what is to be shown now; what was painted lately comes back at once.
   * @param size the bitmap has exactly this size, and is opaque
   */
  paint(size: Size, fit: Fit): Promise<Painting>;
  /** Counts may have changed. */
  countsChanged(): void;
  /** The configuration was read again, and says the same of it: files may be others. */
  refresh(): Promise<void>;
}

/** What a source shows. `needsPlate`: it might be taken for a camera's picture, and gets a plate that says what it is. */
export type Painting = { readonly bitmap: Bitmap; readonly needsPlate: boolean };

/** What a source is given. */
export type PaintedSourceContext = {
  /** All counts, as they are now. */
  readonly readings: () => readonly CountReading[];
  readonly locale: WallLocale;
  /** The folder from which relative paths count. */
  readonly directory: string;
  /** To be called when it is to be painted anew. */
  readonly changed: () => void;
  readonly log: Logger;
};
