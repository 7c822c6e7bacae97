import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GlasshallError } from '../../core/errors.js';
import type { Fit, Size } from '../../core/geometry.js';
import { Paintings } from '../../paint/paintings.js';
import { paintSlate } from '../../paint/slate.js';
import type { PaintedSource, PaintedSourceContext, Painting } from '../painted-source.js';
import { paintImage } from '../../paint/image.js';
import type { ImageOptions } from './options.js';

/** In the sizes in which layouts show it. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** A file that cannot be shown is looked at again. */
const LOOK_AGAIN_MS = 5_000;

function noPaintings(): Paintings<Painting> {
  return new Paintings(KEPT_BYTES, ({ bitmap }) => bitmap.pixels.byteLength);
}

/** A still picture from a file, or a slate that says why there is none. */
export class ImageSource implements PaintedSource {
  readonly #name: string;
  readonly #file: string;
  readonly #context: PaintedSourceContext;
  #paintings = noPaintings();
  /** Which content of the file was painted last, null before that. */
  #stamp: string | null = null;
  #failure: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor({ name, file }: ImageOptions, context: PaintedSourceContext) {
    this.#name = name;
    this.#file = resolve(context.directory, file);
    this.#context = context;
  }

  async paint(size: Size, fit: Fit): Promise<Painting> {
    this.#stamp ??= await stampOf(this.#file);
    return this.#paintings.get(JSON.stringify([size, fit]), () => this.#paint(size, fit));
  }

  countsChanged(): void {
    // It shows none.
  }

  /** Takes the file as it is now, if it is another. */
  async refresh(): Promise<void> {
    const stamp = await stampOf(this.#file);
    if (this.#isClosed || this.#stamp === null || stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#paintings = noPaintings();
    this.#context.changed();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.resolve();
  }

  async #paint(size: Size, fit: Fit): Promise<Painting> {
    try {
      const bitmap = await paintImage(this.#file, size, fit);
      this.#failure = null;
      return { bitmap, needsPlate: true };
    } catch (failure) {
      if (!(failure instanceof GlasshallError)) throw failure;
      this.#report(failure);
      this.#lookAgain();
      const bitmap = await paintSlate({
        size,
        cameraName: this.#name,
        state: 'retrying',
        reason: failure.code,
        ...this.#context.locale,
      });
      return { bitmap, needsPlate: false };
    }
  }

  /** Once for each kind of failure. */
  #report({ code, message }: GlasshallError): void {
    if (code !== this.#failure) this.#context.log.error({ code, failure: message }, 'an image cannot be shown');
    this.#failure = code;
  }

  #lookAgain(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.refresh().finally(() => {
        if (this.#failure !== null) this.#lookAgain();
      });
    }, LOOK_AGAIN_MS);
  }
}

/** Tells one content of a file from another; a file that cannot be looked at has one, too. */
async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    (failure: unknown) => `none ${failure instanceof Error && 'code' in failure ? String(failure.code) : ''}`,
  );
}
