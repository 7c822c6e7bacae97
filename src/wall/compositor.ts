import type { Rectangle, Size } from '../core/geometry.js';
import type { PreparedPattern } from '../pattern/prepare.js';
import type { TickerUpdate } from '../ticker/update.js';
import { BlendedBitmapLayer, OpaqueBitmapLayer } from './bitmap-layer.js';
import { ClockLayer } from './clock-layer.js';
import { CrossFade } from './cross-fade.js';
import type { Layer, Moment } from './layer.js';
import { PatternLayer } from './pattern-layer.js';
import { PictureLayer } from './picture-layer.js';
import { RowCopy, uncovered } from './pixels.js';
import type { BitmapItem, Scene, SceneItem } from './scene.js';
import { Tickers, type CreateScroller } from './tickers.js';

/** A picture that stands still: its sign, and the picture once it is drawn. */
type Freeze = { readonly sign: Layer; held: Uint8Array | null };

/**
 * Draws the wall's picture from a scene: pictures, slates, bitmaps, clock and running lines in order, black elsewhere. A test
 * pattern lies above all of it, a picture that is held included, and only a blackout above that.
 * Everything that a scene needs is made ready once, in `setScene`; drawing allocates nothing.
 */
export class Compositor {
  readonly #size: Size;
  readonly #tickers: Tickers;
  readonly #black: Layer;
  #layers: readonly Layer[];
  readonly #fade: CrossFade;
  #pattern: { readonly layer: Layer; readonly endsAtMs: number } | null = null;
  #sceneNumber = 0;
  #blackout = false;
  #freeze: Freeze | null = null;
  #cover: Layer | null = null;
  readonly #onFailure: (failure: unknown) => void;
  readonly #failed = new WeakSet<Layer>();

  /**
   * @param size of the wall
   * @param onFailure told once of every layer that could not be drawn; the others are drawn all the same
   */
  constructor(size: Size, createScroller: CreateScroller, onFailure: (failure: unknown) => void) {
    this.#size = size;
    this.#onFailure = onFailure;
    this.#tickers = new Tickers(createScroller);
    this.#black = blackLayer(size, { x: 0, y: 0, ...size });
    this.#fade = new CrossFade(size);
    this.#layers = [this.#black];
  }

  /** The scene that the next canvas shows; 0 before the first. */
  get sceneNumber(): number {
    return this.#sceneNumber;
  }

  /**
   * Replaces the scene: all at once, or fading over to it, beginning with the next canvas.
   * A scene that comes during a fade with 0 milliseconds is a repainting of the same: the fade goes on.
   * @throws RangeError for an unknown time zone or colour; the scene before then stays
   */
  setScene(scene: Scene, fadeMs = 0): void {
    const items = scene.items.map((item) => this.#layer(item));
    const holes = uncovered(this.#size, scene.items.flatMap(coverOf));
    if (fadeMs > 0) this.#fade.begin(this.#layers, fadeMs);
    this.#layers = [...holes.map((hole) => blackLayer(this.#size, hole)), ...items];
    this.#sceneNumber = scene.sceneNumber;
  }

  /**
   * Lays a test pattern over the scene; null takes it away.
   * @param endsAtMs monotonic milliseconds at which it is gone, whoever may have forgotten it
   * @throws RangeError for an unknown time zone; what was shown before then stays
   */
  setPattern(pattern: PreparedPattern | null, endsAtMs = 0): void {
    this.#pattern = pattern === null ? null : { layer: new PatternLayer(this.#size, pattern), endsAtMs };
  }

  /** Whether a test pattern lies over the scene. */
  get hasPattern(): boolean {
    return this.#pattern !== null;
  }

  applyTicker(update: TickerUpdate): void {
    this.#tickers.apply(update);
  }

  /** While on, every canvas is black; everything else goes on underneath. */
  setBlackout(on: boolean): void {
    this.#blackout = on;
  }

  /**
   * Holds the picture of the next canvas, with this sign laid over it, until it is called with null; everything else goes
   * on underneath.
   */
  setFreeze(sign: BitmapItem | null): void {
    this.#freeze = sign === null ? null : { sign: this.#layer(sign), held: null };
  }

  /** Shows this picture alone, black around it, until it is called with null; everything else goes on underneath. */
  setCover(cover: BitmapItem | null): void {
    this.#cover = cover === null ? null : this.#layer(cover);
  }

  /** Moves the running lines by ticks that nobody drew. */
  skipTicks(count: number): void {
    for (let tick = 0; tick < count; tick += 1) this.#tickers.advance();
  }

  /** Draws one canvas and moves the running lines by one tick. @param into RGB, 8 bits each, of the wall's size */
  compose(into: Uint8Array, now: Moment): void {
    this.#tickers.advance();
    if (this.#pattern !== null && now.monotonicMs >= this.#pattern.endsAtMs) this.#pattern = null;
    if (this.#blackout) {
      this.#black.draw(into, now);
      return;
    }
    this.#drawPicture(into, now);
    if (this.#pattern !== null) this.#drawLayer(this.#pattern.layer, into, now);
  }

  /** The cover, or the scene as it is, or as it was held: a test pattern is no part of what is held. */
  #drawPicture(into: Uint8Array, now: Moment): void {
    if (this.#cover !== null) {
      this.#draw([this.#black, this.#cover], into, now);
      return;
    }
    const freeze = this.#freeze;
    if (freeze !== null && freeze.held !== null) {
      into.set(freeze.held);
      return;
    }
    this.#drawScene(into, now);
    if (freeze === null) return;
    this.#draw([freeze.sign], into, now);
    freeze.held = into.slice();
  }

  #drawScene(into: Uint8Array, now: Moment): void {
    this.#draw(this.#layers, into, now);
    const before = this.#fade.before(now.monotonicMs);
    if (before === null) return;
    this.#draw(before.layers, before.canvas, now);
    this.#fade.blend(into);
  }

  #draw(layers: readonly Layer[], into: Uint8Array, now: Moment): void {
    for (const layer of layers) this.#drawLayer(layer, into, now);
  }

  #drawLayer(layer: Layer, into: Uint8Array, now: Moment): void {
    try {
      layer.draw(into, now);
    } catch (failure) {
      if (!this.#failed.has(layer)) this.#onFailure(failure);
      this.#failed.add(layer);
    }
  }

  #layer(item: SceneItem): Layer {
    switch (item.kind) {
      case 'picture':
        return new PictureLayer(this.#size, item);
      case 'bitmap':
        return item.bitmap.opaque
          ? new OpaqueBitmapLayer(this.#size, item.bitmap, item.x, item.y)
          : new BlendedBitmapLayer(this.#size, item.bitmap, item.x, item.y);
      case 'clock':
        return new ClockLayer(this.#size, item);
      case 'ticker':
        return this.#tickers.layer(this.#size.widthPx, item);
    }
  }
}

/** What an item surely covers with opaque pixels. */
function coverOf(item: SceneItem): readonly Rectangle[] {
  if (item.kind === 'picture') {
    const { rectangle, slate } = item;
    return slate.widthPx === rectangle.widthPx && slate.heightPx === rectangle.heightPx ? [rectangle] : [];
  }
  if (item.kind === 'bitmap' && item.bitmap.opaque) {
    return [{ x: item.x, y: item.y, widthPx: item.bitmap.widthPx, heightPx: item.bitmap.heightPx }];
  }
  return [];
}

function blackLayer(canvas: Size, rectangle: Rectangle): Layer {
  const copy = new RowCopy(canvas, rectangle, rectangle.x, rectangle.y);
  const black = new Uint8Array(rectangle.widthPx * rectangle.heightPx * 3);
  return { draw: (into) => copy.copy(black, into) };
}
