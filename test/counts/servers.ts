import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../../src/core/closing.js';

/** A real HTTP server on a free port of this machine. */
export type TestServer = Closable & { readonly url: string; readonly server: Server };

/** Starts a server that answers with the listener. */
export async function startServer(listener: RequestListener, port = 0): Promise<TestServer> {
  const server = createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${address.port}/queue.json`,
    close: async () => {
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
