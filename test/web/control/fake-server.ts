/**
 * Enough of the service for the control page: its files, a session, obs-websocket v5 with our vendor requests, pictures.
 * Written from the protocol, not from the service: the page must get on with anybody who speaks it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createFakeHall, markTiles } from './fake-hall.js';
import type { FakeHall } from './fake-hall.js';
import { fakeEntries, fakeLog, fakeShownAt } from './fake-audit.js';
import { servePictures } from './fake-picture-socket.js';
import { answerQuestion, changeHall } from './fake-vendor.js';

export type FakeServer = {
  readonly address: string;
  readonly hall: FakeHall;
  /** Requests other than the page's own polling, in the order of arrival. */
  readonly received: { readonly type: string; readonly data: Record<string, unknown> }[];
  /** Answers the next request of this type with a failure. */
  failNext(requestType: string, code: number, comment: string): void;
  sendEvent(
    eventType:
      'WallChanged' | 'TileChanged' | 'CountChanged' | 'OutputChanged' | 'ControllerChanged' | 'BrightnessChanged',
    eventData: unknown,
  ): void;
  /** Breaks every connection and refuses new ones until `comeBack`. */
  cutOff(): void;
  comeBack(): void;
  /** Answers tokens with "too many attempts", try again in so many seconds; null: no more. */
  lockOut(seconds: number | null): void;
  /** As after a restart: whoever was signed in has to say again who they are. */
  forgetSessions(): void;
  close(): Promise<void>;
};

type Fields = Record<string, unknown>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
// prettier-ignore
const polled = new Set([
  'GetWall', 'GetTiles', 'GetOutputs', 'GetCounts', 'GetControllers', 'GetBrightness', 'GetSchedule', 'GetTestPatterns', 'GetProgramme',
]);

const base64Sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** @param token when given, nobody gets in without it */
export async function startFakeServer(
  webRoot: string,
  token: string | null = null,
  role = 'operator',
): Promise<FakeServer> {
  const hall = createFakeHall();
  const received: FakeServer['received'] = [];
  const failures = new Map<string, { code: number; comment: string }>();
  const identified = new Set<WebSocket>();
  const sockets = new Set<Socket>();
  const sessions = new Set<string>();
  const obs = new WebSocketServer({ noServer: true, handleProtocols: () => 'obswebsocket.json' });
  const pictures = new WebSocketServer({ noServer: true });
  let reachable = true;
  let lockedSeconds: number | null = null;

  const isKnown = (request: IncomingMessage): boolean => token === null || sessions.has(request.headers.cookie ?? '');
  const answerSession = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const right = request.method === 'POST' && (JSON.parse(body) as Fields)['token'] === token;
    if (request.method === 'DELETE') sessions.delete(request.headers.cookie ?? '');
    if (request.method === 'POST' && lockedSeconds !== null) {
      response.writeHead(429, { 'retry-after': String(lockedSeconds) }).end('{}');
      return;
    }
    const cookie = `session=${randomUUID()}`;
    if (right) {
      sessions.add(cookie);
      response.setHeader('set-cookie', `${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    }
    const person = right || isKnown(request) ? { name: '李', role: token === null ? 'admin' : role } : null;
    response.writeHead(request.method === 'POST' && !right ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ tokenNeeded: token !== null, person }));
  };

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    if (path === '/api/v1/session') {
      await answerSession(request, response);
      return;
    }
    if (path.startsWith('/api/v1/audit')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(path.endsWith('/at') ? fakeShownAt : { entries: fakeEntries, next: null, damaged: 0 }),
      );
      return;
    }
    if (path === '/api/v1/log') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fakeLog));
      return;
    }
    const file = join(webRoot, normalize(path === '/' ? '/index.html' : path));
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? '', 'content-security-policy': POLICY });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => void onRequest(request, response));
  server.on('connection', (socket) => {
    if (!reachable) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    const target = request.url === '/obs' ? obs : request.url === '/pictures' ? pictures : null;
    if (target === null) socket.destroy();
    else target.handleUpgrade(request, socket, head, (opened) => target.emit('connection', opened, request));
  });

  const sendEvent: FakeServer['sendEvent'] = (eventType, eventData) => {
    const d = {
      eventType: 'VendorEvent',
      eventIntent: 512,
      eventData: { vendorName: 'glasshall', eventType, eventData },
    };
    for (const client of identified) client.send(JSON.stringify({ op: 5, d }));
  };
  const changed = (): void => {
    hall.wall.revision += 1;
    markTiles(hall);
    sendEvent('WallChanged', hall.wall);
    for (const tile of hall.tiles) sendEvent('TileChanged', tile);
  };
  const layoutByName = (name: unknown): string | null => hall.wall.layouts.find((one) => one.name === name)?.id ?? null;

  const vendor = (type: string, data: Fields): Fields => {
    const known = answerQuestion(hall, type, data);
    if (known !== null) return known;
    changeHall(hall, type, data);
    if (type === 'SetBrightness') sendEvent('BrightnessChanged', hall.brightness);
    changed();
    return {};
  };

  /** @returns the response data, or null for "no such resource" */
  const answer = (type: string, data: Fields): Fields | null => {
    const { wall } = hall;
    if (type === 'SetCurrentPreviewScene' || type === 'SetCurrentProgramScene') {
      const id = layoutByName(data['sceneName']);
      if (id === null) return null;
      wall[type === 'SetCurrentPreviewScene' ? 'preview' : 'program'] = id;
    } else if (type === 'TriggerStudioModeTransition') [wall.program, wall.preview] = [wall.preview, wall.program];
    else if (type === 'SetCurrentSceneTransition') wall.transition = data['transitionName'] === 'Fade' ? 'fade' : 'cut';
    else if (type === 'SetCurrentSceneTransitionDuration') wall.fadeMs = Number(data['transitionDuration']);
    else if (type === 'SetStudioModeEnabled') wall.studioMode = data['studioModeEnabled'] === true;
    else return null;
    changed();
    return {};
  };

  const onObsRequest = (client: WebSocket, d: Fields): void => {
    const isVendor = d['requestType'] === 'CallVendorRequest';
    const outer = (d['requestData'] ?? {}) as Fields;
    const type = String(isVendor ? outer['requestType'] : d['requestType']);
    const data = (isVendor ? outer['requestData'] : outer) as Fields;
    if (!polled.has(type)) received.push({ type, data });
    const failure = failures.get(type);
    failures.delete(type);
    const result = failure !== undefined ? null : isVendor ? vendor(type, data) : answer(type, data);
    const requestStatus =
      result === null
        ? { result: false, ...(failure ?? { code: 600, comment: 'No source was found.' }) }
        : { result: true, code: 100 };
    const inner = isVendor ? { vendorName: 'glasshall', requestType: type, responseData: result } : result;
    const responseData = result === null ? {} : { responseData: inner };
    client.send(
      JSON.stringify({
        op: 7,
        d: { requestType: d['requestType'], requestId: d['requestId'], requestStatus, ...responseData },
      }),
    );
  };

  obs.on('connection', (client: WebSocket, request: IncomingMessage) => {
    const authentication = { challenge: 'Y2hhbGxlbmdl', salt: 'c2FsdA==' };
    client.send(
      JSON.stringify({
        op: 0,
        d: { obsWebSocketVersion: '5.5.0', rpcVersion: 1, ...(isKnown(request) ? {} : { authentication }) },
      }),
    );
    client.on('close', () => identified.delete(client));
    client.on('message', (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString()) as { op: number; d: Fields };
      if (op === 1) {
        const right =
          isKnown(request) ||
          d['authentication'] ===
            base64Sha256(base64Sha256((token ?? '') + authentication.salt) + authentication.challenge);
        if (!right) {
          client.close(4009, 'Authentication failed.');
          return;
        }
        identified.add(client);
        client.send(JSON.stringify({ op: 2, d: { negotiatedRpcVersion: 1 } }));
      } else if (op === 6 && identified.has(client)) onObsRequest(client, d);
    });
  });
  pictures.on('connection', (client) => servePictures(client, hall));

  const beat = setInterval(() => {
    hall.wall.statistics.ticks += 25;
    for (const output of hall.outputs) output.frames += 25;
    for (const count of hall.counts) if (count.state === 'fresh') count.readAtMs = Date.now();
    for (const count of hall.counts) sendEvent('CountChanged', count);
  }, 1_000);

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hall,
    received,
    failNext: (requestType, code, comment) => failures.set(requestType, { code, comment }),
    sendEvent,
    cutOff: () => {
      reachable = false;
      breakAll();
    },
    lockOut: (seconds) => (lockedSeconds = seconds),
    forgetSessions: () => sessions.clear(),
    comeBack: () => {
      reachable = true;
    },
    close: async () => {
      clearInterval(beat);
      const closed = once(server, 'close');
      server.close();
      breakAll();
      await closed;
    },
  };
}
