import type { Bitmap } from '../core/bitmap.js';
import { overlaps, type Rectangle, type Size } from '../core/geometry.js';
import type { WallLocale } from '../core/wall-locale.js';
import { paintClockGlyphs } from '../paint/clock-glyphs.js';
import { Paintings } from '../paint/paintings.js';
import { clockFontSizePx } from '../paint/sizes.js';
import { freezeWords, imageWords } from '../paint/slate-words.js';
import { paintSlate } from '../paint/slate.js';
import type { TileTruth } from './tile-truth.js';
import { paintTileLabel, type TileLabel } from '../paint/tile-label.js';
import type { BitmapItem, ClockItem, GlyphAtlas } from '../wall/scene.js';

/** As many walls full of slates and plates are kept: what is on air and prepared, and tours; the rest is painted again. */
const KEPT_WALLS = 8;
/** … and at least so much, on a small wall. */
const LEAST_KEPT_BYTES = 8 * 1024 * 1024;
const CLOCK_PLATE = { colour: '#070b11', opacity: 0.74 } as const;
/** The form of date and time that the corner clock makes room for. */
const CORNER_TEXT = Array.from('0000-00-00 00:00:00');

/** What signage needs to know. */
export type SignageOptions = {
  readonly wall: Size;
  /** Of the wall, as people read it. */
  readonly wallName: string;
  /** Camera id → name as people read it. */
  readonly cameraNames: ReadonlyMap<string, string>;
  readonly locale: WallLocale;
  readonly labels: boolean;
};

/** Everything painted around the pictures: name plates, slates, clock. Painted when first needed, then kept. */
export class Signage {
  #options: SignageOptions;
  readonly #glyphs: GlyphAtlas;
  readonly #slates: Paintings<Bitmap>;
  readonly #labels: Paintings<TileLabel | null>;

  private constructor(options: SignageOptions, glyphs: GlyphAtlas) {
    this.#options = options;
    this.#glyphs = glyphs;
    const { widthPx, heightPx } = options.wall;
    const mostBytes = Math.max(LEAST_KEPT_BYTES, KEPT_WALLS * widthPx * heightPx * 4);
    this.#slates = new Paintings(mostBytes, (slate) => slate.pixels.byteLength);
    this.#labels = new Paintings(mostBytes, (label) => label?.bitmap.pixels.byteLength ?? 0);
  }

  /** Paints the glyphs of the clock. @throws GlasshallError `font-missing` */
  static async start(options: SignageOptions): Promise<Signage> {
    return new Signage(options, await paintClockGlyphs({ fontSizePx: clockFontSizePx(options.wall.heightPx) }));
  }

  /** Another name or time zone, plates or none; names of cameras are looked up anew each time. */
  update(changes: Pick<SignageOptions, 'wallName' | 'locale' | 'labels'>): void {
    this.#options = { ...this.#options, ...changes };
  }

  /** What a tile of this size shows while the camera gives no picture. @param truth null for a camera that is gone */
  slate(camera: string, size: Size, truth: TileTruth | null): Promise<Bitmap> {
    const request = {
      size,
      cameraName: this.#nameOf(camera),
      state: truth?.state ?? 'off',
      reason: truth?.reason ?? null,
      // While the camera is live its slate stands by; the time of the last picture is known when it fails.
      lastPictureAtMs: truth === null || truth.state === 'live' ? null : toSecond(truth.lastLiveAtMs),
      ...this.#options.locale,
    };
    return this.#slates.get(JSON.stringify(request), () => paintSlate(request));
  }

  /** The plate of a picture that is no live one: it says so before its name. */
  async imageLabel(name: string, cell: Size): Promise<TileLabel | null> {
    return this.#label(imageWords(name, this.#options.locale.language), cell);
  }

  /** The name plate of a tile; null where it would not be readable, or where the wall has none. */
  async tileLabel(camera: string, cell: Size): Promise<TileLabel | null> {
    return this.#label(this.#nameOf(camera), cell);
  }

  async #label(name: string, cell: Size): Promise<TileLabel | null> {
    if (!this.#options.labels) return null;
    const request = { name, cell, wallHeightPx: this.#options.wall.heightPx };
    return this.#labels.get(JSON.stringify(request), () => paintTileLabel(request));
  }

  /** What a wall that stands still says of itself, at its top left: since when. On a wall too small for that, all of it. */
  async freezeSign(atMs: number): Promise<BitmapItem> {
    const { wall, locale } = this.#options;
    const label = await paintTileLabel({ name: freezeWords(atMs, locale), cell: wall });
    if (label !== null) return { kind: 'bitmap', x: label.x, y: label.x, bitmap: label.bitmap };
    const slate = await paintSlate({ size: wall, cameraName: '', state: 'held', reason: null, ...locale });
    return { kind: 'bitmap', x: 0, y: 0, bitmap: slate };
  }

  /** What the whole wall shows instead of its scene. */
  async wallSlate(state: 'waking'): Promise<BitmapItem> {
    const { wall, wallName, locale } = this.#options;
    const bitmap = await paintSlate({ size: wall, cameraName: wallName, state, reason: null, ...locale });
    return { kind: 'bitmap', x: 0, y: 0, bitmap };
  }

  #nameOf(camera: string): string {
    return this.#options.cameraNames.get(camera) ?? camera;
  }

  /** Date and time in a cell of its own. */
  clock(rectangle: Rectangle): ClockItem {
    return { kind: 'clock', rectangle, glyphs: this.#glyphs, plate: CLOCK_PLATE, ...this.#options.locale };
  }

  /** Date and time in the top right corner of the wall, or in the left one where it would cover something to be read. */
  cornerClock(toBeRead: readonly Rectangle[]): ClockItem {
    const { wall } = this.#options;
    const inset = Math.round(this.#glyphs.heightPx * 0.3);
    const textPx = CORNER_TEXT.reduce((sum, character) => sum + (this.#glyphs.glyphs[character]?.widthPx ?? 0), 0);
    const widthPx = Math.min(wall.widthPx - 2 * inset, textPx + this.#glyphs.heightPx);
    const heightPx = Math.round(this.#glyphs.heightPx * 1.25);
    const right = { x: wall.widthPx - inset - widthPx, y: inset, widthPx, heightPx };
    const left = { ...right, x: inset };
    const isFree = (corner: Rectangle): boolean => !toBeRead.some((rectangle) => overlaps(corner, rectangle));
    return this.clock(!isFree(right) && isFree(left) ? left : right);
  }
}

/** To the second: nobody reads more on a slate, and it is painted once. */
function toSecond(atMs: number | null): number | null {
  return atMs === null ? null : Math.round(atMs / 1_000) * 1_000;
}
