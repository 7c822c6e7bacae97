import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Closable } from '../../core/closing.js';
import { createListener, renewCertificate, type ListenerOptions } from '../listener.js';
import type { ObsServer } from './server.js';

/** The port of its own that obs-websocket clients expect (4455 in OBS). Plain HTTP is told to come back as a WebSocket. */
export class ObsListener implements Closable {
  readonly #server: Server | SecureServer;
  readonly port: number;

  private constructor(server: Server | SecureServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @throws Error with the code of the system when the port cannot be had */
  static async open(
    server: ObsServer,
    address: { readonly host: string; readonly port: number },
    options: Omit<ListenerOptions, 'label'>,
  ): Promise<ObsListener> {
    const http = createListener(
      (_request, response) => {
        response.writeHead(426, {
          Connection: 'close',
          Upgrade: 'websocket',
          'Content-Type': 'text/plain',
          'X-Content-Type-Options': 'nosniff',
        });
        response.end('This port speaks obs-websocket v5.\n');
      },
      { ...options, label: 'obs' },
    );
    http.on('upgrade', (request, socket, head) => server.handleUpgrade(request, socket, head));
    http.on('clientError', (_error, socket) => {
      options.tally.count('obs', 'bad-request');
      socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(address, () => {
        http.off('error', reject);
        resolve();
      });
    });
    return new ObsListener(http, (http.address() as AddressInfo).port);
  }

  /** Another certificate, where there is one. */
  renewCertificate(tls: SecureContextOptions): void {
    renewCertificate(this.#server, tls);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      // Closing what is closed already is reported as an error, and is what `close` is allowed to be.
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
