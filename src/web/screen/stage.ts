import { CanvasPainter } from './canvas-painter.js';
import type { Painter, Picture } from './painter.js';
import { fitView, panView, settledView, zoomView, type Surface, type View, type Wall } from './view.js';
import { WebglPainter } from './webgl-painter.js';

const MARGIN_CSS_PX = 26;

/** The drawing surface: owns canvas, painter and view; draws when there is something new, and never otherwise. */
export class Stage {
  readonly #element: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #onRenderer: () => void;
  readonly #softwareToo: boolean;
  #canvas: HTMLCanvasElement;
  #painter: Painter;
  #picture: Picture | null = null;
  #pictureIsNew = false;
  #wall: Wall = { columns: 16, rows: 9 };
  #view: View = { pitchPx: 1, originX: 0, originY: 0 };
  #fitted = true;
  #live = true;
  #drawAsked = false;

  /**
   * @param softwareToo whether to draw with WebGL even where there is no graphics card
   * @param onRenderer called when drawing changes between WebGL and its replacement
   */
  constructor(element: HTMLElement, bar: HTMLElement, softwareToo: boolean, onRenderer: () => void) {
    this.#element = element;
    this.#bar = bar;
    this.#softwareToo = softwareToo;
    this.#onRenderer = onRenderer;
    [this.#canvas, this.#painter] = this.#createPainter(true);
    new ResizeObserver((entries) => {
      this.#resize(entries[0]);
    }).observe(element);
  }

  get renderer(): Painter['name'] {
    return this.#painter.name;
  }

  /** The view as drawn. */
  get view(): View {
    return settledView(this.#view, this.#surface());
  }

  show(picture: Picture): void {
    const sizeChanged = picture.widthPx !== this.#wall.columns || picture.heightPx !== this.#wall.rows;
    this.#picture = picture;
    this.#pictureIsNew = true;
    if (sizeChanged) {
      this.#wall = { columns: picture.widthPx, rows: picture.heightPx };
      this.fit();
    }
    this.#askForDraw();
  }

  setLive(live: boolean): void {
    if (live === this.#live) return;
    this.#live = live;
    this.#askForDraw();
  }

  fit(): void {
    this.#fitted = true;
    this.#setView(fitView(this.#wall, this.#surface()));
  }

  /** Between the whole wall and single LEDs around a point of the page (CSS pixels). */
  toggleFit(x: number, y: number): void {
    if (this.#fitted) this.zoom((14 * window.devicePixelRatio) / this.#view.pitchPx, x, y);
    else this.fit();
  }

  /** Around a point of the page in CSS pixels; without one, around the middle. */
  zoom(factor: number, x = this.#element.clientWidth / 2, y = this.#element.clientHeight / 2): void {
    const density = window.devicePixelRatio;
    this.#fitted = false;
    this.#setView(zoomView(this.#view, factor, x * density, y * density, this.#wall, this.#surface()));
  }

  /** By CSS pixels. */
  pan(deltaX: number, deltaY: number): void {
    const density = window.devicePixelRatio;
    this.#fitted = false;
    this.#setView(panView(this.#view, deltaX * density, deltaY * density, this.#wall, this.#surface()));
  }

  #setView(view: View): void {
    this.#view = view;
    this.#askForDraw();
  }

  #surface(): Surface {
    const density = window.devicePixelRatio;
    return {
      widthPx: this.#canvas.width,
      heightPx: this.#canvas.height,
      marginPx: MARGIN_CSS_PX * density,
      bottomBarPx: this.#bar.offsetHeight * density,
    };
  }

  #resize(entry: ResizeObserverEntry | undefined): void {
    const density = window.devicePixelRatio;
    const exact = entry?.devicePixelContentBoxSize[0];
    this.#canvas.width = exact?.inlineSize ?? Math.round(this.#element.clientWidth * density);
    this.#canvas.height = exact?.blockSize ?? Math.round(this.#element.clientHeight * density);
    if (this.#fitted) this.fit();
    else this.pan(0, 0);
    // At once: a canvas that has just been resized is blank until it is drawn on.
    this.#draw();
  }

  #askForDraw(): void {
    if (this.#drawAsked) return;
    this.#drawAsked = true;
    requestAnimationFrame(() => {
      this.#drawAsked = false;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#picture === null) return;
    if (this.#pictureIsNew) this.#painter.show(this.#picture);
    this.#pictureIsNew = false;
    this.#painter.draw(this.view, this.#live);
  }

  #createPainter(withWebgl: boolean): [HTMLCanvasElement, Painter] {
    const canvas = document.createElement('canvas');
    this.#element.append(canvas);
    if (withWebgl) {
      canvas.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();
        this.#replacePainter(false);
      });
      canvas.addEventListener('webglcontextrestored', () => {
        this.#replacePainter(true);
      });
      try {
        return [canvas, new WebglPainter(canvas, this.#softwareToo)];
      } catch {
        // The status line says that drawing is simplified.
        canvas.remove();
        return this.#createPainter(false);
      }
    }
    return [canvas, new CanvasPainter(canvas)];
  }

  #replacePainter(withWebgl: boolean): void {
    const { width, height } = this.#canvas;
    this.#painter.close();
    this.#canvas.remove();
    [this.#canvas, this.#painter] = this.#createPainter(withWebgl);
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#pictureIsNew = true;
    this.#onRenderer();
    this.#draw();
  }
}
