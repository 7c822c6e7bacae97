/** Sleeps that end together: whoever sleeps when the connection ends wakes at once. */
export class Sleeper {
  readonly #wakers = new Set<(completed: boolean) => void>();
  #isClosed = false;

  /** @returns whether the whole time passed */
  sleep(milliseconds: number): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const wake = (completed: boolean): void => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve(completed);
      };
      const timer = setTimeout(() => wake(true), milliseconds);
      this.#wakers.add(wake);
    });
  }

  /** Ends every sleep, and those that are still to come. */
  wakeAll(): void {
    this.#isClosed = true;
    for (const wake of this.#wakers) wake(false);
  }
}
