import type { Bitmap } from '../core/bitmap.js';
import type { FrameSlotHandle } from '../core/frame-slot.js';
import type { Rectangle } from '../core/geometry.js';
import type { WallLanguage } from '../core/wall-locale.js';

/**
 * The glyphs of date and time, each painted once in the same height; digits share one width, so that nothing jumps.
 * Alpha holds the shape, so they can be laid over anything.
 */
export type GlyphAtlas = { readonly heightPx: number; readonly glyphs: Readonly<Record<string, Bitmap>> };

/** A camera's tile. While its slot has no frame younger than `staleAfterMs`, the slate is shown instead. */
export type PictureItem = {
  readonly kind: 'picture';
  readonly rectangle: Rectangle;
  /** Of exactly the rectangle's size; null while nothing decodes for it. */
  readonly slot: FrameSlotHandle | null;
  readonly staleAfterMs: number;
  /** Of exactly the rectangle's size, opaque. */
  readonly slate: Bitmap;
  /** Laid over the picture, from its top left corner; not over the slate, which says the name itself. */
  readonly label: BitmapPlace | null;
};

/** A painted bitmap and where its top left corner is. */
export type BitmapPlace = { readonly x: number; readonly y: number; readonly bitmap: Bitmap };

/** A painted bitmap at a place of the wall: plates, images. */
export type BitmapItem = BitmapPlace & { readonly kind: 'bitmap' };

/** Date and time, drawn anew by the compositor when the second changes: alive even when everything else hangs. */
export type ClockItem = {
  readonly kind: 'clock';
  readonly rectangle: Rectangle;
  readonly glyphs: GlyphAtlas;
  /** `#rrggbb` plate, drawn at this opacity (0 to 1) under the glyphs. */
  readonly plate: { readonly colour: string; readonly opacity: number };
  readonly timeZone: string;
  readonly language: WallLanguage;
};

/** The running line; its content arrives apart from the scene, so that it keeps running across takes. */
export type TickerItem = { readonly kind: 'ticker'; readonly rectangle: Rectangle; readonly background: string };

export type SceneItem = PictureItem | BitmapItem | ClockItem | TickerItem;

/** Everything the compositor needs for one wall picture, in drawing order. Structured-cloneable; bitmaps and slots are shared, not copied. */
export type Scene = {
  /** Rises with every scene that is built; comes back with the tick at which it went on air. */
  readonly sceneNumber: number;
  readonly items: readonly SceneItem[];
};
