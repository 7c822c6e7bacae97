import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { backoffMs } from '../../../core/backoff.js';
import { monotonicMs } from '../../../core/clock.js';
import { fileReasonOf } from '../../file-errors.js';
import { copyNewest } from '../../thread/newest-frame.js';
import { runOutputThread, type OutputThreadContext, type OutputWork } from '../../thread/output-thread.js';
import type { FileOptions } from './options.js';

/** Writes every picture to `ID-TICK.png`, whole or not at all. */
class FileWork implements OutputWork {
  readonly #thread: OutputThreadContext<FileOptions>;
  readonly #directory: string;
  readonly #pixels: Buffer;
  readonly #working: Promise<void>;
  /** Names of what is written, the oldest first; null until the folder was looked at. */
  #written: string[] | null = null;
  #sequence = 0;
  #failures = 0;
  #nextTryMs = 0;
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(thread: OutputThreadContext<FileOptions>) {
    const { options, size, gauge } = thread;
    this.#thread = thread;
    this.#directory = resolve(options.directory);
    this.#pixels = Buffer.alloc(size.widthPx * size.heightPx * 3);
    gauge.isTaking = true;
    this.#working = this.#work();
  }

  async close(isSilent: boolean): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#working;
    if (!isSilent) await this.#writeNewest();
  }

  async #work(): Promise<void> {
    const { gauge } = this.#thread;
    while (!this.#isClosed) {
      const known = gauge.announced;
      await this.#writeNewest();
      if (this.#closedYet()) return;
      const closed = new Promise<void>((wake) => (this.#wake = wake));
      await Promise.race([gauge.announcedAfter(known), closed]);
    }
  }

  async #writeNewest(): Promise<void> {
    const { options, frames, gauge, report } = this.#thread;
    if (frames.publishedCount === this.#sequence || monotonicMs() < this.#nextTryMs) return;
    gauge.isBusy = true;
    const sequence = copyNewest(frames, this.#pixels);
    const tick = gauge.tickOf(sequence ?? 0);
    if (sequence !== null && tick % options.every === 0) {
      try {
        await this.#write(tick);
        this.#failures = 0;
        gauge.isTaking = true;
        report({ state: 'reachable', reason: null });
      } catch (failure) {
        this.#failures += 1;
        this.#nextTryMs = monotonicMs() + backoffMs(this.#failures);
        gauge.isTaking = false;
        report({ state: 'unreachable', reason: fileReasonOf(failure) });
      }
    }
    this.#sequence = sequence ?? 0;
    gauge.isBusy = false;
  }

  /** Behind a call, because it changes while a picture is written. */
  #closedYet(): boolean {
    return this.#isClosed;
  }

  async #write(tick: number): Promise<void> {
    const { options, size } = this.#thread;
    await mkdir(this.#directory, { recursive: true });
    const written = (this.#written ??= await this.#namesOf(options.id));
    const name = `${options.id}-${String(tick).padStart(8, '0')}.png`;
    // In the same folder, so that it can be renamed; hidden, and written over by the next one.
    const draft = join(this.#directory, `.${options.id}.png.part`);
    const raw = { width: size.widthPx, height: size.heightPx, channels: 3 } as const;
    try {
      await sharp(this.#pixels, { raw }).png({ compressionLevel: 1 }).toFile(draft);
    } catch (failure) {
      // libvips wraps what the system said into words; the folder itself says it again.
      await stat(this.#directory);
      await rm(draft, { force: true });
      throw /No space left/.test(String(failure)) ? Object.assign(new Error('disk full'), { code: 'ENOSPC' }) : failure;
    }
    await rename(draft, join(this.#directory, name));
    written.push(name);
    for (const oldest of written.splice(0, written.length - options.maximumFiles)) {
      if (!written.includes(oldest)) await rm(join(this.#directory, oldest), { force: true });
    }
  }

  /** What an earlier start has left, the oldest first. */
  async #namesOf(id: string): Promise<string[]> {
    const pattern = new RegExp(`^${id}-\\d{8,}\\.png$`);
    const names = (await readdir(this.#directory)).filter((name) => pattern.test(name));
    const aged = await Promise.all(
      names.map(async (name) => ({ name, atMs: (await stat(join(this.#directory, name))).mtimeMs })),
    );
    return aged.sort((a, b) => a.atMs - b.atMs).map(({ name }) => name);
  }
}

/** Entry of the thread of an output that writes files. */
runOutputThread<FileOptions>((thread) => new FileWork(thread));
