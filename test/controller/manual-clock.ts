import type { ControllerClock } from '../../src/controller/controller-clock.js';

type Task = { readonly atMs: number; readonly action: () => void };

/** A clock that stands still until it is moved. */
export class ManualClock implements ControllerClock {
  readonly #tasks = new Set<Task>();
  #nowMs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const task = { atMs: this.#nowMs + ms, action };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** When the next thing is planned, null when nothing is. */
  get nextInMs(): number | null {
    const times = [...this.#tasks].map(({ atMs }) => atMs - this.#nowMs);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Lets time pass, and does what is due. Between two things everything that was begun is finished. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await settled();
      const next = [...this.#tasks].filter(({ atMs }) => atMs <= endMs).sort((one, other) => one.atMs - other.atMs)[0];
      if (next === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.#tasks.delete(next);
      next.action();
    }
    this.#nowMs = endMs;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
