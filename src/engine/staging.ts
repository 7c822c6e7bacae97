import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';
import { CLOCK_SOURCE, TICKER_SOURCE, type Cell } from '../layout/layout.js';
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
  readonly clock: boolean;
  readonly tickerBackground: string;
};

type StagedCell = {
  readonly cell: Cell;
  readonly picture: CameraPicture | null;
  slate: Bitmap | null;
  label: TileLabel | null;
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
      picture: isCamera(cell) ? context.cameras.acquire({ camera: cell.source, ...sizeOf(cell), fit: cell.fit }) : null,
      slate: null,
      label: null,
    }));
  }

  /** Whether this is the staging of just these cells. */
  isOf(layoutId: string, cells: readonly Cell[]): boolean {
    return (
      this.layoutId === layoutId &&
      this.cells.length === cells.length &&
      this.cells.every((cell, index) => cell === cells[index] || JSON.stringify(cell) === JSON.stringify(cells[index]))
    );
  }

  /** The cameras in it. */
  get cameraIds(): ReadonlySet<string> {
    return new Set(cameraIdsOf(this.cells));
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

  /** Paints (or takes from the cache) the slates and labels as the cameras are now. */
  async paint(): Promise<void> {
    await Promise.all(
      this.#staged.map(async (staged) => {
        if (staged.picture === null) return;
        const { signage, cameras } = this.#context;
        const status = cameras.status().find(({ camera }) => camera === staged.cell.source);
        const truth = status === undefined ? null : truthOf(status, staged.picture.report());
        const { widthPx, heightPx } = staged.cell.rectangle;
        const [slate, label] = await Promise.all([
          signage.slate(staged.cell.source, { widthPx, heightPx }, truth),
          signage.tileLabel(staged.cell.source, { widthPx, heightPx }),
        ]);
        staged.slate = slate;
        staged.label = label;
      }),
    );
  }

  /** The scene for the compositor. `paint` must have run. */
  scene(sceneNumber: number): Scene {
    const items: SceneItem[] = [];
    for (const { cell, picture, slate, label } of this.#staged) {
      const { rectangle } = cell;
      if (cell.source === TICKER_SOURCE) {
        items.push({ kind: 'ticker', rectangle, background: this.#context.tickerBackground });
      } else if (cell.source === CLOCK_SOURCE) {
        items.push(this.#context.signage.clock(rectangle));
      } else if (picture !== null && slate !== null) {
        items.push({
          kind: 'picture',
          rectangle,
          slot: picture.slot.handle,
          staleAfterMs: KEEPS_PICTURE_MS,
          slate,
          label,
        });
      }
    }
    const hasClock = this.cells.some((cell) => cell.source === CLOCK_SOURCE);
    if (this.#context.clock && !hasClock) items.push(this.#context.signage.cornerClock());
    return { sceneNumber, items };
  }

  /** Lets the decoders go. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    for (const { picture } of this.#staged) picture?.release();
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

/** The cameras that cells show, one for each cell. */
export function cameraIdsOf(cells: readonly Cell[]): readonly string[] {
  return cells.filter(isCamera).map((cell) => cell.source);
}

function isCamera(cell: Cell): boolean {
  return cell.source !== TICKER_SOURCE && cell.source !== CLOCK_SOURCE;
}

function sizeOf(cell: Cell): { widthPx: number; heightPx: number } {
  return { widthPx: cell.rectangle.widthPx, heightPx: cell.rectangle.heightPx };
}
