import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { monotonicMs } from '../../core/clock.js';
import type { Closable } from '../../core/closing.js';
import type { FrameSlot } from '../../core/frame-slot.js';
import { FrameClient, type MessageSource, type SharedMessage } from './frame-client.js';
import { FRAME_HEADER_BYTES, writeFrameHeader } from './frame-message.js';

/** Where pages connect. */
export const FRAMES_PATH = '/frames';

const MAXIMUM_CLIENTS = 32;
const MAXIMUM_MESSAGE_BYTES = 64;
const ALIVE_CHECK_MS = 15_000;
const SPARE_MESSAGES = 4;

/** Shows pages what is lit: every picture as one binary WebSocket message (see `frame-message.ts`), on a loopback port of its own. */
export class FrameServer implements Closable, MessageSource {
  readonly #slot: FrameSlot;
  readonly #http: Server;
  readonly #webSockets: WebSocketServer;
  readonly #clients = new Set<FrameClient>();
  readonly #spares: Buffer[] = [];
  readonly #aliveCheck: NodeJS.Timeout;
  #newest: SharedMessage | null = null;
  #lostPackets = 0;
  #begunAtMs: number | null = null;

  private constructor(slot: FrameSlot) {
    this.#slot = slot;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAXIMUM_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.#http = createServer((_request, response) => {
      response.writeHead(404).end();
    });
    this.#http.on('upgrade', (request, socket, head) => {
      if (!this.#isWelcome(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const client = new FrameClient(webSocket, this);
        this.#clients.add(client);
        webSocket.on('close', () => this.#clients.delete(client));
        // A picture that was lit long ago has aged since its message was made.
        this.#retireNewest();
        client.offer();
      });
    });
    this.#aliveCheck = setInterval(() => {
      for (const client of this.#clients) client.checkAlive();
    }, ALIVE_CHECK_MS);
  }

  /** @throws Error when no port can be opened */
  static async start(slot: FrameSlot): Promise<FrameServer> {
    const server = new FrameServer(slot);
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** A new picture is lit. Without anybody looking this does nothing. */
  latched({ lostPackets, begunAtMs }: { readonly lostPackets: number; readonly begunAtMs: number }): void {
    this.#lostPackets = lostPackets;
    this.#begunAtMs = begunAtMs;
    this.#retireNewest();
    for (const client of this.#clients) client.offer();
  }

  take(): SharedMessage {
    this.#newest ??= this.#makeMessage();
    this.#newest.users += 1;
    return this.#newest;
  }

  release(message: SharedMessage): void {
    message.users -= 1;
    if (message !== this.#newest) this.#keepIfFree(message);
  }

  async close(): Promise<void> {
    clearInterval(this.#aliveCheck);
    for (const webSocket of this.#webSockets.clients) webSocket.terminate();
    this.#webSockets.close();
    if (!this.#http.listening) return;
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, 'close');
  }

  #retireNewest(): void {
    const retired = this.#newest;
    this.#newest = null;
    if (retired !== null) this.#keepIfFree(retired);
  }

  #keepIfFree(message: SharedMessage): void {
    if (message.users === 0 && this.#spares.length < SPARE_MESSAGES) this.#spares.push(message.bytes);
  }

  #makeMessage(): SharedMessage {
    const { widthPx, heightPx } = this.#slot.handle;
    const bytes = this.#spares.pop() ?? Buffer.alloc(FRAME_HEADER_BYTES + widthPx * heightPx * 3);
    let frame = this.#slot.read();
    // The receiver comes round to a buffer only after two more pictures; then the newest one is taken instead.
    while (frame !== null) {
      bytes.set(frame.pixels, FRAME_HEADER_BYTES);
      if (this.#slot.isIntact(frame.sequence)) break;
      frame = this.#slot.read();
    }
    // Clocks of two threads agree but for a fraction: a picture of this very moment must not seem to be of the future.
    const ageMs = frame === null ? -1 : Math.max(0, monotonicMs() - frame.publishedAtMs);
    writeFrameHeader(bytes, {
      frameNumber: frame?.sequence ?? 0,
      widthPx,
      heightPx,
      lostPackets: this.#lostPackets,
      latchedAtEpochMs: frame === null ? 0 : Date.now() - ageMs,
      latchedAtMonotonicMs: frame?.publishedAtMs ?? 0,
      ageMs,
      begunAtEpochMs: this.#begunAtMs === null ? 0 : Date.now() - (monotonicMs() - this.#begunAtMs),
    });
    return { bytes, frameNumber: frame?.sequence ?? 0, users: 0 };
  }

  /** A page of another site must not read the screen, although it can reach loopback ports of its visitor. */
  #isWelcome(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (request.url !== FRAMES_PATH || this.#clients.size >= MAXIMUM_CLIENTS) return false;
    return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  }
}
