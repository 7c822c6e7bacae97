import type { CameraPool } from '../camera/camera-pool.js';
import type { TileStatus } from '../control/engine.js';
import type { Director } from './director.js';
import { tileStatus } from './tile-status.js';

/** Where the states of tiles come from. */
export type TileReporterOptions = {
  readonly cameras: CameraPool;
  /** As people read it. */
  readonly nameOf: (camera: string) => string;
  readonly director: Director;
};

/** Tells what every tile is, and whose state changed since it was last asked. */
export class TileReporter {
  readonly #options: TileReporterOptions;
  readonly #told = new Map<string, string>();

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
      const isOnAir = onAir.has(id);
      const picture = isOnAir ? (program?.pictureState(id) ?? null) : null;
      return tileStatus(camera, nameOf(id), { onAir: isOnAir, onPreview: onPreview.has(id), picture });
    });
  }

  /** The tiles that changed in more than their age. */
  changed(studioMode: boolean): readonly TileStatus[] {
    const changed = this.tiles(studioMode).filter((tile) => {
      const key = JSON.stringify({ ...tile, ageMs: null, lastLiveAtMs: null });
      if (this.#told.get(tile.camera) === key) return false;
      this.#told.set(tile.camera, key);
      return true;
    });
    return changed;
  }
}
