/** Time between two starts. Loading ffmpeg costs tens of milliseconds of CPU; many at once would cost the wall its ticks. */
const GAP_MS = 25;
/** Between two urgent ones: the wall keeps the old picture until all of them are there. */
const URGENT_GAP_MS = 5;

type Waiting = { readonly urgent: boolean; readonly go: () => void };

/** Lets children start one after another. Urgent ones (a picture somebody waits for) go before the others. */
export class StartGate {
  readonly #gapMs: number;
  readonly #waiting: Waiting[] = [];
  #busy = false;

  constructor(gapMs: number = GAP_MS) {
    this.#gapMs = gapMs;
  }

  /** Resolves when it is the caller's turn. */
  pass(urgent: boolean): Promise<void> {
    return new Promise((go) => {
      const place = urgent ? this.#waiting.findIndex((other) => !other.urgent) : -1;
      this.#waiting.splice(place === -1 ? this.#waiting.length : place, 0, { urgent, go });
      if (!this.#busy) this.#next();
    });
  }

  #next(): void {
    const first = this.#waiting.shift();
    this.#busy = first !== undefined;
    if (first === undefined) return;
    first.go();
    const gapMs = first.urgent ? Math.min(this.#gapMs, URGENT_GAP_MS) : this.#gapMs;
    setTimeout(() => this.#next(), gapMs).unref();
  }
}

/** One gate for all children of this process: the cores are shared by all of them. */
export const startGate = new StartGate();
