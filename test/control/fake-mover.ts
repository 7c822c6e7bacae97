import type { Preset } from '../../src/camera/ptz/ptz.js';
import type { CameraMover } from '../../src/control/engine.js';
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
