import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Closable } from '../../core/closing.js';
import { pause } from './pause.js';

/** Where a camera can be asked whether it is there, by the protocol that it speaks at that port. */
export type DoorAddress = {
  readonly protocol: 'rtsp' | 'rtsps' | 'http';
  readonly host: string;
  readonly port: number;
};

/** From one knock to the next at a door that does not answer, and within which an open one answers. */
const KNOCK_EVERY_MS = 500;
/** From one knock to the next at a door that is open: whatever is wrong there is not mended by knocking. */
const KNOCK_WHEN_OPEN_MS = 5_000;
const CONNECT_MS = 2_000;
/** One connection is tried for so long: a camera that hangs collects those that are given up. */
const CONNECTION_MS = 10_000;

/** The door of an RTSP address; null for what is none. */
export function doorOf(url: string): DoorAddress | null {
  const parts = /^(rtsps?):\/\/(?:[^/?#]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?/i.exec(url);
  if (parts === null) return null;
  const [, scheme = '', host = '', port] = parts;
  const protocol = scheme.toLowerCase() === 'rtsps' ? 'rtsps' : 'rtsp';
  return {
    protocol,
    host: host.replaceAll(/[[\]]/g, ''),
    port: port === undefined ? (protocol === 'rtsps' ? 322 : 554) : Number(port),
  };
}

/**
 * Knocks at a camera that is away, so that it need not wait for the next planned try when it comes back: a request that
 * every server answers without a password (OPTIONS, RFC 2326 section 10.1), twice a second, on one connection at a time.
 * A hanging process accepts connections and answers nothing; a line that was cut swallows what was sent. So the question is
 * asked again on the same connection, and the connection is made anew every ten seconds.
 */
export class Door implements Closable {
  readonly #address: DoorAddress;
  readonly #onOpened: () => void;
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;
  #wasClosed = false;

  /** @param onOpened called each time the camera answers after it had not */
  constructor(address: DoorAddress, onOpened: () => void) {
    this.#address = address;
    this.#onOpened = onOpened;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const isOpen = await this.#knock();
      if (isOver()) return;
      if (isOpen && this.#wasClosed) this.#onOpened();
      this.#wasClosed = !isOpen;
      await pause(isOpen ? KNOCK_WHEN_OPEN_MS : KNOCK_EVERY_MS, [signal]);
    }
  }

  /** One connection, until it answers, fails, or has had its time. */
  #knock(): Promise<boolean> {
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const socket = this.#connect();
      const timers: NodeJS.Timeout[] = [];
      const end = (isOpen: boolean): void => {
        for (const timer of timers) clearTimeout(timer);
        signal.removeEventListener('abort', give);
        socket.removeAllListeners('data');
        socket.destroy();
        resolve(isOpen);
      };
      const give = (): void => end(false);
      signal.addEventListener('abort', give);
      const connecting = setTimeout(give, CONNECT_MS);
      timers.push(connecting, setTimeout(give, CONNECTION_MS));
      // Why it is closed is what the next try says.
      socket.on('error', give);
      socket.once('close', give);
      socket.once(this.#address.protocol === 'rtsps' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting);
        let sequence = 0;
        const ask = (): void => {
          // Nothing came within the time of an open door.
          if (sequence > 0) this.#wasClosed = true;
          sequence += 1;
          socket.write(this.#question(sequence));
        };
        ask();
        timers.push(setInterval(ask, KNOCK_EVERY_MS));
      });
      let said = '';
      socket.on('data', (bytes: Buffer) => {
        said += bytes.toString('latin1', 0, 64);
        if (/^(?:RTSP|HTTP)\/\d\.\d \d{3}/.test(said)) end(true);
        else if (said.length > 64) end(false);
      });
    });
  }

  #connect(): Socket {
    const { protocol, host, port } = this.#address;
    // Nothing secret is said, so whoever answers may: the real connection checks.
    return protocol === 'rtsps' ? connectTls({ host, port, rejectUnauthorized: false }) : connectTcp({ host, port });
  }

  #question(sequence: number): string {
    const { protocol, host, port } = this.#address;
    const name = host.includes(':') ? `[${host}]` : host;
    return protocol === 'http'
      ? `OPTIONS * HTTP/1.1\r\nHost: ${name}:${port}\r\nContent-Length: 0\r\n\r\n`
      : `OPTIONS ${protocol}://${name}:${port}/ RTSP/1.0\r\nCSeq: ${sequence}\r\n\r\n`;
  }
}
