import type { LiveWatcher, Mover } from '../camera/camera-pool.js';

/** The cameras themselves, apart from what the wall shows of them. */
export interface CameraDesk {
  /**
   * A camera's pictures as it sends them, until the returned function is called; nothing is decoded for it.
   * @throws GlasshallError `unknown-camera`
   */
  watch(camera: string, watcher: LiveWatcher): () => void;
  /** How a camera is turned. @throws GlasshallError `unknown-camera` */
  ptz(camera: string): CameraMover;
}

/** Turns one camera. Everything throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with `reason`. */
export type CameraMover = Pick<
  Mover,
  'isMoving' | 'move' | 'stop' | 'goHome' | 'presets' | 'recall' | 'save' | 'remove'
>;
