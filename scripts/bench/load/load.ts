/**
 * Clients of a wall in a process of their own: pages that look, one that connects and never reads, plain requests, or buttons that
 * listen with one among them that asks without end.
 * Says `begun`, goes on until it is told to stop, and then says what it got.
 */
import { Agent, get } from 'node:http';
import { OBSWebSocket } from 'obs-websocket-js';
import { WebSocket } from 'ws';
import { readFrameHeader } from '../../../src/control/pictures/frame-header.js';

/** What to do to whom. */
export type LoadOrder = {
  readonly kind: 'pages' | 'deaf' | 'requests' | 'buttons';
  readonly url: string;
  readonly obsUrl: string;
  readonly count?: number;
  readonly perSecond?: number;
};

/** What came of it, in words. */
export type LoadReport = { readonly figure: string };

const SUBSCRIPTION = JSON.stringify({
  subscribe: [
    { view: 'program', widthPx: 480, framesPerSecond: 10 },
    { view: 'preview', widthPx: 480, framesPerSecond: 10 },
    ...[1, 2, 3, 4, 5, 6].map((camera) => ({
      view: 'camera',
      camera: `camera-${camera}`,
      widthPx: 240,
      framesPerSecond: 2,
    })),
  ],
});
/** All categories of obs-websocket ("EventSubscription"), those of many events included. */
const EVERY_EVENT = 0xfffff;
const ASKED: readonly (readonly [requestType: string, requestData: Record<string, unknown>])[] = [
  ['GetSceneList', {}],
  ['CallVendorRequest', { vendorName: 'glasshall', requestType: 'GetWall' }],
  ['GetStats', {}],
  ['GetInputList', {}],
];
const REQUEST_EVERY_MS = 10;
const CHANGE_EVERY_MS = 50;
const MOST_CONNECTIONS = 128;

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
const begin = { pages, deaf, requests, buttons }[order.kind];
const figure = await begin(order);
process.send?.('begun');
process.once('message', () => process.send?.({ figure: figure() } satisfies LoadReport, () => process.exit(0)));
process.once('disconnect', () => process.exit(0));

/** As the control page does: events, and pictures that are acknowledged. */
async function pages({ url, obsUrl, count = 1 }: LoadOrder): Promise<() => string> {
  let pictures = 0;
  let refused = 0;
  const sinceMs = performance.now();
  await Promise.all(
    Array.from({ length: count }, async () => {
      await new OBSWebSocket().connect(obsUrl).catch(() => (refused += 1));
      const socket = new WebSocket(`${url.replace('http', 'ws')}/pictures`, { perMessageDeflate: false });
      socket.on('error', () => (refused += 1));
      socket.once('open', () => socket.send(SUBSCRIPTION));
      socket.on('message', (bytes: Buffer, isBinary) => {
        if (!isBinary) return;
        pictures += 1;
        socket.send(JSON.stringify({ painted: readFrameHeader(bytes)?.sequence ?? 0 }));
      });
      await new Promise((resolve) => socket.once('open', resolve).once('close', resolve));
    }),
  );
  return () =>
    `${(pictures / count / ((performance.now() - sinceMs) / 1_000)).toFixed(1)} pictures/s each, ${refused} refused`;
}

/** Asks for everything and takes nothing, while another client changes things. */
async function deaf({ url, obsUrl }: LoadOrder): Promise<() => string> {
  const sockets = [obsUrl, `${url.replace('http', 'ws')}/pictures`].map(
    (address) => new WebSocket(address, { perMessageDeflate: false }),
  );
  const [events, pictures] = sockets;
  let ended = 0;
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.once('close', () => (ended += 1));
  }
  events?.send(JSON.stringify({ op: 1, d: { rpcVersion: 1, eventSubscriptions: 0x7ff } }));
  pictures?.send(SUBSCRIPTION);
  for (const socket of sockets) socket.pause();
  const other = new OBSWebSocket();
  await other.connect(obsUrl);
  let changes = 0;
  setInterval(() => {
    changes += 1;
    const requestData = { text: `第 ${changes} 次 {queue.waiting}` };
    other
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType: 'SetTicker', requestData })
      .catch(() => undefined);
  }, CHANGE_EVERY_MS);
  return () => `${changes} changes meanwhile, ${ended} of its connections ended`;
}

/** At a steady rate, however long the answers take. */
function requests({ url, perSecond = 1 }: LoadOrder): Promise<() => string> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });
  const paths = ['/healthz', '/api/v1/snapshot/program.png', '/metrics', '/readyz'];
  const answers = new Map<string, number>();
  const count = (what: string): void => void answers.set(what, (answers.get(what) ?? 0) + 1);
  const sinceMs = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - sinceMs) / 1_000) * perSecond;
    for (; sent < due; sent += 1) {
      const path = paths[sent % paths.length] ?? '/healthz';
      get(`${url}${path}`, { agent }, (response) => {
        response.resume();
        count(String(response.statusCode));
      }).on('error', () => count('error'));
    }
  }, REQUEST_EVERY_MS);
  return Promise.resolve(() => {
    const seconds = (performance.now() - sinceMs) / 1_000;
    const parts = [...answers].map(([what, times]) => `${what}: ${Math.round(times / seconds)}/s`);
    return `asked ${Math.round(sent / seconds)}/s, answers ${parts.join(', ')}`;
  });
}

/** Clients of obs-websocket that hear every event, and one more that asks at a steady rate, however long the answers take. */
async function buttons({ obsUrl, count = 1, perSecond = 1 }: LoadOrder): Promise<() => string> {
  let events = 0;
  let answers = 0;
  let lost = 0;
  const connect = async (eventSubscriptions: number, onMessage: () => void): Promise<WebSocket> => {
    const socket = new WebSocket(obsUrl, 'obswebsocket.json', { perMessageDeflate: false });
    socket.on('error', () => undefined);
    socket.on('close', () => (lost += 1));
    await new Promise((resolve) => socket.once('message', resolve));
    const identified = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ op: 1, d: { rpcVersion: 1, eventSubscriptions } }));
    await identified;
    socket.on('message', onMessage);
    return socket;
  };
  await Promise.all(Array.from({ length: count }, () => connect(EVERY_EVENT, () => (events += 1))));
  const flooding = await connect(0, () => (answers += 1));
  const sinceMs = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - sinceMs) / 1_000) * perSecond;
    for (; sent < due; sent += 1) {
      const [requestType, requestData] = ASKED[sent % ASKED.length] ?? ['GetStats', {}];
      flooding.send(JSON.stringify({ op: 6, d: { requestType, requestData, requestId: String(sent) } }));
    }
  }, REQUEST_EVERY_MS);
  return () => {
    const seconds = (performance.now() - sinceMs) / 1_000;
    const each = (events / count / seconds).toFixed(1);
    return `asked ${Math.round(sent / seconds)}/s, answered ${Math.round(answers / seconds)}/s; ${each} events/s each, ${lost} lost`;
  };
}
