import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { networkOf } from './access/attempts.js';
import type { Tally } from './tally.js';

/** What a port may be made to hold, whoever asks. */
export type ListenerLimits = {
  readonly maximumOpenConnections: number;
  /** Of one address; pages behind one router share it. */
  readonly maximumOpenConnectionsPerAddress: number;
  /** Time for the headers of a request; whoever sends them letter by letter is sent away (408). */
  readonly headersWithinMs: number;
  /** Time for a whole request. */
  readonly requestWithinMs: number;
};

export const DEFAULT_LISTENER_LIMITS: ListenerLimits = {
  maximumOpenConnections: 1_024,
  maximumOpenConnectionsPerAddress: 256,
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
};

const MAXIMUM_HEADER_BYTES = 16_384;
const MAXIMUM_HEADERS = 100;
const TLS_HANDSHAKE_WITHIN_MS = 10_000;

export type ListenerOptions = {
  /** Under which refusals are counted. */
  readonly label: string;
  /** Certificate and key, for TLS; null without. */
  readonly tls: SecureContextOptions | null;
  readonly limits: ListenerLimits;
  readonly tally: Tally;
};

/** An HTTP server with every guard of a port on; `listen` it to begin. */
export function createListener(handler: RequestListener, options: ListenerOptions): Server | SecureServer {
  const { tls, limits, label, tally } = options;
  const timing = {
    headersTimeout: limits.headersWithinMs,
    requestTimeout: limits.requestWithinMs,
    connectionsCheckingInterval: Math.min(2_000, limits.headersWithinMs),
    maxHeaderSize: MAXIMUM_HEADER_BYTES,
  };
  const server =
    tls === null
      ? createServer(timing, handler)
      : createSecureServer({ ...timing, ...tls, handshakeTimeout: TLS_HANDSHAKE_WITHIN_MS }, handler);
  server.maxHeadersCount = MAXIMUM_HEADERS;
  server.maxConnections = limits.maximumOpenConnections;
  server.on('drop', () => tally.count(label, 'too-many-connections'));
  server.on('tlsClientError', () => tally.count(label, 'no-tls'));
  const openOf = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? '');
    const open = openOf.get(address) ?? 0;
    if (open >= limits.maximumOpenConnectionsPerAddress) {
      tally.count(label, 'too-many-connections');
      socket.destroy();
      return;
    }
    openOf.set(address, open + 1);
    socket.once('close', () => {
      const left = (openOf.get(address) ?? 1) - 1;
      if (left > 0) openOf.set(address, left);
      else openOf.delete(address);
    });
  });
  return server;
}

/** Another certificate for a server that has one; connections that are open keep theirs. */
export function renewCertificate(server: Server | SecureServer, tls: SecureContextOptions): void {
  if ('setSecureContext' in server) server.setSecureContext(tls);
}
