import type { CameraPool } from '../camera/camera-pool.js';
import type { TileStatus } from '../control/engine.js';
import type { Logger } from '../core/logger.js';
import type { Cell } from '../layout/layout.js';
import type { Director } from './director.js';
import { tileStatus } from './tile-status.js';

/** Where the states of tiles come from. */
export type TileReporterOptions = {
  readonly cameras: CameraPool;
  /** As people read it. */
  readonly nameOf: (camera: string) => string;
  readonly director: Director;
  readonly log: Logger;
};

type Remembered = { readonly state: string; readonly sinceMs: number };

/** Tells what every tile is and since when, and whose state changed since it was last asked. */
export class TileReporter {
  readonly #options: TileReporterOptions;
  readonly #told = new Map<string, string>();
  readonly #away = new Set<string>();
  readonly #states = new Map<string, Remembered>();

  constructor(options: TileReporterOptions) {
    this.#options = options;
  }

  /** All cameras in configured order. @param studioMode whether there is a preview */
  tiles(studioMode: boolean): readonly TileStatus[] {
    const { cameras, director, nameOf } = this.#options;
    const { program, preview } = director;
    const onAir = program?.cameraIds ?? new Set<string>();
    const onPreview = (studioMode ? preview?.cameraIds : null) ?? new Set<string>();
    return cameras.status().map((camera) => {
      const id = camera.camera;
      const picture = program?.pictureReport(id) ?? null;
      const tile = tileStatus(camera, nameOf(id), { onAir: onAir.has(id), onPreview: onPreview.has(id), picture });
      return { ...tile, sinceMs: this.#since(tile) };
    });
  }

  /** The tiles that changed in more than their age. */
  changed(studioMode: boolean): readonly TileStatus[] {
    return this.tiles(studioMode).filter((tile) => {
      const key = JSON.stringify({ ...tile, ageMs: null, lastLiveAtMs: null });
      if (this.#told.get(tile.camera) === key) return false;
      this.#told.set(tile.camera, key);
      if (isAway(tile)) this.#away.add(tile.camera);
      else this.#away.delete(tile.camera);
      return true;
    });
  }

  /** Whether cells show nothing but cameras that are away, as they were told of last. */
  areAllAway(cells: readonly Cell[]): boolean {
    const known = new Set(this.#options.cameras.status().map(({ camera }) => camera));
    const cameras = cells.map(({ source }) => source).filter((source) => known.has(source));
    return cameras.length > 0 && cameras.every((camera) => this.#away.has(camera));
  }

  #since({ camera, state, reason }: Omit<TileStatus, 'sinceMs'>): number {
    const known = this.#states.get(camera);
    if (known?.state === state) return known.sinceMs;
    const sinceMs = Date.now();
    this.#states.set(camera, { state, sinceMs });
    const isNews = known !== undefined || state !== 'connecting';
    if (isNews) this.#options.log[state === 'live' ? 'info' : 'warn']({ camera, state, reason }, 'tile');
    return sinceMs;
  }
}

/** A camera that has not been reached yet may come any moment; a frozen picture is none. */
function isAway({ state, slate }: TileStatus): boolean {
  return state === 'retrying' || state === 'off' || state === 'frozen' || (state === 'stale' && slate);
}
