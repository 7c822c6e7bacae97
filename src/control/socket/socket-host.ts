/**
 * What all our WebSockets have in common: who may open one, how many there may be, pings, and an orderly end.
 */
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Closable } from '../../core/closing.js';
import type { Access, Identification } from '../access/access.js';
import { networkOf } from '../access/attempts.js';
import type { Tally } from '../tally.js';
import { GuardedSocket, type SocketLimits } from './guarded-socket.js';

const CLOSE_DEADLINE_MS = 1_500;
/** obs-websocket, "WebSocketCloseCode", SessionInvalidated: whoever gets it must not come back by itself. */
const REVOKED = { code: 4011, reason: 'Your session has been invalidated.' } as const;
/** RFC 6455, section 7.4.1: against the policy. Whoever gets it may come back and say again who it is. */
const EXPIRED = { code: 1008, reason: 'Your session has expired.' } as const;

export type SocketHostOptions = {
  /** Under which refusals are counted. */
  readonly label: string;
  readonly access: Access;
  readonly tally: Tally;
  readonly limits: SocketLimits;
  /** Whether the handshake itself must say who comes, by cookie or bearer token. */
  readonly identifiedOnly: boolean;
  readonly chooseSubProtocol?: (offered: ReadonlySet<string>) => string | false;
  /** Takes over a new connection. Its `identity` is null when nobody has said yet who comes; whoever finds out sets it. */
  readonly accept: (socket: GuardedSocket) => void;
};

/** Why there is no WebSocket; `waitMs` is when to try again. */
export type UpgradeRefusal = {
  readonly status: 401 | 403 | 404 | 429 | 503;
  readonly code: string;
  readonly waitMs?: number;
};

/** Answers an upgrade request with an HTTP error, and ends it. */
export function refuseUpgrade(socket: Duplex, { status, code, waitMs }: UpgradeRefusal): void {
  const body = JSON.stringify({ code, message: STATUS_CODES[status], parameters: {} });
  const retry = waitMs === undefined ? '' : `Retry-After: ${Math.ceil(waitMs / 1_000)}\r\n`;
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `X-Content-Type-Options: nosniff\r\n${retry}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/** Turns upgrade requests into guarded sockets. */
export class SocketHost implements Closable {
  readonly #options: SocketHostOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<GuardedSocket>();
  readonly #pulse: NodeJS.Timeout;
  readonly #unfollow: () => void;
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
      // A message in each turn of the event loop: hundreds that came at once are no wall before another client's one.
      allowSynchronousEvents: false,
      ...(chooseSubProtocol === undefined ? {} : { handleProtocols: chooseSubProtocol }),
    });
    this.#server.on('wsClientError', () => options.tally.count(options.label, 'bad-handshake'));
    this.#pulse = setInterval(() => {
      this.#dropUnwelcome();
      for (const socket of this.#sockets) socket.checkPulse();
    }, options.limits.pingEveryMs);
    this.#unfollow = options.access.onRevoked(() => this.#dropUnwelcome());
  }

  get connectionCount(): number {
    return this.#sockets.size;
  }

  /** Takes an upgrade request, or refuses it with an HTTP status. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { access, label, limits, tally } = this.#options;
    const identification = access.identify(request);
    const refusal = this.#refusalOf(request, identification);
    if (refusal !== null) {
      tally.count(label, refusal.code);
      refuseUpgrade(stream, refusal);
      return;
    }
    const identity = identification.kind === 'known' ? identification.identity : null;
    if (identity === null) this.#makeRoomForStranger(request.socket.remoteAddress ?? '');
    this.#server.handleUpgrade(request, stream, head, (webSocket) => {
      const remoteAddress = request.socket.remoteAddress ?? null;
      const socket = new GuardedSocket(webSocket, { label, limits, tally, remoteAddress, identity });
      this.#sockets.add(socket);
      webSocket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#allGone?.();
      });
      this.#options.accept(socket);
    });
  }

  #refusalOf(request: IncomingMessage, identification: Identification): UpgradeRefusal | null {
    const { access, identifiedOnly, limits } = this.#options;
    if (!access.isHandshakeAllowed(request.headers)) return { status: 403, code: 'foreign-origin' };
    if (identification.kind === 'waiting')
      return { status: 429, code: 'too-many-attempts', waitMs: identification.waitMs };
    if (identifiedOnly && identification.kind === 'nobody') return { status: 401, code: 'not-identified' };
    const isFull = this.#closing !== null || this.#sockets.size >= limits.maximumConnections;
    return isFull && (this.#closing !== null || !this.#dropOldest(this.#strangers()))
      ? { status: 503, code: 'too-many-connections' }
      : null;
  }

  #strangers(): GuardedSocket[] {
    return [...this.#sockets].filter(({ identity }) => identity === null);
  }

  /** Whoever keeps places without saying who he is loses them to the next, so that nobody is kept out by him. */
  #makeRoomForStranger(address: string): void {
    const { maximumStrangers, maximumStrangersPerAddress } = this.#options.limits;
    const strangers = this.#strangers();
    const neighbours = strangers.filter((socket) => networkOf(socket.remoteAddress ?? '') === networkOf(address));
    if (neighbours.length >= maximumStrangersPerAddress) this.#dropOldest(neighbours);
    else if (strangers.length >= maximumStrangers) this.#dropOldest(strangers);
  }

  /** @returns whether there was one */
  #dropOldest([oldest]: readonly GuardedSocket[]): boolean {
    if (oldest === undefined) return false;
    this.#options.tally.count(this.#options.label, 'stranger-dropped');
    // At once: what only says goodbye still has its place.
    this.#sockets.delete(oldest);
    oldest.terminate();
    return true;
  }

  #dropUnwelcome(): void {
    for (const socket of this.#sockets) {
      const standing = socket.identity === null ? 'welcome' : this.#options.access.standingOf(socket.identity);
      if (standing === 'welcome') continue;
      this.#options.tally.count(this.#options.label, standing);
      const { code, reason } = standing === 'revoked' ? REVOKED : EXPIRED;
      socket.close(code, reason);
    }
  }

  /** Ends every connection as going away (1001), and takes no more. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#pulse);
    this.#unfollow();
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
