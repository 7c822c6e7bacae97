/** Something that holds a resource. `close` is idempotent and resolves when everything it held is gone. */
export interface Closable {
  close(): Promise<void>;
}

/** Closes what was opened, last opened first; one failing close does not keep the others from closing. */
export class CloseStack implements Closable {
  readonly #closers: (() => Promise<void> | void)[] = [];
  #closing: Promise<void> | null = null;

  /** Remembers how to close something. Returns the thing, so that opening and remembering are one line. */
  add<T extends Closable>(closable: T): T {
    this.#closers.push(() => closable.close());
    return closable;
  }

  /** Remembers a closing step that is not an object of its own. */
  defer(step: () => Promise<void> | void): void {
    this.#closers.push(step);
  }

  /** @throws AggregateError with every failure, after all have been tried. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'closing failed');
  }
}
