import type { Closable } from '../../core/closing.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';

/** Most cameras begin a connection with a key picture: only one that has not done so by then is asked for it. */
const FIRST_MS = 400;
/** A question may be lost, or come before the camera sends to us. */
const AGAIN_MS = 1_000;
/** Who has not sent one by then does not send one when asked. */
const MOST_REQUESTS = 4;

/** Asks for a key picture. @returns false where there is nobody to ask @throws when the camera cannot do it */
export type AskForKeyPicture = (signal: AbortSignal) => Promise<boolean>;

/**
 * Asks the camera for a key picture as long as a connection has none: where they are ten seconds apart, its pictures would
 * be there and could not be seen.
 */
export class KeyPictureRequest implements Closable {
  readonly #ask: AskForKeyPicture;
  readonly #log: Logger;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #asking: Promise<void> = Promise.resolve();
  #requests = 0;

  constructor(ask: AskForKeyPicture, log: Logger) {
    this.#ask = ask;
    this.#log = log;
  }

  /** The connection is being made. */
  begin(): void {
    this.#plan(FIRST_MS);
  }

  /** A key picture came, or the connection is over. */
  end(): void {
    this.#abort.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async close(): Promise<void> {
    this.end();
    await this.#asking;
  }

  #plan(waitMs: number): void {
    if (this.#abort.signal.aborted || this.#requests === MOST_REQUESTS) return;
    this.#timer = setTimeout(() => {
      this.#asking = this.#request();
    }, waitMs);
  }

  async #request(): Promise<void> {
    this.#requests += 1;
    try {
      if (await this.#ask(this.#abort.signal)) this.#plan(AGAIN_MS);
    } catch (error) {
      // A favour: without it the picture comes later.
      if (!this.#abort.signal.aborted) this.#log.debug({ error: messageOf(error) }, 'no key picture on request');
    }
  }
}
