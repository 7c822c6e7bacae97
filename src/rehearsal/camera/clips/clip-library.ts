/**
 * The recordings that simulated cameras play. They are drawn and encoded when first asked for, kept in a folder named after
 * the code that draws them, and read into memory once, however many cameras show them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Size } from '../../../core/geometry.js';
import type { Codec } from '../../../rtsp/access-unit.js';
import { type Clip, FRAMES_PER_SECOND, parseClip } from './clip.js';
import { ClipEncoder } from './encoder.js';
import { parseH265Clip, transcodeToH265 } from './h265-clip.js';
import { type ClipName, MAIN_STREAM_SIZE, SUB_STREAM_SIZE } from './recipe.js';
import { recipeOf } from './recipes.js';

/** Recordings are about this long; exactly, the next multiple of the distance between key frames. */
const TARGET_FRAMES = 12 * FRAMES_PER_SECOND;
const STALE_DRAFT_MS = 3_600_000;
const WRITES_BETWEEN_REPORTS = 10;

/** Recordings that are drawn at the same time: enough to keep two cores busy. */
const PARALLEL_DRAWINGS = 2;

/** Told while recordings are made: how much of the work is done, 0 to 1, and what is being made. */
export type ProgressListener = (fraction: number, label: string) => void;

/** Which recording, with which distance between key frames; H.264 unless something else is asked for. */
export type ClipRequest = { readonly name: ClipName; readonly gopFrames: number; readonly codec?: Codec };

/** The recordings of one cache folder. */
export class ClipLibrary {
  readonly #directory: string;
  readonly #loaded = new Map<string, Promise<Clip>>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param cacheDirectory where recordings are kept between runs; made if it does not exist */
  static async open(cacheDirectory: string): Promise<ClipLibrary> {
    const directory = join(cacheDirectory, `clips-${await recipeHash()}`);
    await mkdir(directory, { recursive: true });
    await removeStaleDrafts(directory);
    return new ClipLibrary(directory);
  }

  /**
   * Makes those that are not in the cache yet, main stream and sub-stream of each.
   * @throws GlasshallError `clip-encoding-failed`
   */
  async prepare(requests: readonly ClipRequest[], onProgress: ProgressListener = () => undefined): Promise<void> {
    const wanted = new Map(requests.map((request) => [`${request.name} ${request.gopFrames}`, request]));
    const missing: { request: ClipRequest; sizes: Size[] }[] = [];
    const present = new Set(await readdir(this.#directory));
    for (const request of wanted.values()) {
      const sizes = [MAIN_STREAM_SIZE, SUB_STREAM_SIZE].filter((size) => !present.has(fileName(request, size)));
      if (sizes.length > 0) missing.push({ request, sizes });
    }
    const fractions = missing.map(() => 0);
    const queue = missing.entries();
    const work = async (): Promise<void> => {
      for (const [index, { request, sizes }] of queue) {
        await this.#make(request, sizes, (fraction) => {
          fractions[index] = fraction;
          onProgress(fractions.reduce((sum, part) => sum + part, 0) / missing.length, recipeOf(request.name).title);
        });
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL_DRAWINGS }, work));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** A recording in memory, made first if need be. @throws GlasshallError `clip-encoding-failed`, `clip-unreadable` */
  load(request: ClipRequest, size: Size): Promise<Clip> {
    const name = fileName(request, size);
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const loading = this.#read(request, size).catch((failure: unknown) => {
      this.#loaded.delete(name);
      throw failure;
    });
    this.#loaded.set(name, loading);
    return loading;
  }

  async #read(request: ClipRequest, size: Size): Promise<Clip> {
    const path = join(this.#directory, fileName(request, size));
    const stream = await readFile(path).catch(async (failure: unknown) => {
      if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOENT')) throw failure;
      if (request.codec === 'h265') await this.#transcode(request, size);
      else await this.#make(request, [size], () => undefined);
      return readFile(path);
    });
    const parse = request.codec === 'h265' ? parseH265Clip : parseClip;
    return parse(request.name, size, request.gopFrames, stream);
  }

  /** The other codec is made of the recording as it is. */
  async #transcode(request: ClipRequest, size: Size): Promise<void> {
    const original: ClipRequest = { name: request.name, gopFrames: request.gopFrames };
    await this.load(original, size);
    const draft = join(this.#directory, `draft-${randomUUID()}`);
    await mkdir(draft);
    try {
      const made = join(draft, fileName(request, size));
      await transcodeToH265(join(this.#directory, fileName(original, size)), made, request.gopFrames);
      await rename(made, join(this.#directory, fileName(request, size)));
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async #make(request: ClipRequest, sizes: readonly Size[], onFraction: (fraction: number) => void): Promise<void> {
    const recipe = recipeOf(request.name);
    const groups = recipe.drawnAt === null ? sizes.map((size) => [size]) : [sizes];
    for (const [index, group] of groups.entries()) {
      const drawnAt = recipe.drawnAt ?? group[0] ?? SUB_STREAM_SIZE;
      await this.#encode(request, drawnAt, group, (fraction) => onFraction((index + fraction) / groups.length));
    }
  }

  async #encode(
    request: ClipRequest,
    drawnAt: Size,
    sizes: readonly Size[],
    onFraction: (fraction: number) => void,
  ): Promise<void> {
    const recipe = recipeOf(request.name);
    const frameCount = request.gopFrames * Math.max(1, Math.round(TARGET_FRAMES / request.gopFrames));
    const paint = await recipe.prepare(drawnAt, frameCount);
    // Written beside their place and renamed when whole: an interrupted start leaves no half recording behind.
    const draft = join(this.#directory, `draft-${randomUUID()}`);
    await mkdir(draft);
    const encoder = new ClipEncoder({
      size: drawnAt,
      gopFrames: request.gopFrames,
      noise: recipe.noise,
      preset: recipe.preset,
      ...(recipe.constantQuality === undefined ? {} : { constantQuality: recipe.constantQuality }),
      streams: sizes.map((size) => ({
        size,
        path: join(draft, fileName(request, size)),
        bitsPerSecond: bitsPerSecond(size),
      })),
    });
    try {
      const frame = new Uint8Array(drawnAt.widthPx * drawnAt.heightPx * 3);
      for (let index = 0; index < frameCount; index += 1) {
        paint(frame, index);
        await encoder.write(frame);
        if (index % WRITES_BETWEEN_REPORTS === 0) onFraction(index / frameCount);
      }
      await encoder.finish();
      for (const size of sizes) {
        await rename(join(draft, fileName(request, size)), join(this.#directory, fileName(request, size)));
      }
      onFraction(1);
    } finally {
      await encoder.abort();
      await rm(draft, { recursive: true, force: true });
    }
  }
}

/** Removes what a start left behind that was ended while it drew. Drafts of a start that goes on now are younger. */
async function removeStaleDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith('draft-')) continue;
    const path = join(directory, name);
    const modifiedMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (Date.now() - modifiedMs > STALE_DRAFT_MS) await rm(path, { recursive: true, force: true });
  }
}

function fileName(request: ClipRequest, size: Size): string {
  return `${request.name}-${size.widthPx}x${size.heightPx}-gop${request.gopFrames}.${request.codec ?? 'h264'}`;
}

/** About 4 Mbit/s for 1920 × 1080 and 0.5 Mbit/s for 640 × 360, as hall cameras are set. */
function bitsPerSecond(size: Size): number {
  const areaInSubStreams = (size.widthPx * size.heightPx) / (SUB_STREAM_SIZE.widthPx * SUB_STREAM_SIZE.heightPx);
  return Math.round(500_000 * areaInSubStreams ** 0.946);
}

/** A digest of everything that decides how recordings look: the code of this folder. */
async function recipeHash(): Promise<string> {
  const directory = fileURLToPath(new URL('.', import.meta.url));
  const names = (await readdir(directory, { recursive: true })).filter((name) => /(?<!\.d)\.[jt]s$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(await readFile(join(directory, name)));
  return hash.digest('hex').slice(0, 16);
}
