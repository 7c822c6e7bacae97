import sharp, { type ResizeOptions, type Sharp } from 'sharp';
import type { Closable } from '../core/closing.js';
import { monotonicMs } from '../core/clock.js';
import { Gate } from './gate.js';
import type { EnginePicture, PictureView, WallEngine } from './engine.js';
import type { RgbPicture } from './pictures/jpeg/encoder.js';

/** Long enough that a burst of requests costs one encoding, short enough that nobody calls the picture old. */
const KEEP_MS = 100;
const MAXIMUM_KEPT = 16;
/** The thread pool that encodes also reads files and resolves names: pictures may not fill it. */
const ENCODINGS_AT_ONCE = 2;
const MAXIMUM_WAITING = 32;

export type SnapshotRequest = {
  readonly view: PictureView;
  readonly format: 'png' | 'jpeg';
  /** Size of the result; with one of them null its aspect ratio is kept, with both the source's size. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  /** JPEG quality 1 to 100, or PNG effort the other way round; null for the default. */
  readonly quality: number | null;
};

/** An encoded picture, and which frame it shows. */
export type Snapshot = {
  readonly bytes: Buffer;
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly tick: number;
  readonly timeMs: number;
};

type Kept = { readonly snapshot: Promise<Snapshot>; readonly atMs: number };

/**
 * Single pictures on request. The same picture asked for many times at once, or again at once, is encoded once;
 * after a command or a take nobody is given one from before.
 */
export class Snapshots implements Closable {
  readonly #engine: WallEngine;
  readonly #gate = new Gate(ENCODINGS_AT_ONCE, MAXIMUM_WAITING);
  readonly #kept = new Map<string, Kept>();
  readonly #forget = (): void => this.#kept.clear();

  constructor(engine: WallEngine) {
    this.#engine = engine;
    for (const event of ['state', 'taken', 'reloaded'] as const) engine.on(event, this.#forget);
  }

  /** @throws GlasshallError `unknown-camera`, `no-picture`, `busy` */
  take(request: SnapshotRequest): Promise<Snapshot> {
    const key = JSON.stringify(request);
    const nowMs = monotonicMs();
    const kept = this.#kept.get(key);
    if (kept !== undefined && nowMs - kept.atMs < KEEP_MS) return kept.snapshot;
    const snapshot = this.#make(request);
    this.#kept.delete(key);
    this.#kept.set(key, { snapshot, atMs: nowMs });
    this.#trim(nowMs);
    return snapshot;
  }

  close(): Promise<void> {
    for (const event of ['state', 'taken', 'reloaded'] as const) this.#engine.off(event, this.#forget);
    this.#kept.clear();
    return Promise.resolve();
  }

  #trim(nowMs: number): void {
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size > MAXIMUM_KEPT || nowMs - kept.atMs >= KEEP_MS) this.#kept.delete(key);
    }
  }

  /** Waiting for a camera that has no picture yet holds nobody up: only the encoding takes a place in the gate. */
  async #make(request: SnapshotRequest): Promise<Snapshot> {
    const picture = await this.#engine.picture(request.view, request.widthPx ?? undefined);
    try {
      return await this.#gate.run(() => encode(picture, request));
    } finally {
      picture.release();
    }
  }
}

async function encode(picture: EnginePicture, request: SnapshotRequest): Promise<Snapshot> {
  const image = resize(picture, request.widthPx, request.heightPx);
  const { tick, timeMs } = picture;
  if (request.format === 'jpeg') {
    const bytes = await image.jpeg({ quality: request.quality ?? 85 }).toBuffer();
    return { bytes, mediaType: 'image/jpeg', tick, timeMs };
  }
  const compressionLevel = request.quality === null ? 3 : Math.round(((100 - request.quality) / 100) * 9);
  const bytes = await image.png({ compressionLevel }).toBuffer();
  return { bytes, mediaType: 'image/png', tick, timeMs };
}

/** The picture for sharp, at the wanted size: both sizes given fill exactly, one keeps the aspect ratio. */
export function resize(
  picture: RgbPicture,
  widthPx: number | null,
  heightPx: number | null,
  kernel: NonNullable<ResizeOptions['kernel']> = 'lanczos3',
): Sharp {
  const image = sharp(picture.rgb, { raw: { width: picture.widthPx, height: picture.heightPx, channels: 3 } });
  if (widthPx === null && heightPx === null) return image;
  // sharp keeps the other side as it was when it fills by one side alone.
  if (widthPx !== null && heightPx !== null) return image.resize(widthPx, heightPx, { fit: 'fill', kernel });
  return widthPx === null
    ? image.resize({ height: heightPx ?? picture.heightPx, kernel })
    : image.resize({ width: widthPx, kernel });
}
