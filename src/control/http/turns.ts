import { GlasshallError } from '../../core/errors.js';

/** More requests than that wait for nobody. */
const MOST_WAITING = 1_000;

/**
 * Lets requests begin one at a time, in the order in which they came, each in a turn of the event loop of its own. A flood of
 * them then takes no longer between two looks at the other sockets than its longest request, and a button that is pressed
 * meanwhile is not behind hundreds of them. Without a flood nobody waits.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /**
   * Resolves when it is the caller's turn.
   * @throws GlasshallError `busy` when too many wait already
   */
  async next(): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      setImmediate(this.#pass);
      return;
    }
    if (this.#waiting.length >= MOST_WAITING) throw new GlasshallError('busy', 'too much is asked for at once');
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  readonly #pass = (): void => {
    const resolve = this.#waiting.shift();
    this.#isTaken = resolve !== undefined;
    if (resolve === undefined) return;
    resolve();
    setImmediate(this.#pass);
  };
}
