import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { proxyUpgrade } from '../../src/rehearsal/led-screen/screen-proxy.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A main server that can do no more than show `/screen`: the built page, and the screen's pictures through `proxyUpgrade`. */
export class ScreenSite {
  readonly url: string;
  readonly #close: () => Promise<void>;
  #screenPort: number;

  private constructor(url: string, screenPort: number, close: () => Promise<void>) {
    this.url = url;
    this.#screenPort = screenPort;
    this.#close = close;
  }

  /** The screen stands at another port from now on. */
  set screenPort(port: number) {
    this.#screenPort = port;
  }

  static async start(webRoot: string, screenPort: number): Promise<ScreenSite> {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = path === '/screen' ? 'screen.html' : path.slice(1);
      readFile(join(webRoot, file)).then(
        (body) => {
          response.writeHead(200, {
            'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': "default-src 'self'; connect-src 'self'",
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const site = new ScreenSite(`http://127.0.0.1:${port}/screen`, screenPort, async () => {
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await once(server, 'close');
    });
    const upgraded = new Set<{ destroy(): void }>();
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      proxyUpgrade(request, socket, head, site.#screenPort);
    });
    return site;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
