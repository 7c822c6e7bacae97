import type { Rectangle } from '../core/geometry.js';
import type { TickerStrip, TickerUpdate } from '../ticker/update.js';
import type { Layer } from './layer.js';
import type { TickerItem } from './scene.js';

/** What the wall needs of a running line: `TickerScroller` of the ticker folder has this shape. */
export interface Scroller {
  apply(update: TickerUpdate): void;
  /** Moves the line by one tick. */
  advance(): void;
  /** Draws the line into the rectangle of an RGB canvas, clipped to it; the rectangle may be of any width. */
  draw(canvas: Uint8Array, canvasWidthPx: number, rectangle: Rectangle): void;
}

/** Makes the running line for the cells of one height. */
export type CreateScroller = (heightPx: number, widthPx: number, background: string) => Scroller;

/** So many running lines are kept although no scene shows them; the one longest out of sight goes first. */
const KEPT_SCROLLERS = 16;

/** The running lines of all cell heights. They run on whether a scene shows them or not, so a take never sets one back. */
export class Tickers {
  readonly #create: CreateScroller;
  readonly #scrollers = new Map<string, { readonly heightPx: number; readonly scroller: Scroller }>();
  readonly #strips = new Map<number, TickerStrip>();

  constructor(create: CreateScroller) {
    this.#create = create;
  }

  apply(update: TickerUpdate): void {
    this.#strips.set(update.heightPx, update.strip);
    for (const { heightPx, scroller } of this.#scrollers.values()) {
      if (heightPx === update.heightPx) scroller.apply(update);
    }
  }

  /** Moves all lines by one tick. */
  advance(): void {
    for (const { scroller } of this.#scrollers.values()) scroller.advance();
  }

  /** The layer of a ticker cell. A line of a height not seen before begins with the text that is running. */
  layer(canvasWidthPx: number, item: TickerItem): Layer {
    const { heightPx, widthPx } = item.rectangle;
    const key = `${heightPx} ${item.background}`;
    const known = this.#scrollers.get(key);
    const scroller = known?.scroller ?? this.#make(heightPx, widthPx, item.background);
    this.#scrollers.delete(key);
    this.#scrollers.set(key, { heightPx, scroller });
    for (const oldest of this.#scrollers.keys()) {
      if (this.#scrollers.size <= KEPT_SCROLLERS) break;
      this.#scrollers.delete(oldest);
    }
    return { draw: (canvas) => scroller.draw(canvas, canvasWidthPx, item.rectangle) };
  }

  #make(heightPx: number, widthPx: number, background: string): Scroller {
    const scroller = this.#create(heightPx, widthPx, background);
    const strip = this.#strips.get(heightPx);
    if (strip !== undefined) scroller.apply({ kind: 'follow', heightPx, strip });
    return scroller;
  }
}
