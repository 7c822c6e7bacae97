import { afterEach, beforeEach } from 'vitest';
import { openHall, tokens, type Hall } from './open-hall.js';
import { RawClient } from './raw-client.js';

/** A hall with operators for each test of a file, and the clients that connect to it; all of them end with the test. */
export class ObsHall {
  #hall: Hall | null = null;
  readonly #clients: RawClient[] = [];

  constructor(options: Parameters<typeof openHall>[0] = {}) {
    beforeEach(async () => {
      this.#hall = await openHall({ withOperators: true, ...options });
    });
    afterEach(async () => {
      for (const client of this.#clients.splice(0)) client.socket.terminate();
      await this.#hall?.close();
    });
  }

  get current(): Hall {
    if (this.#hall === null) throw new Error('there is no hall outside of a test');
    return this.#hall;
  }

  connect(
    address = `ws://127.0.0.1:${this.current.control.obsPort}`,
    protocols?: string[],
    headers?: Record<string, string>,
  ): RawClient {
    const client = new RawClient(address, protocols, headers);
    this.#clients.push(client);
    return client;
  }

  /** A client that has said who it is. */
  async identified(token: string = tokens.operator, more: Record<string, unknown> = {}): Promise<RawClient> {
    const client = this.connect();
    await client.identify(token, more);
    return client;
  }
}
