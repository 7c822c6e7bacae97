import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../../core/closing.js';
import type { ObsServer } from './server.js';

/** The port of its own that obs-websocket clients expect (4455 in OBS). Plain HTTP is told to come back as a WebSocket. */
export class ObsListener implements Closable {
  readonly #server: Server;
  readonly port: number;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @throws Error with the code of the system when the port cannot be had */
  static async open(server: ObsServer, host: string, port: number): Promise<ObsListener> {
    const http = createServer((_request, response) => {
      response.writeHead(426, { Connection: 'close', Upgrade: 'websocket', 'Content-Type': 'text/plain' });
      response.end('This port speaks obs-websocket v5.\n');
    });
    http.on('upgrade', (request, socket, head) => server.handleUpgrade(request, socket, head));
    http.on('clientError', (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen({ host, port }, () => {
        http.off('error', reject);
        resolve();
      });
    });
    return new ObsListener(http, (http.address() as AddressInfo).port);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      // Closing what is closed already is reported as an error, and is what `close` is allowed to be.
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
