/**
 * An RTSP server (RFC 2326): every stream under its own path, RTP interleaved or by UDP, digest authentication, many clients.
 * What a client receives first is the stream's affair; a client that does not read is dropped, not waited for.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { RtspConnection } from './connection.js';
import type { RtspServerOptions } from './served-stream.js';

const SWEEP_INTERVAL_MS = 1_000;

/** Listens from `listen` to `close`, and can begin again at the same port. */
export class RtspServer {
  readonly #options: RtspServerOptions;
  readonly #connections = new Set<RtspConnection>();
  #server: Server | null = null;
  #sweep: NodeJS.Timeout | null = null;
  #port: number;
  #isBlackHole = false;

  constructor(options: RtspServerOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** The TCP port: a free one, chosen when first listening, then kept. */
  get port(): number {
    return this.#port;
  }

  /** @throws Error of the system when the port is taken or the address is not this machine's */
  async listen(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((socket) => this.#accept(socket));
    server.maxConnections = this.#options.maximumConnections;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, this.#options.host, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
    this.#sweep = setInterval(() => {
      for (const connection of this.#connections) connection.endIfSilent(this.#options.sessionTimeoutMs);
    }, SWEEP_INTERVAL_MS);
  }

  /** Whether everything that comes vanishes: connections stay open, and none of them will ever be answered again. */
  set isBlackHole(on: boolean) {
    this.#isBlackHole = on;
    if (on) for (const connection of this.#connections) connection.lose();
  }

  /** Ends every connection; the next ones are welcome. */
  async hangUp(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.close()));
  }

  /** Ends every connection and frees the port. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    if (this.#sweep !== null) clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await this.hangUp();
    await closed;
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    const connection = new RtspConnection(socket, this.#options);
    this.#connections.add(connection);
    if (this.#isBlackHole) connection.lose();
    void connection.ended.then(() => this.#connections.delete(connection));
  }
}
