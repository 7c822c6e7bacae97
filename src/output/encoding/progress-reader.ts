import { LineSplitter } from '../../ffmpeg/line-splitter.js';

/** Makes ffmpeg say on its standard output how far it is. */
export const PROGRESS_OPTIONS = ['-progress', 'pipe:1', '-stats_period', '0.5'] as const;

/** Reads what ffmpeg says there: `frame=120` and more, twice a second. */
export class ProgressReader {
  #frames = 0;
  readonly #splitter = new LineSplitter((line) => {
    const frames = /^frame=\s*(\d+)/.exec(line)?.[1];
    if (frames !== undefined) this.#frames = Number(frames);
  });

  /** @returns frames that have left the encoder since the last call */
  push(bytes: Buffer): number {
    const before = this.#frames;
    this.#splitter.push(bytes);
    return this.#frames - before;
  }
}
