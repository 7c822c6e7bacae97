/**
 * The cameras: what they are, how they are reached, and their pictures at any size in slots of shared memory,
 * or as the camera sends them.
 * Each is connected for ever and on its own; one that fails changes its own status and nothing else.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { FrameSlot } from '../core/frame-slot.js';
import type { Fit, Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import type { Redactor } from '../core/secrets.js';
import { Camera, type CameraStatus } from './camera.js';
import { LiveView, type LiveWatcher } from './live-view.js';
import { OnvifDirectory } from './onvif/onvif-directory.js';
import type { CameraOptions } from './options.js';
import { Picture, type PictureReport } from './picture.js';
import type { Mover } from './ptz/mover.js';
import { PlainDirectory } from './plain-directory.js';
import { passwordInside } from './rtsp-address.js';
import type { StreamDirectory } from './stream-directory.js';

export type { CameraStatus } from './camera.js';
export type { PictureReport } from './picture.js';
export type { LiveFragment, LiveStream, LiveWatcher } from './live-view.js';
export type { Mover } from './ptz/mover.js';
export { KEEPS_PICTURE_MS } from './health/picture-health.js';

/** A decoder goes on for so long after its last user: a take swaps program and preview. */
const LINGER_MS = 1_000;

/** A camera's picture at one size, as long as it is not released. */
export interface CameraPicture {
  readonly slot: FrameSlot;
  /** Resolves at the first picture that is published into the slot; at once when there has been one. */
  ready(): Promise<void>;
  /** Whether new pictures come, and differ from each other. */
  isLive(): boolean;
  report(): PictureReport;
  /** Idempotent. */
  release(): void;
}

/** What is asked for: the exact size of a cell in wall pixels, even or odd. */
export type PictureRequest = Size & {
  readonly camera: string;
  readonly fit: Fit;
  /** Pictures need not follow each other sooner than this; all are wanted where it is not said. */
  readonly leastIntervalMs?: number;
};

type Watch = { view: LiveView; readonly camera: string; readonly watcher: LiveWatcher };
type Shared = { picture: Picture; readonly request: PictureRequest; users: number; linger: NodeJS.Timeout | null };

export type CameraPoolOptions = {
  readonly cameras: readonly CameraOptions[];
  readonly log: Logger;
  /** Learns the cameras' passwords. */
  readonly redactor: Redactor;
};

export type CameraPoolEvents = {
  /** A camera's connection is another than before. */
  status: [CameraStatus];
  /** What can be said of one of a camera's pictures changed. */
  picture: [camera: string];
};

export class CameraPool extends EventEmitter<CameraPoolEvents> implements Closable {
  readonly #log: Logger;
  readonly #redactor: Redactor;
  #cameras = new Map<string, Camera>();
  readonly #pictures = new Map<string, Shared>();
  readonly #watches = new Set<Watch>();
  readonly #closing = new Set<Promise<void>>();
  #closed: Promise<void> | null = null;

  /** Connects every camera; waits for none. */
  static start(options: CameraPoolOptions): CameraPool {
    return new CameraPool(options);
  }

  private constructor({ cameras, log, redactor }: CameraPoolOptions) {
    super();
    this.#log = log;
    this.#redactor = redactor;
    for (const options of cameras) this.#cameras.set(options.id, this.#connect(options));
  }

  /** In configured order. */
  status(): readonly CameraStatus[] {
    return [...this.#cameras.values()].map((camera) => camera.status());
  }

  /**
   * The camera's picture at a size. Equal requests share one decoder.
   * @throws GlasshallError `unknown-camera`
   */
  acquire(request: PictureRequest): CameraPicture {
    const camera = this.#camera(request.camera);
    const key = `${request.camera} ${request.widthPx}x${request.heightPx} ${request.fit} ${request.leastIntervalMs ?? 0}`;
    const shared = this.#pictures.get(key) ?? this.#open(key, camera, request);
    shared.users += 1;
    if (shared.linger !== null) clearTimeout(shared.linger);
    shared.linger = null;
    let released = false;
    return {
      slot: shared.picture.slot,
      ready: () => shared.picture.ready(),
      isLive: () => shared.picture.isLive(),
      report: () => shared.picture.report(),
      release: () => {
        if (released) return;
        released = true;
        shared.users -= 1;
        if (shared.users === 0 && this.#closed === null)
          shared.linger = setTimeout(() => this.#drop(key, shared), LINGER_MS);
      },
    };
  }

  /**
   * The camera's pictures as it sends them, until the returned function is called. Costs nothing but handing them on.
   * @throws GlasshallError `unknown-camera`
   */
  watch(cameraId: string, watcher: LiveWatcher): () => void {
    const watch = { view: new LiveView(this.#camera(cameraId), watcher), camera: cameraId, watcher };
    this.#watches.add(watch);
    return () => {
      if (this.#watches.delete(watch)) this.#keep(watch.view.close());
    };
  }

  /** How a camera is turned. @throws GlasshallError `unknown-camera` */
  ptz(cameraId: string): Mover {
    return this.#camera(cameraId).mover;
  }

  /**
   * Other cameras from now on. Those whose options stay the same go on undisturbed; the pictures of one that changed go on in
   * their slots with the new one; those of one that is gone get no more frames.
   */
  async update(cameras: readonly CameraOptions[]): Promise<void> {
    if (this.#closed !== null) return;
    const before = this.#cameras;
    this.#cameras = new Map(
      cameras.map((options) => {
        const known = before.get(options.id);
        return [options.id, known?.has(options) === true ? known : this.#connect(options)];
      }),
    );
    const leaving = [...before.values()].filter((camera) => this.#cameras.get(camera.id) !== camera);
    for (const [key, shared] of this.#pictures) {
      if (!leaving.some(({ id }) => id === shared.request.camera)) continue;
      const successor = this.#cameras.get(shared.request.camera);
      this.#keep(shared.picture.close());
      if (successor === undefined) this.#pictures.delete(key);
      else shared.picture = this.#picture(successor, shared.request, shared.picture.slot);
    }
    for (const watch of this.#watches) {
      if (!leaving.some(({ id }) => id === watch.camera)) continue;
      this.#keep(watch.view.close());
      const successor = this.#cameras.get(watch.camera);
      if (successor === undefined) this.#watches.delete(watch);
      else watch.view = new LiveView(successor, watch.watcher);
    }
    await Promise.all(leaving.map((camera) => camera.close()));
    for (const camera of this.#cameras.values()) this.emit('status', camera.status());
  }

  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    for (const [key, shared] of this.#pictures) this.#drop(key, shared);
    for (const { view } of this.#watches) this.#keep(view.close());
    this.#watches.clear();
    await Promise.all([...this.#closing, ...[...this.#cameras.values()].map((camera) => camera.close())]);
    this.removeAllListeners();
  }

  #camera(id: string): Camera {
    const camera = this.#cameras.get(id);
    if (camera !== undefined && this.#closed === null) return camera;
    throw new GlasshallError('unknown-camera', `there is no camera ${id}`, { camera: id });
  }

  #connect(options: CameraOptions): Camera {
    for (const secret of secretsOf(options)) this.#redactor.add(secret);
    const log = this.#log.child({ camera: options.id });
    const camera = new Camera({ options, directory: directoryOf(options), log, redactor: this.#redactor });
    let before = '';
    camera.on('change', () => {
      const status = camera.status();
      const now = JSON.stringify({ ...status, lastFragmentAtMs: null });
      if (now === before) return;
      before = now;
      this.emit('status', status);
    });
    return camera;
  }

  #open(key: string, camera: Camera, request: PictureRequest): Shared {
    const shared: Shared = { picture: this.#picture(camera, request, null), request, users: 0, linger: null };
    this.#pictures.set(key, shared);
    return shared;
  }

  /** @param slot to go on in; null: a new one */
  #picture(camera: Camera, request: PictureRequest, slot: FrameSlot | null): Picture {
    const { widthPx, heightPx, fit, leastIntervalMs = 0 } = request;
    const picture = new Picture({
      ...{ camera, widthPx, heightPx, fit, leastIntervalMs, slot },
      frozenAfterMs: camera.frozenAfterMs,
      log: this.#log.child({ camera: camera.id }),
      redactor: this.#redactor,
    });
    picture.on('health', () => this.emit('picture', camera.id));
    return picture;
  }

  #drop(key: string, shared: Shared): void {
    if (shared.linger !== null) clearTimeout(shared.linger);
    if (this.#pictures.get(key) === shared) this.#pictures.delete(key);
    this.#keep(shared.picture.close());
  }

  /** Something that is closing, waited for at the end. */
  #keep(work: Promise<void>): void {
    const closing = work.finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

function directoryOf(options: CameraOptions): StreamDirectory {
  if (options.rtsp !== undefined) return new PlainDirectory(options.rtsp);
  if (options.onvif !== undefined) return new OnvifDirectory(options.onvif);
  throw new RangeError(`camera ${options.id} has neither onvif nor rtsp`);
}

function secretsOf({ onvif, rtsp }: CameraOptions): string[] {
  if (onvif !== undefined) return [onvif.password];
  return rtsp === undefined ? [] : [rtsp.password, passwordInside(rtsp.main), passwordInside(rtsp.sub ?? '')];
}
