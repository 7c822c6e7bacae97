import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { backoffMs } from '../../../core/backoff.js';
import { monotonicMs } from '../../../core/clock.js';
import { reasonOf } from '../../network-errors.js';

/** The IPv4 address of a node, which may have to be looked up: Art-Net knows no other. */
export class NodeAddress {
  readonly #host: string;
  #current: string | null;
  #problem: string | null = null;
  #attempt = 0;
  #notBeforeMs = 0;
  #lookingUp: Promise<void> | null = null;

  constructor(host: string) {
    this.#host = host;
    this.#current = isIPv4(host) ? host : null;
  }

  get current(): string | null {
    return this.#current;
  }

  /** Why there is no address. */
  get problem(): string | null {
    return this.#current === null ? this.#problem : null;
  }

  /** Looks the name up again, unless that was done lately; the wait grows from time to time. Never rejects. */
  refresh(): Promise<void> {
    if (isIPv4(this.#host) || (this.#lookingUp === null && monotonicMs() < this.#notBeforeMs)) return Promise.resolve();
    this.#lookingUp ??= this.#lookUp().finally(() => (this.#lookingUp = null));
    return this.#lookingUp;
  }

  async #lookUp(): Promise<void> {
    this.#attempt += 1;
    this.#notBeforeMs = monotonicMs() + backoffMs(this.#attempt);
    try {
      this.#current = (await lookup(this.#host, { family: 4 })).address;
    } catch (failure) {
      this.#problem = reasonOf(failure);
    }
  }
}
