import { randomBytes } from 'node:crypto';
import { isIPv6, type Socket } from 'node:net';
import { monotonicMs } from '../core/clock.js';
import { RequestReader, type RtspRequest, RtspSyntaxError } from './request-reader.js';
import { RtpSession } from './rtp-session.js';
import type { OpenViewer, RtspServerOptions, ServedStream } from './served-stream.js';
import { sessionDescription, TRACK_PATH } from './session-description.js';
import { chooseTransport } from './transport.js';
import { InterleavedViewer, LARGEST_BACKLOG_BYTES, UdpViewer } from './viewers.js';

const METHODS = ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'PAUSE', 'GET_PARAMETER', 'SET_PARAMETER', 'TEARDOWN'];
const PUBLIC_METHODS = METHODS.join(', ');
const METHODS_WITH_AUTHENTICATION = new Set(['DESCRIBE', 'SETUP', 'PLAY', 'PAUSE', 'TEARDOWN']);
const WORDS = new Map([
  [200, 'OK'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [404, 'Not Found'],
  [413, 'Request Entity Too Large'],
  [454, 'Session Not Found'],
  [455, 'Method Not Valid in This State'],
  [459, 'Aggregate Operation Not Allowed'],
  [461, 'Unsupported Transport'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [503, 'Service Unavailable'],
  [505, 'RTSP Version not supported'],
]);

/** What a client has set up: one stream and the way to it. */
type Session = {
  readonly id: string;
  readonly stream: ServedStream;
  readonly rtp: RtpSession;
  readonly viewer: OpenViewer;
  heardAtMs: number;
};

type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** One client. Its session ends with its connection. */
export class RtspConnection {
  /** Resolves when the connection is gone and its session ended. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #options: RtspServerOptions;
  readonly #reader = new RequestReader();
  #session: Session | null = null;
  #heardAtMs = monotonicMs();
  #isLost = false;

  constructor(socket: Socket, options: RtspServerOptions) {
    this.#socket = socket;
    this.#options = options;
    // Resets are the normal end of a viewer's connection; the reading loop ends with the socket.
    socket.on('error', () => undefined);
    this.ended = this.#run();
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return this.ended;
  }

  /** From now on nothing that comes is heard and nothing is sent; the connection stays open for as long as the client wants. */
  lose(): void {
    this.#isLost = true;
    void this.#endSession();
  }

  /** Ends the connection if nothing came from the client for so long. */
  endIfSilent(timeoutMs: number): void {
    if (this.#isLost) return;
    const heardAtMs = Math.max(this.#heardAtMs, this.#session?.heardAtMs ?? 0);
    if (this.#options.gate?.isShut !== true && monotonicMs() - heardAtMs > timeoutMs) this.#socket.destroy();
  }

  async #run(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    try {
      // A refusal still has to be sent when the loop ends, so it must not take the socket with it.
      const chunks: AsyncIterable<Buffer> = this.#socket.iterator({ destroyOnReturn: false });
      for await (const chunk of chunks) {
        this.#heardAtMs = monotonicMs();
        for (const request of this.#isLost ? [] : this.#reader.push(chunk)) {
          if (this.#options.gate !== undefined) await Promise.race([this.#options.gate.passed(), closed]);
          await this.#serve(request);
        }
      }
    } catch (failure) {
      if (failure instanceof RtspSyntaxError) this.#reply(null, { status: failure.status });
    } finally {
      await this.#endSession();
      this.#socket.destroySoon();
    }
    await closed;
  }

  async #serve(request: RtspRequest): Promise<void> {
    if (!this.#isLost) this.#reply(request, await this.#answer(request));
  }

  async #answer(request: RtspRequest): Promise<Answer> {
    if (request.version !== 'RTSP/1.0') return { status: 505 };
    if (!request.headers.has('cseq')) return { status: 400 };
    const { authentication } = this.#options;
    if (authentication !== null && METHODS_WITH_AUTHENTICATION.has(request.method)) {
      const authorization = request.headers.get('authorization');
      const verdict = authentication.verify(authorization, request.method, request.uri);
      if (verdict !== 'accepted') {
        const challenge = authentication.challenge(verdict === 'stale');
        return { status: 401, headers: { 'WWW-Authenticate': challenge } };
      }
    }
    switch (request.method) {
      case 'OPTIONS':
        return { status: 200, headers: { Public: PUBLIC_METHODS } };
      case 'DESCRIBE':
        return this.#describe(request);
      case 'SETUP':
        return this.#setUp(request);
      case 'GET_PARAMETER':
      case 'SET_PARAMETER':
        return request.headers.has('session') ? this.#withSession(request, () => ({ status: 200 })) : { status: 200 };
      case 'PLAY':
        return this.#withSession(request, (session) => this.#play(session));
      case 'PAUSE':
        return this.#withSession(request, (session) => {
          session.stream.leave(session.viewer);
          return { status: 200 };
        });
      case 'TEARDOWN':
        return this.#withSession(request, async () => {
          await this.#endSession();
          return { status: 200 };
        });
      default:
        return { status: 501, headers: { Allow: PUBLIC_METHODS } };
    }
  }

  #describe(request: RtspRequest): Answer {
    const stream = this.#streamOf(request.uri);
    if (stream === null) return { status: 404 };
    if (stream.format === null) return { status: 503, headers: { 'Retry-After': '1' } };
    const address = this.#addressOf(stream);
    return {
      status: 200,
      headers: { 'Content-Type': 'application/sdp', 'Content-Base': `${address}/` },
      body: sessionDescription(stream.format, this.#options.name, address),
    };
  }

  async #setUp(request: RtspRequest): Promise<Answer> {
    const stream = this.#streamOf(request.uri);
    if (stream === null) return { status: 404 };
    if (this.#session !== null) return { status: 459 };
    const transport = chooseTransport(request.headers.get('transport') ?? '');
    if (transport === null) return { status: 461 };
    const rtp = new RtpSession(this.#options.conditions);
    const source = rtp.source.toString(16).padStart(8, '0').toUpperCase();
    let viewer: Session['viewer'];
    let accepted: string;
    if (transport.kind === 'interleaved') {
      viewer = new InterleavedViewer(this.#socket, rtp, transport.channel);
      accepted = `RTP/AVP/TCP;unicast;interleaved=${transport.channel}-${transport.channel + 1};ssrc=${source}`;
    } else {
      const way = {
        localAddress: this.#socket.localAddress ?? '127.0.0.1',
        address: this.#socket.remoteAddress ?? '127.0.0.1',
        clientPort: transport.clientPort,
      };
      const udp = await UdpViewer.open(rtp, way, () => {
        if (this.#session !== null) this.#session.heardAtMs = monotonicMs();
      });
      viewer = udp;
      const ports = `client_port=${transport.clientPort}-${transport.clientPort + 1};server_port=${udp.serverPort}-${udp.serverPort + 1}`;
      accepted = `RTP/AVP;unicast;${ports};ssrc=${source}`;
    }
    this.#session = { id: randomBytes(8).toString('hex'), stream, rtp, viewer, heardAtMs: monotonicMs() };
    return { status: 200, headers: { Transport: accepted, Session: this.#sessionHeader(this.#session) } };
  }

  #play(session: Session): Answer {
    const position = `seq=${session.rtp.sequenceNumber};rtptime=${session.rtp.timestamp(session.stream.nextTicks)}`;
    // The answer goes out before the first packet, which comes in a later turn of the event loop.
    session.stream.join(session.viewer);
    return {
      status: 200,
      headers: { Range: 'npt=now-', 'RTP-Info': `url=${this.#addressOf(session.stream)}/${TRACK_PATH};${position}` },
    };
  }

  async #withSession(request: RtspRequest, act: (session: Session) => Answer | Promise<Answer>): Promise<Answer> {
    const session = this.#session;
    const id = request.headers.get('session')?.split(';')[0]?.trim();
    if (session === null || id !== session.id) return { status: 454 };
    session.heardAtMs = monotonicMs();
    const answer = await act(session);
    return { ...answer, headers: { Session: this.#sessionHeader(session), ...answer.headers } };
  }

  #sessionHeader(session: Session): string {
    return `${session.id};timeout=${Math.max(1, Math.round(this.#options.sessionTimeoutMs / 1_000))}`;
  }

  #streamOf(uri: string): ServedStream | null {
    const path = /^rtsp:\/\/[^/]*\/([^/?]*)/.exec(uri)?.[1];
    return this.#options.streams.find((stream) => stream.path === path) ?? null;
  }

  #addressOf(stream: ServedStream): string {
    const { localAddress = '127.0.0.1', localPort = 0 } = this.#socket;
    return `rtsp://${isIPv6(localAddress) ? `[${localAddress}]` : localAddress}:${localPort}/${stream.path}`;
  }

  #reply(request: RtspRequest | null, answer: Answer): void {
    if (this.#socket.destroyed || this.#isLost) return;
    // Somebody who asks and asks and never reads the answers.
    if (this.#socket.writableLength > LARGEST_BACKLOG_BYTES) {
      this.#socket.destroy();
      return;
    }
    const body = Buffer.from(answer.body ?? '', 'utf8');
    const headers = {
      CSeq: request?.headers.get('cseq') ?? '0',
      Server: this.#options.software,
      ...answer.headers,
      ...(body.length > 0 ? { 'Content-Length': String(body.length) } : {}),
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const status = `RTSP/1.0 ${answer.status} ${WORDS.get(answer.status) ?? 'Error'}\r\n`;
    this.#socket.write(Buffer.concat([Buffer.from(`${status}${head.join('')}\r\n`, 'utf8'), body]));
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    session.stream.leave(session.viewer);
    await session.viewer.close();
  }
}
