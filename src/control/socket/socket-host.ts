/**
 * What all our WebSockets have in common: who may open one, how many there may be, pings, and an orderly end.
 */
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Closable } from '../../core/closing.js';
import type { Access } from '../access/access.js';
import type { Person } from '../access/people.js';
import type { Tally } from '../tally.js';
import { GuardedSocket, type SocketLimits } from './guarded-socket.js';

const CLOSE_DEADLINE_MS = 1_500;

export type SocketHostOptions = {
  /** Under which refusals are counted. */
  readonly label: string;
  readonly access: Access;
  readonly tally: Tally;
  readonly limits: SocketLimits;
  /** Whether the handshake itself must say who comes, by cookie or bearer token. */
  readonly identifiedOnly: boolean;
  readonly chooseSubProtocol?: (offered: ReadonlySet<string>) => string | false;
  /** Takes over a new connection. `person` is null when nobody has said yet who comes. */
  readonly accept: (socket: GuardedSocket, person: Person | null) => void;
};

/** Answers an upgrade request with an HTTP error, and ends it. */
export function refuseUpgrade(socket: Duplex, status: 401 | 403 | 404 | 503, code: string): void {
  const body = JSON.stringify({ code, message: STATUS_CODES[status], parameters: {} });
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/** Turns upgrade requests into guarded sockets. */
export class SocketHost implements Closable {
  readonly #options: SocketHostOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<GuardedSocket>();
  readonly #pulse: NodeJS.Timeout;
  #closing: Promise<void> | null = null;
  #allGone: (() => void) | null = null;

  constructor(options: SocketHostOptions) {
    this.#options = options;
    const { chooseSubProtocol } = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: options.limits.maximumMessageBytes,
      perMessageDeflate: false,
      ...(chooseSubProtocol === undefined ? {} : { handleProtocols: chooseSubProtocol }),
    });
    this.#server.on('wsClientError', () => options.tally.count(options.label, 'bad-handshake'));
    this.#pulse = setInterval(() => {
      for (const socket of this.#sockets) socket.checkPulse();
    }, options.limits.pingEveryMs);
  }

  get connectionCount(): number {
    return this.#sockets.size;
  }

  /** Takes an upgrade request, or refuses it with an HTTP status. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { access, label, limits, tally } = this.#options;
    const person = access.identify(request.headers);
    const refusal = this.#refusalOf(request, person);
    if (refusal !== null) {
      tally.count(label, refusal.code);
      refuseUpgrade(stream, refusal.status, refusal.code);
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (webSocket) => {
      const remoteAddress = request.socket.remoteAddress ?? null;
      const socket = new GuardedSocket(webSocket, { label, limits, tally, remoteAddress });
      this.#sockets.add(socket);
      webSocket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#allGone?.();
      });
      this.#options.accept(socket, person);
    });
  }

  #refusalOf(request: IncomingMessage, person: Person | null): { status: 401 | 403 | 503; code: string } | null {
    const { access, identifiedOnly, limits } = this.#options;
    if (!access.isHandshakeAllowed(request.headers)) return { status: 403, code: 'foreign-origin' };
    if (identifiedOnly && person === null) return { status: 401, code: 'not-identified' };
    const isFull = this.#closing !== null || this.#sockets.size >= limits.maximumConnections;
    return isFull ? { status: 503, code: 'too-many-connections' } : null;
  }

  /** Ends every connection as going away (1001), and takes no more. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#pulse);
    const gone = new Promise<void>((resolve) => (this.#allGone = resolve));
    if (this.#sockets.size > 0) {
      for (const socket of this.#sockets) socket.close(1001, 'Server stopping.');
      const deadline = setTimeout(() => {
        for (const socket of this.#sockets) socket.terminate();
      }, CLOSE_DEADLINE_MS);
      await gone;
      clearTimeout(deadline);
    }
    this.#server.close();
  }
}
