/**
 * The ONVIF side of one simulated camera: an HTTP server with the device, media and PTZ services (SOAP 1.2) and snapshots.
 * WS-UsernameToken digests are checked against the camera's own clock; snapshots ask for HTTP digest authentication.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import { type Credentials, DigestAuthentication } from '../../../rtsp/digest-authentication.js';
import type { Gate } from '../gate.js';
import type { LiveStream } from '../live-stream.js';
import type { PanTiltHead } from '../ptz/pan-tilt-head.js';
import {
  answerDeviceOperation,
  DEVICE_PATH,
  deviceScopes,
  MEDIA_PATH,
  OPERATIONS_FOR_EVERYBODY,
} from './device-service.js';
import { answerMediaOperation, SNAPSHOT_PATH } from './media-service.js';
import { answerPtzOperation, PTZ_PATH } from './ptz-service.js';
import { SnapshotMaker } from './snapshot.js';
import { SoapFault, soapEnvelope, soapFaultEnvelope } from './soap.js';
import { UsernameTokens } from './username-token.js';
import { findElement, parseXml, type XmlElement, XmlSyntaxError } from './xml.js';

const HOST = '127.0.0.1';
const LARGEST_BODY_BYTES = 64_000;
const MOST_CONNECTIONS = 64;

/** What the device speaks for. */
export type OnvifDeviceOptions = {
  readonly id: string;
  readonly name: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly credentials: Credentials;
  /** Answers wait behind it while the camera is stalled. */
  readonly gate: Gate;
  /** The camera's own clock, epoch milliseconds. */
  readonly nowEpochMs: () => number;
  readonly streams: { readonly main: LiveStream; readonly sub: LiveStream };
  readonly rtspPort: () => number;
  /** The picture that comes next. */
  readonly nextPicture: () => number;
  /** Has the encoders send a key picture soon. */
  readonly synchronize: () => void;
  /** What turns the camera; null where nothing does. */
  readonly head: PanTiltHead | null;
  readonly log: Logger;
};

/** Listens from `listen` to `close`, and can begin again at the same port. */
export class OnvifDevice {
  readonly #options: OnvifDeviceOptions;
  readonly #tokens: UsernameTokens;
  readonly #snapshotAuthentication: DigestAuthentication;
  readonly #snapshots = { main: new SnapshotMaker(), sub: new SnapshotMaker() };
  readonly #services: ReadonlySet<string>;
  #server: Server | null = null;
  #port: number;

  constructor(options: OnvifDeviceOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#services = new Set([DEVICE_PATH, MEDIA_PATH, ...(options.head === null ? [] : [PTZ_PATH])]);
    this.#tokens = new UsernameTokens(options.credentials, options.nowEpochMs);
    this.#snapshotAuthentication = new DigestAuthentication('rehearsal-camera', options.credentials, true);
  }

  /** The HTTP port: as given, or a free one, chosen when first listening, then kept. */
  get port(): number {
    return this.#port;
  }

  /** Whether the device can be found at the moment. */
  get isReachable(): boolean {
    return this.#server !== null && !this.#options.gate.isShut;
  }

  /** Its name in discovery, the same whenever it is started at the same port. */
  get endpointReference(): string {
    const hex = createHash('sha256').update(`${this.#options.id} ${this.#port}`).digest('hex');
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** Where its device service is. */
  get serviceAddress(): string {
    return `http://${HOST}:${this.#port}${DEVICE_PATH}`;
  }

  get scopes(): string[] {
    return deviceScopes(this.#options.name);
  }

  /** @throws Error of the system when the port is taken */
  async listen(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((failure: unknown) => {
        this.#options.log.warn({ camera: this.#options.id, reason: messageOf(failure) }, 'an ONVIF answer failed');
        response.destroy();
      });
    });
    server.maxConnections = MOST_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, HOST, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
  }

  /** Ends every connection and frees the port. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#options.gate.passed();
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    if (url.pathname === SNAPSHOT_PATH) return this.#answerSnapshot(request, response, url);
    if (!this.#services.has(url.pathname)) {
      end(response, 404);
      return;
    }
    if (request.method !== 'POST') {
      end(response, 405, { Allow: 'POST' });
      return;
    }
    const body = await readBody(request);
    if (body === null) {
      end(response, 413);
      return;
    }
    let status = 200;
    let message: string;
    try {
      message = soapEnvelope(this.#operate(url.pathname, parseXml(body)));
    } catch (failure) {
      const fault = faultOf(failure);
      if (fault === null) throw failure;
      status = fault.blame === 'Sender' ? 400 : 500;
      message = soapFaultEnvelope(fault);
    }
    end(response, status, { 'Content-Type': 'application/soap+xml; charset=utf-8' }, Buffer.from(message, 'utf8'));
  }

  #operate(path: string, envelope: XmlElement): string {
    const operation = findElement(envelope, 'Body')?.children[0];
    if (envelope.name !== 'Envelope' || operation === undefined) {
      throw new SoapFault('Sender', ['ter:WellFormed'], 'not a SOAP message');
    }
    const verdict = this.#tokens.verify(envelope);
    // A token that is there has to be right even where none is needed: some cameras are that strict, and clients must cope.
    if (verdict === 'refused' || (verdict === 'missing' && !OPERATIONS_FOR_EVERYBODY.has(operation.name))) {
      throw new SoapFault('Sender', ['ter:NotAuthorized'], 'Sender not authorized');
    }
    const host = `${HOST}:${this.#port}`;
    const { head, synchronize } = this.#options;
    const isTurnable = head !== null;
    if (path === MEDIA_PATH) {
      const { main, sub } = this.#options.streams;
      const clips = { main: main.playback.clip, sub: sub.playback.clip };
      const rtspPort = this.#options.rtspPort();
      return answerMediaOperation(operation, { host, rtspPort, clips, isTurnable, synchronize });
    }
    const { id, name, nowEpochMs } = this.#options;
    if (path === PTZ_PATH && head !== null) {
      return answerPtzOperation(operation, head, new Date(nowEpochMs()).toISOString());
    }
    return answerDeviceOperation(operation, { id, name, host, nowEpochMs: nowEpochMs(), isTurnable });
  }

  async #answerSnapshot(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const profile = url.searchParams.get('profile');
    if (request.method !== 'GET') {
      end(response, 405, { Allow: 'GET' });
      return;
    }
    const verdict = this.#snapshotAuthentication.verify(request.headers.authorization, 'GET', request.url ?? '');
    if (verdict !== 'accepted') {
      const challenge = this.#snapshotAuthentication.challenge(verdict === 'stale');
      end(response, 401, { 'WWW-Authenticate': challenge });
      return;
    }
    if (profile !== 'main' && profile !== 'sub') {
      end(response, 404);
      return;
    }
    const { playback } = this.#options.streams[profile];
    const keyFrame = playback.latestKeyFrame(this.#options.nextPicture());
    const picture = await this.#snapshots[profile].jpegOf(keyFrame, playback.clip.codec);
    end(response, 200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'no-store' }, picture);
  }
}

function faultOf(failure: unknown): SoapFault | null {
  if (failure instanceof SoapFault) return failure;
  if (failure instanceof XmlSyntaxError) return new SoapFault('Sender', ['ter:WellFormed'], failure.message);
  return null;
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}, body?: Buffer): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(body?.length ?? 0) });
  response.end(body);
}

/** The whole body as text, or null when it is larger than any request of ONVIF. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
