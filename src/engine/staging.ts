import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';
import { CLOCK_SOURCE, TICKER_SOURCE, type Cell } from '../layout/layout.js';
import { ownKindOf } from '../layout/sources.js';
import type { PaintedSources } from '../source/painted-sources.js';
import type { Scene, SceneItem } from '../wall/scene.js';
import { truthOf, worstOf } from './tile-truth.js';
import { KEEPS_PICTURE_MS, type CameraPicture, type CameraPool, type PictureReport } from '../camera/camera-pool.js';
import type { TileLabel } from '../paint/tile-label.js';
import type { Signage } from './signage.js';

/** Shapes that differ by less than this share count as one. */
const SAME_SHAPE = 0.02;

/** What a staging draws on. */
export type StagingContext = {
  readonly cameras: CameraPool;
  readonly signage: Signage;
  readonly painted: PaintedSources;
  readonly clock: boolean;
  readonly tickerBackground: string;
};

type StagedCell = {
  readonly cell: Cell;
  readonly picture: CameraPicture | null;
  /** Of a camera what it shows without a picture; of a painted source its picture. */
  bitmap: Bitmap | null;
  label: TileLabel | null;
  /** Counts paintings, so that one that took longer does not come back over a later one. */
  paintings: number;
  paintedLast: number;
};

/**
 * A layout with everything it needs to be shown: decoders running at the cells' sizes, slates and labels painted.
 * Preview and program hold one each; a take hands the preview's to the program.
 */
export class Staging {
  readonly layoutId: string;
  readonly cells: readonly Cell[];
  readonly #context: StagingContext;
  readonly #staged: readonly StagedCell[];
  #released = false;

  constructor(layoutId: string, cells: readonly Cell[], context: StagingContext) {
    this.layoutId = layoutId;
    this.cells = cells;
    this.#context = context;
    this.#staged = cells.map((cell) => ({
      cell,
      picture: isCamera(cell, context)
        ? context.cameras.acquire({ camera: cell.source, ...sizeOf(cell), fit: cell.fit })
        : null,
      bitmap: null,
      label: null,
      paintings: 0,
      paintedLast: 0,
    }));
  }

  /** Whether this is the staging of just these cells. */
  isOf(layoutId: string, cells: readonly Cell[]): boolean {
    return (
      this.layoutId === layoutId &&
      this.cells.length === cells.length &&
      // What was a board before a reload may be a camera since.
      this.#staged.every(({ cell, picture }) => (picture !== null) === isCamera(cell, this.#context)) &&
      this.cells.every((cell, index) => cell === cells[index] || JSON.stringify(cell) === JSON.stringify(cells[index]))
    );
  }

  /** The cameras in it. */
  get cameraIds(): ReadonlySet<string> {
    return new Set(this.cells.filter((cell) => isCamera(cell, this.#context)).map(({ source }) => source));
  }

  /** The heights of its ticker cells. */
  get tickerRectangles(): readonly Rectangle[] {
    return this.cells.filter((cell) => cell.source === TICKER_SOURCE).map((cell) => cell.rectangle);
  }

  /** A live picture of this camera that shows all of it, i.e. whose cell has the stream's shape; null when it has none. */
  wholePictureOf(camera: string, shape: Size): CameraPicture | null {
    const aspect = shape.widthPx / shape.heightPx;
    const whole = this.#staged.find(({ cell, picture }) => {
      if (cell.source !== camera || picture?.isLive() !== true) return false;
      return Math.abs(cell.rectangle.widthPx / cell.rectangle.heightPx / aspect - 1) < SAME_SHAPE;
    });
    return whole?.picture ?? null;
  }

  /** What can be said of this camera's pictures in it, of the one that is worst off; null when it is not in it. */
  pictureReport(camera: string): PictureReport | null {
    return worstOf(
      this.#staged.flatMap(({ cell, picture }) => (cell.source === camera && picture ? [picture.report()] : [])),
    );
  }

  /** Whether nothing has to be waited for: every camera that can be expected to give a picture has given one. */
  get isPrepared(): boolean {
    return this.#missing().length === 0;
  }

  /** Resolves when `isPrepared`, at the latest after `limitMs`. */
  async prepared(limitMs: number): Promise<void> {
    const missing = this.#missing();
    if (missing.length === 0) return;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    try {
      await Promise.race([
        Promise.all(missing.map((picture) => picture.ready())),
        new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve(), { once: true })),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Paints (or takes from the cache) slates, labels, boards and images as they are now. */
  async paint(): Promise<void> {
    await Promise.all(this.#staged.map((staged) => this.#paint(staged)));
  }

  /** The scene for the compositor. `paint` must have run. */
  scene(sceneNumber: number): Scene {
    const items: SceneItem[] = [];
    for (const { cell, picture, bitmap, label } of this.#staged) {
      const { rectangle } = cell;
      if (cell.source === TICKER_SOURCE) {
        items.push({ kind: 'ticker', rectangle, background: this.#context.tickerBackground });
      } else if (cell.source === CLOCK_SOURCE) {
        items.push(this.#context.signage.clock(rectangle));
      } else if (picture === null && bitmap !== null) {
        const { x, y } = rectangle;
        items.push({ kind: 'bitmap', x, y, bitmap });
        if (label !== null) items.push({ kind: 'bitmap', x: x + label.x, y: y + label.y, bitmap: label.bitmap });
      } else if (picture !== null && bitmap !== null) {
        items.push({
          kind: 'picture',
          rectangle,
          slot: picture.slot.handle,
          staleAfterMs: KEEPS_PICTURE_MS,
          slate: bitmap,
          label,
        });
      }
    }
    const hasClock = this.cells.some((cell) => cell.source === CLOCK_SOURCE);
    if (this.#context.clock && !hasClock) items.push(this.#context.signage.cornerClock(this.#paintedRectangles));
    return { sceneNumber, items };
  }

  /** Where boards and images are: every part of them says something. */
  get #paintedRectangles(): readonly Rectangle[] {
    return this.cells
      .filter(({ source }) => this.#context.painted.get(source) !== null)
      .map(({ rectangle }) => rectangle);
  }

  /** Lets the decoders go. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    for (const { picture } of this.#staged) picture?.release();
  }

  async #paint(staged: StagedCell): Promise<void> {
    const number = ++staged.paintings;
    const [bitmap, label] = await (staged.picture === null
      ? this.#paintedSource(staged.cell)
      : this.#slate(staged.cell, staged.picture));
    if (number < staged.paintedLast) return;
    staged.paintedLast = number;
    staged.bitmap = bitmap;
    staged.label = label;
  }

  #slate(cell: Cell, picture: CameraPicture): Promise<[Bitmap, TileLabel | null]> {
    const { signage, cameras } = this.#context;
    const status = cameras.status().find(({ camera }) => camera === cell.source);
    const truth = status === undefined ? null : truthOf(status, picture.report());
    const size = sizeOf(cell);
    return Promise.all([signage.slate(cell.source, size, truth), signage.tileLabel(cell.source, size)]);
  }

  async #paintedSource(cell: Cell): Promise<[Bitmap | null, TileLabel | null]> {
    const { painted, signage } = this.#context;
    const source = painted.get(cell.source);
    if (source === null) return [null, null];
    const size = sizeOf(cell);
    const { bitmap, needsPlate } = await source.paint(size, cell.fit);
    return [bitmap, needsPlate ? await signage.imageLabel(painted.nameOf(cell.source), size) : null];
  }

  #missing(): CameraPicture[] {
    const cameras = new Map(this.#context.cameras.status().map((status) => [status.camera, status]));
    return this.#staged.flatMap(({ cell, picture }) => {
      if (picture === null || picture.isLive()) return [];
      const state = cameras.get(cell.source)?.state;
      // A camera that is known to be away is not waited for: its slate goes on air with the others' pictures.
      return state === 'retrying' || state === 'off' ? [] : [picture];
    });
  }
}

function isCamera({ source }: Cell, { painted }: Pick<StagingContext, 'painted'>): boolean {
  return ownKindOf(source) === null && painted.get(source) === null;
}

function sizeOf(cell: Cell): { widthPx: number; heightPx: number } {
  return { widthPx: cell.rectangle.widthPx, heightPx: cell.rectangle.heightPx };
}
