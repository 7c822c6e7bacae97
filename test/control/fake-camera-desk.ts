import type { LiveWatcher } from '../../src/camera/camera-pool.js';
import type { Preset } from '../../src/camera/ptz/ptz.js';
import type { CameraDesk, CameraMover } from '../../src/control/camera-desk.js';
import type { TileStatus } from '../../src/control/engine.js';
import { GlasshallError } from '../../src/core/errors.js';

type Velocity = Parameters<CameraMover['move']>[0];

/** A camera that turns in memory. */
export class FakeMover implements CameraMover {
  readonly done: string[] = [];
  kept: Preset[] = [{ token: '1', name: '窗口' }];
  /** Set: what every command ends with. */
  failure: GlasshallError | null = null;
  #velocity = '';

  isMoving(velocity: Velocity): boolean {
    return this.#velocity === JSON.stringify(velocity);
  }

  move(velocity: Velocity): Promise<void> {
    this.#velocity = JSON.stringify(velocity);
    return this.#do(`move ${velocity.pan} ${velocity.tilt} ${velocity.zoom}`);
  }

  stop(): Promise<void> {
    this.#velocity = '';
    return this.#do('stop');
  }

  goHome(): Promise<void> {
    return this.#do('home');
  }

  async presets(): Promise<readonly Preset[]> {
    await this.#do('presets');
    return this.kept;
  }

  recall(preset: string): Promise<void> {
    return this.#do(`recall ${preset}`);
  }

  save(name: string, preset: string | null): Promise<void> {
    return this.#do(`save ${name} ${preset}`);
  }

  remove(preset: string): Promise<void> {
    return this.#do(`remove ${preset}`);
  }

  #do(what: string): Promise<void> {
    this.done.push(what);
    return this.failure === null ? Promise.resolve() : Promise.reject(this.failure);
  }
}

/** Cameras in memory. */
export class FakeCameraDesk implements CameraDesk {
  /** Live views that are open; tests feed them. */
  readonly watchers = new Set<LiveWatcher>();
  /** The same for every camera. */
  readonly mover = new FakeMover();
  readonly #tiles: () => readonly TileStatus[];

  constructor(tiles: () => readonly TileStatus[]) {
    this.#tiles = tiles;
  }

  watch(camera: string, watcher: LiveWatcher): () => void {
    this.#require(camera);
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  ptz(camera: string): CameraMover {
    this.#require(camera);
    return this.mover;
  }

  #require(camera: string): void {
    if (this.#tiles().some((tile) => tile.camera === camera)) return;
    throw new GlasshallError('unknown-camera', `no camera ${camera}`, { camera });
  }
}
