import type { Painter, Picture } from './painter.js';
import type { View } from './view.js';

/** From here on the dark mask with its round holes is laid over the picture. */
const MASK_FROM_PITCH_PX = 3;
const LED_RADIUS = 0.36;
const MASK_COLOUR = '10 11 14';
/** Side of the tile that the mask is laid with: large, because every repetition costs. */
const TILE_PX = 256;

/**
 * Draws without a graphics card: the picture enlarged, and a dark mask with round holes over it when LEDs are large
 * enough. The mask lets a little of the LED's light through around its hole: the glow.
 */
export class CanvasPainter implements Painter {
  readonly name = 'canvas2d';
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #picture = document.createElement('canvas');
  #pixels: ImageData | null = null;
  #mask: { readonly pitchPx: number; readonly pattern: CanvasPattern | null } | null = null;

  /** @throws Error where a canvas cannot be drawn on at all */
  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('no drawing on a canvas');
    this.#canvas = canvas;
    this.#context = context;
  }

  show({ widthPx, heightPx, rgb }: Picture): void {
    if (this.#pixels?.width !== widthPx || this.#pixels.height !== heightPx) {
      this.#picture.width = widthPx;
      this.#picture.height = heightPx;
      this.#pixels = new ImageData(widthPx, heightPx);
    }
    const rgba = new Uint32Array(this.#pixels.data.buffer);
    for (let index = 0, from = 0; index < rgba.length; index += 1, from += 3) {
      rgba[index] = 0xff000000 | ((rgb[from + 2] ?? 0) << 16) | ((rgb[from + 1] ?? 0) << 8) | (rgb[from] ?? 0);
    }
    this.#picture.getContext('2d', { alpha: false })?.putImageData(this.#pixels, 0, 0);
  }

  draw(view: View, live: boolean): void {
    const { pitchPx, originX, originY } = view;
    const context = this.#context;
    this.#drawStreet();
    if (this.#pixels === null) return;
    const [width, height] = [this.#pixels.width * pitchPx, this.#pixels.height * pitchPx];
    const bezel = Math.min(7 * window.devicePixelRatio, Math.max(2, 0.012 * width));
    context.fillStyle = '#23262d';
    context.fillRect(originX - bezel, originY - bezel, width + 2 * bezel, height + 2 * bezel);
    context.fillStyle = '#08090b';
    context.fillRect(originX - 1.5, originY - 1.5, width + 3, height + 3);
    context.imageSmoothingEnabled = pitchPx < MASK_FROM_PITCH_PX;
    context.imageSmoothingQuality = pitchPx < 0.7 ? 'medium' : 'low';
    context.drawImage(this.#picture, originX, originY, width, height);
    if (pitchPx >= MASK_FROM_PITCH_PX) {
      context.translate(originX, originY);
      context.fillStyle = this.#maskPattern(pitchPx) ?? 'transparent';
      context.fillRect(0, 0, width, height);
      context.setTransform(1, 0, 0, 1, 0, 0);
    }
    if (live) return;
    context.fillStyle = 'rgb(5 7 12 / 72%)';
    context.fillRect(originX, originY, width, height);
  }

  close(): void {
    this.#pixels = null;
  }

  #drawStreet(): void {
    const { width, height } = this.#canvas;
    const night = this.#context.createLinearGradient(0, 0, 0, height);
    night.addColorStop(0, '#05070c');
    night.addColorStop(0.8, '#14141a');
    night.addColorStop(0.81, '#101117');
    night.addColorStop(1, '#06070a');
    this.#context.fillStyle = night;
    this.#context.fillRect(0, 0, width, height);
  }

  /** Whole LEDs on a tile; the view has put them on whole pixels. */
  #maskPattern(pitchPx: number): CanvasPattern | null {
    if (this.#mask?.pitchPx === pitchPx) return this.#mask.pattern;
    const leds = Math.max(1, Math.floor(TILE_PX / pitchPx));
    const tile = document.createElement('canvas');
    tile.width = tile.height = leds * Math.round(pitchPx);
    const context = tile.getContext('2d');
    for (let index = 0; context !== null && index < leds * leds; index += 1) {
      drawMask(context, (index % leds) * pitchPx, Math.floor(index / leds) * pitchPx, pitchPx);
    }
    this.#mask = { pitchPx, pattern: this.#context.createPattern(tile, 'repeat') };
    return this.#mask.pattern;
  }
}

function drawMask(context: CanvasRenderingContext2D, x: number, y: number, pitchPx: number): void {
  const [middleX, middleY, radius] = [x + pitchPx / 2, y + pitchPx / 2, LED_RADIUS * pitchPx];
  const glow = context.createRadialGradient(middleX, middleY, radius, middleX, middleY, 0.72 * pitchPx);
  glow.addColorStop(0, `rgb(${MASK_COLOUR} / 72%)`);
  glow.addColorStop(0.5, `rgb(${MASK_COLOUR} / 88%)`);
  glow.addColorStop(1, `rgb(${MASK_COLOUR} / 97%)`);
  context.fillStyle = glow;
  context.beginPath();
  context.rect(x, y, pitchPx, pitchPx);
  context.arc(middleX, middleY, radius, 0, 2 * Math.PI, true);
  context.fill('evenodd');
  if (pitchPx < 10) return;
  const rim = context.createRadialGradient(middleX, middleY, 0.55 * radius, middleX, middleY, radius);
  rim.addColorStop(0, 'rgb(0 0 0 / 0%)');
  rim.addColorStop(1, 'rgb(0 0 0 / 22%)');
  context.fillStyle = rim;
  context.beginPath();
  context.arc(middleX, middleY, radius, 0, 2 * Math.PI);
  context.fill();
  const glint = context.createRadialGradient(
    x + 0.38 * pitchPx,
    y + 0.35 * pitchPx,
    0,
    x + 0.38 * pitchPx,
    y + 0.35 * pitchPx,
    0.12 * pitchPx,
  );
  glint.addColorStop(0, 'rgb(255 255 255 / 14%)');
  glint.addColorStop(1, 'rgb(255 255 255 / 0%)');
  context.fillStyle = glint;
  context.fill();
}
