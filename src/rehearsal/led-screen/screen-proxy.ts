import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { FRAMES_PATH } from './frame-server.js';

const CONNECT_DEADLINE_MS = 3_000;
/** A page that does not take the last bytes is not waited for any longer. */
const FAREWELL_MS = 1_000;
const BAD_GATEWAY = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** Only what the WebSocket handshake needs travels on: cookies and tokens end here. */
const FORWARDED_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'origin',
  'sec-websocket-key',
  'sec-websocket-version',
]);

/**
 * Hands an HTTP upgrade that arrived at the main server to the simulated screen's own port, as raw bytes both ways.
 * Streams wait for each other, so nothing piles up in between; when one side ends, so does the other. A screen that
 * cannot be reached is answered with 502.
 * @param port the screen's `httpPort`
 */
export function proxyUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const screen = connect({ host: '127.0.0.1', port, noDelay: true });
  let connected = false;
  let farewell: NodeJS.Timeout | undefined;
  screen.setTimeout(CONNECT_DEADLINE_MS, () => screen.destroy());
  // Whatever the error was, 'close' follows and says all that the page can be told.
  screen.on('error', () => screen.destroy());
  screen.on('close', () => {
    if (socket.destroyed) return;
    socket.end(connected ? undefined : BAD_GATEWAY);
    farewell = setTimeout(() => socket.destroy(), FAREWELL_MS);
  });
  // The page left, with or without a word: either way the screen's side goes too.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(farewell);
    screen.destroy();
  });
  screen.once('connect', () => {
    connected = true;
    screen.setTimeout(0);
    screen.write(handshake(request));
    if (head.byteLength > 0) screen.write(head);
    socket.pipe(screen);
    screen.pipe(socket);
  });
}

function handshake(request: IncomingMessage): string {
  const lines = [`GET ${FRAMES_PATH} HTTP/1.1`, 'Connection: Upgrade', 'Upgrade: websocket'];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (FORWARDED_HEADERS.has(name.toLowerCase())) lines.push(`${name}: ${request.rawHeaders[index + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
