import { GlasshallError } from '../core/errors.js';

/** Lets so many pieces of work run at a time, a bounded number wait in line, and turns the rest away. */
export class Gate {
  readonly #width: number;
  readonly #maximumWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number, maximumWaiting: number) {
    this.#width = width;
    this.#maximumWaiting = maximumWaiting;
  }

  /** @throws GlasshallError `busy` when too many wait already, and whatever the work throws */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#maximumWaiting)
        throw new GlasshallError('busy', 'too much is asked for at once');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed to the next in line, so nobody can slip in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
