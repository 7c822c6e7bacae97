/**
 * The view folder makes of the wall's picture the one that an output sends: its part of the wall, in the order of its pixels
 * (`map`), in its colours (`colour`). Drivers are given that picture and know nothing of the wall.
 */
import { GlasshallError } from '../../core/errors.js';
import { isInside, type Rectangle, type Size } from '../../core/geometry.js';
import type { CanvasFrame, OutputContext } from '../output-driver.js';
import { colourOptions, type ColourOptions } from './colour/options.js';
import { thresholdsOf } from './colour/dither.js';
import { grade, gradeDithered } from './colour/grade.js';
import { PowerLimiter } from './colour/power-limiter.js';
import { channelsOf, ColourTables } from './colour/tables.js';
import { CopyPlan } from './copy-plan.js';
import { mapProblems } from './map/checks.js';
import { areaOf, pictureSizeOf, type ViewOptions } from './options.js';
import { PixelGather } from './pixel-gather.js';
import { wallPixelsOf } from './wall-pixels.js';
import { sumOfBytes, wordPicture, type WordPicture } from './words.js';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const AS_IT_IS: ColourOptions = colourOptions.parse({});
/** A frame that takes too much current is made again at most so often: each time is closer, and the second is close. */
const MOST_TRIES = 3;

/** What one output shows of the wall. */
export class View {
  /** Of the pictures that come out. */
  readonly size: Size;
  /** Cuts the area out; null where the whole wall is shown, or pixels are picked one by one. */
  readonly #plan: CopyPlan | null;
  readonly #gather: PixelGather | null;
  readonly #tables: ColourTables;
  readonly #thresholds: Uint8Array | null;
  readonly #limiter: PowerLimiter | null;
  readonly #frame: Writable<CanvasFrame>;
  /** Made when it is first needed. */
  #picture: WordPicture | null = null;
  /** What the configuration leaves of full light, and what is left of that now. */
  readonly #calibrated: number;
  readonly #deviceGamma: number;
  #brightness: number;

  /** @throws GlasshallError `area-off-wall`, or the code of what is wrong with the map */
  constructor(options: ViewOptions, { wall, framesPerSecond }: Pick<OutputContext, 'wall' | 'framesPerSecond'>) {
    const area = areaOf(options, wall);
    checkFit(options, area, wall);
    const colour = options.colour ?? AS_IT_IS;
    this.size = pictureSizeOf(options, wall);
    const isWhole = area.widthPx === wall.widthPx && area.heightPx === wall.heightPx;
    const isPicked = options.map !== undefined || colour.order !== 'RGB';
    const pixels = isPicked || colour.dither || colour.powerLimit !== undefined ? wallPixelsOf(options, wall) : null;
    this.#gather = isPicked && pixels !== null ? new PixelGather(pixels, channelsOf(colour.order)) : null;
    this.#plan = isWhole || isPicked ? null : CopyPlan.ofArea(wall, area);
    this.#tables = new ColourTables(colour);
    this.#thresholds = colour.dither && pixels !== null ? thresholdsOf(pixels, wall.widthPx) : null;
    this.#limiter =
      colour.powerLimit !== undefined && pixels !== null
        ? new PowerLimiter(colour.powerLimit, litCount(pixels), framesPerSecond)
        : null;
    this.#calibrated = colour.brightness;
    this.#deviceGamma = colour.deviceGamma;
    this.#brightness = colour.brightness;
    this.#tables.setLight(colour.brightness);
    this.#frame = { ...this.size, tick: 0, pixels: NOTHING };
  }

  /**
   * Sets the share, 0 to 1, of the light that the configuration allows, from the next picture on. A device that has a gamma of
   * its own is given the values that become that share there: at 3 % of the light and a gamma of 2.8 more than a quarter of
   * all shades are left, instead of eight.
   */
  setBrightness(share: number): void {
    this.#brightness = this.#calibrated * Math.min(1, Math.max(0, share)) ** (1 / this.#deviceGamma);
    this.#tables.setLight(this.#brightness);
  }

  /** @returns the output's picture, valid until the next call; the canvas itself where nothing is to be done */
  of(canvas: CanvasFrame): CanvasFrame {
    const isAsItIs = this.#plan === null && this.#gather === null;
    if (isAsItIs && this.#limiter === null && this.#tables.isNeutral) return canvas;
    this.#picture ??= wordPicture(this.size.widthPx * this.size.heightPx);
    this.#frame.tick = canvas.tick;
    this.#frame.pixels = this.#picture.pixels;
    if (this.#limiter === null) this.#render(canvas.pixels, this.#picture);
    else this.#renderLimited(canvas, this.#picture, this.#limiter);
    return this.#frame;
  }

  #renderLimited(canvas: CanvasFrame, picture: WordPicture, limiter: PowerLimiter): void {
    let light: number | null = limiter.begin(canvas.tick);
    for (let tries = 0; tries < MOST_TRIES && light !== null; tries += 1) {
      this.#tables.setLight(this.#brightness * light);
      this.#render(canvas.pixels, picture);
      light = limiter.settle(sumOfBytes(picture.words));
    }
  }

  #render(canvas: Uint8Array, { pixels, words }: WordPicture): void {
    const { isNeutral, whole, fine } = this.#tables;
    const isDithered = this.#thresholds !== null;
    if (this.#gather !== null && !isNeutral && !isDithered) {
      this.#gather.pickThrough(canvas, words, whole);
      return;
    }
    if (this.#gather !== null) this.#gather.pick(canvas, words);
    else if (this.#plan !== null) this.#plan.copy(canvas, pixels);
    else pixels.set(canvas);
    if (this.#thresholds !== null) gradeDithered(words, fine, this.#thresholds);
    else if (!isNeutral) grade(words, whole);
  }
}

const NOTHING = new Uint8Array(0);

function litCount(pixels: Int32Array): number {
  return pixels.reduce((sum, pixel) => (pixel < 0 ? sum : sum + 1), 0);
}

function checkFit(options: ViewOptions, area: Rectangle, wall: Size): void {
  if (!isInside(area, wall)) {
    throw new GlasshallError(
      'area-off-wall',
      `output ${options.id}: its area ${area.x},${area.y} ${area.widthPx}×${area.heightPx} does not lie on the wall of ${wall.widthPx}×${wall.heightPx}`,
      { output: options.id, widthPx: wall.widthPx, heightPx: wall.heightPx },
    );
  }
  const [problem] = options.map === undefined ? [] : mapProblems(options.map, area);
  if (problem !== undefined) {
    throw new GlasshallError(problem.code, `output ${options.id}: ${problem.message}`, { output: options.id });
  }
}
