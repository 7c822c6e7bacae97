import type { EnginePicture, PictureView } from '../control/engine.js';
import type { CameraPicture, CameraPool } from '../camera/camera-pool.js';
import { BufferPool } from '../core/buffer-pool.js';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { FrameSlot } from '../core/frame-slot.js';
import type { Director } from './director.js';
import type { PaintedSource } from '../source/painted-source.js';
import type { PaintedSources } from '../source/painted-sources.js';
import { rgbOf } from '../wall/pixels.js';
import type { PreviewCanvas } from './preview-canvas.js';

/** A camera that nobody has looked at for this long is not decoded for its picture any more. */
const LOOKED_AT_MS = 10_000;
/** How long the first picture of a camera may take. */
const FIRST_PICTURE_MS = 3_000;
/** A few of the wall and one of each cell. */
const POOL_BYTES = 48 << 20;
/** Decoders of thumbnails give out no more than somebody may ask for, five a second, and never fewer. */
const THUMBNAIL_INTERVAL_MS = 140;
/** Those that pages ask for, so that nothing is scaled twice. */
const THUMBNAIL_WIDTHS_PX = [160, 240, 320, 640];

type Thumbnail = { readonly picture: CameraPicture; timer: NodeJS.Timeout };

/** What the pictures are taken from. */
export type PictureSources = {
  readonly program: FrameSlot;
  readonly director: Director;
  readonly preview: PreviewCanvas;
  readonly cameras: CameraPool;
  readonly painted: PaintedSources;
};

/** Copies of what is on air, what is prepared, and single cameras, for pages and snapshots; never in the way of the wall. */
export class Pictures implements Closable {
  readonly #sources: PictureSources;
  readonly #thumbnails = new Map<string, Thumbnail>();
  readonly #pool = new BufferPool(POOL_BYTES);

  constructor(sources: PictureSources) {
    this.#sources = sources;
  }

  /** @throws GlasshallError `unknown-camera`, `no-picture` */
  async picture(view: PictureView, maximumWidthPx: number): Promise<EnginePicture> {
    if (view.kind === 'program') return this.#copyOf(this.#sources.program, 'program');
    if (view.kind === 'preview') return this.#preview();
    return this.#camera(view.camera, maximumWidthPx);
  }

  async close(): Promise<void> {
    for (const thumbnail of this.#thumbnails.values()) {
      clearTimeout(thumbnail.timer);
      thumbnail.picture.release();
    }
    this.#thumbnails.clear();
    await Promise.resolve();
  }

  #preview(): EnginePicture {
    const { director, preview, program } = this.#sources;
    const staging = director.preview;
    if (staging === null) throw new GlasshallError('no-picture', 'nothing is on preview', { view: 'preview' });
    const { bytes: rgb, release } = this.#pool.take(preview.size.widthPx * preview.size.heightPx * 3);
    preview.compose(staging, rgb);
    return { ...preview.size, rgb, tick: program.publishedCount, timeMs: Date.now(), release };
  }

  async #camera(camera: string, maximumWidthPx: number): Promise<EnginePicture> {
    const { director, cameras, painted } = this.#sources;
    const source = painted.get(camera);
    if (source !== null) return this.#painted(source, camera, maximumWidthPx);
    const status = cameras.status().find((each) => each.camera === camera);
    if (status === undefined) throw new GlasshallError('unknown-camera', `no camera is called "${camera}"`, { camera });
    const shape = status.stream ?? { widthPx: 16, heightPx: 9 };
    const staged = director.program?.wholePictureOf(camera, shape) ?? director.preview?.wholePictureOf(camera, shape);
    if (staged !== null && staged !== undefined) return this.#copyOf(staged.slot, camera);
    const widthPx = THUMBNAIL_WIDTHS_PX.find((width) => width >= maximumWidthPx) ?? 640;
    const heightPx = Math.max(2, Math.round((widthPx * shape.heightPx) / shape.widthPx));
    const picture = this.#lookAt(camera, widthPx, heightPx);
    if (!picture.isLive()) await withDeadline(picture.ready(), FIRST_PICTURE_MS, camera);
    return this.#copyOf(picture.slot, camera);
  }

  /** As it is on the wall, where it is there; otherwise in the wall's shape. */
  async #painted(source: PaintedSource, id: string, maximumWidthPx: number): Promise<EnginePicture> {
    const { director, program } = this.#sources;
    const shown = [director.program, director.preview].flatMap((staging) => staging?.cells ?? []);
    const { widthPx, heightPx } = shown.find((cell) => cell.source === id)?.rectangle ?? program.handle;
    const scale = Math.min(1, maximumWidthPx / widthPx);
    const size = {
      widthPx: Math.max(1, Math.round(widthPx * scale)),
      heightPx: Math.max(1, Math.round(heightPx * scale)),
    };
    const { bitmap } = await source.paint(size, 'contain');
    const rgb = Buffer.from(rgbOf(bitmap));
    return { ...size, rgb, tick: program.publishedCount, timeMs: Date.now(), release: () => undefined };
  }

  /** A whole frame out of a slot, as a copy of its own. */
  #copyOf(slot: FrameSlot, view: string): EnginePicture {
    const { widthPx, heightPx } = slot.handle;
    const first = slot.read();
    if (first === null) throw new GlasshallError('no-picture', 'there is no picture yet', { view });
    const { bytes: rgb, release } = this.#pool.take(widthPx * heightPx * 3);
    for (let frame = first; ; frame = slot.read() ?? frame) {
      const { sequence, publishedAtMs } = frame;
      rgb.set(frame.pixels);
      if (!slot.isIntact(sequence)) continue;
      const timeMs = Date.now() - (monotonicMs() - publishedAtMs);
      return { widthPx, heightPx, rgb, tick: sequence, timeMs, release };
    }
  }

  #lookAt(camera: string, widthPx: number, heightPx: number): CameraPicture {
    const key = `${camera} ${widthPx}x${heightPx}`;
    let thumbnail = this.#thumbnails.get(key);
    if (thumbnail === undefined) {
      const picture = this.#sources.cameras.acquire({
        ...{ camera, widthPx, heightPx, fit: 'contain' },
        leastIntervalMs: THUMBNAIL_INTERVAL_MS,
      });
      const timer = setTimeout(() => {
        this.#thumbnails.delete(key);
        picture.release();
      }, LOOKED_AT_MS);
      thumbnail = { picture, timer };
      this.#thumbnails.set(key, thumbnail);
    }
    thumbnail.timer.refresh();
    return thumbnail.picture;
  }
}

async function withDeadline(promise: Promise<void>, limitMs: number, camera: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new GlasshallError('no-picture', `camera "${camera}" gives no picture now`, { view: camera }));
    }, limitMs);
  });
  try {
    await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
