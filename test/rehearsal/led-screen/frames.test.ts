import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.js';
import { WebSocket } from 'ws';
import { silentLogger } from '../../../src/core/logger.js';
import { FRAME_HEADER_BYTES, readFrameHeader } from '../../../src/rehearsal/led-screen/frame-message.js';
import { LedScreen } from '../../../src/rehearsal/led-screen/led-screen.js';
import { proxyUpgrade } from '../../../src/rehearsal/led-screen/screen-proxy.js';
import { DdpSender, ddpPacket } from './ddp-sender.js';

const WIDTH = 640;
const HEIGHT = 360;

let screen: LedScreen;
let sender: DdpSender;
let server: Server;
let mainPort: number;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  screen = await LedScreen.start({ widthPx: WIDTH, heightPx: HEIGHT, udpPort: 0, log: silentLogger });
  sender = await DdpSender.open(screen.udpPort);
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    proxyUpgrade(request, socket, head, screen.httpPort);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  mainPort = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await sender.close();
  await screen.close();
  server.close();
  await once(server, 'close');
});

function look(options: { origin?: string } = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${mainPort}/screen/frames`, options);
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

/** Everything that a page gets, in order. */
function collect(socket: WebSocket, acknowledge: boolean): Buffer[] {
  const messages: Buffer[] = [];
  socket.on('message', (data: Buffer) => {
    messages.push(data);
    if (acknowledge) socket.send(String(readFrameHeader(data)?.frameNumber));
  });
  return messages;
}

async function light(value: number): Promise<void> {
  await sender.sendPacket(ddpPacket({ data: Uint8Array.of(value, value, value), push: true }));
}

const numberOf = (message: Buffer | undefined): number | undefined =>
  message === undefined ? undefined : readFrameHeader(message)?.frameNumber;

describe('what a page is sent, through the main server', () => {
  it('begins with the picture lit now: black, before the first', async () => {
    const messages = collect(look(), true);
    await eventually(() => expect(messages).toHaveLength(1));
    expect(readFrameHeader(messages[0] ?? Buffer.alloc(0))).toMatchObject({
      frameNumber: 0,
      widthPx: WIDTH,
      heightPx: HEIGHT,
      ageMs: -1,
    });
    expect(messages[0]?.subarray(FRAME_HEADER_BYTES).every((value) => value === 0)).toBe(true);
  });

  it('begins with the last picture and its age, however old', async () => {
    await light(77);
    await eventually(async () => expect((await screen.frame()).frames).toBe(1));
    const { latchedAtMs } = await screen.frame();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const messages = collect(look(), true);
    await eventually(() => expect(messages).toHaveLength(1));
    const header = readFrameHeader(messages[0] ?? Buffer.alloc(0));
    expect(header).toMatchObject({ frameNumber: 1, latchedAtMonotonicMs: latchedAtMs });
    expect(header?.ageMs).toBeGreaterThan(300);
    expect([...(messages[0]?.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + 4) ?? [])]).toEqual([77, 77, 77, 0]);
  });

  it('goes on with every picture for a page that keeps up', async () => {
    const messages = collect(look(), true);
    await eventually(() => expect(messages).toHaveLength(1));
    for (let frame = 1; frame <= 10; frame += 1) {
      await light(frame * 10);
      await eventually(() => expect(numberOf(messages.at(-1))).toBe(frame));
    }
    expect(messages.map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(messages.at(-1)?.[FRAME_HEADER_BYTES]).toBe(100);
    // Negative means that there is no picture: one of this very moment must not say so.
    for (const message of messages.slice(1)) expect(readFrameHeader(message)?.ageMs).toBeGreaterThanOrEqual(0);
  });

  it('is at most two pictures for a page that does not acknowledge any more; then the newest, not the next', async () => {
    const socket = look();
    const messages: Buffer[] = [];
    let acknowledging = true;
    socket.on('message', (data: Buffer) => {
      messages.push(data);
      if (acknowledging) socket.send(String(numberOf(data)));
    });
    await eventually(() => expect(messages).toHaveLength(1));
    await light(1);
    await eventually(() => expect(messages).toHaveLength(2));
    acknowledging = false;
    for (let frame = 2; frame <= 20; frame += 1) await light(frame);
    await eventually(async () => expect((await screen.frame()).frames).toBe(20));
    await eventually(() => expect(messages).toHaveLength(4));
    // What was sent in excess would come before this answer.
    socket.ping();
    await once(socket, 'pong');
    expect(messages).toHaveLength(4);
    acknowledging = true;
    socket.send(String(numberOf(messages.at(-1))));
    await eventually(() => expect(numberOf(messages.at(-1))).toBe(20));
    // Five, or four where the newest had been the second that was sent ahead.
    expect(messages.length).toBeLessThanOrEqual(5);
  });

  it('does not pile up for a page that reads nothing at all', async () => {
    const idle = connect(mainPort, '127.0.0.1');
    idle.write(
      `GET /screen/frames HTTP/1.1\r\nHost: 127.0.0.1:${mainPort}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const messages = collect(look(), true);
    await eventually(async () => expect((await screen.statistics()).clients).toBe(2));
    for (let frame = 1; frame <= 60; frame += 1) {
      await light(frame);
      await eventually(() => expect(numberOf(messages.at(-1))).toBe(frame));
    }
    expect(messages).toHaveLength(61);
    let received = 0;
    idle.on('data', (chunk) => (received += chunk.byteLength));
    await light(200);
    await eventually(() => expect(numberOf(messages.at(-1))).toBe(61));
    await eventually(() => expect(received).toBeGreaterThan(WIDTH * HEIGHT * 3));
    idle.destroy();
    // Sixty pictures were lit; what lay in the sockets was what they hold by themselves.
    expect(received).toBeLessThan(50 * WIDTH * HEIGHT * 3);
  });

  it('ends when the page says anything but a frame number', async () => {
    const socket = look();
    await once(socket, 'open');
    socket.send('hello');
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });
});

describe('the way there', () => {
  it('is closed to pages of other sites', async () => {
    const [, response] = (await once(look({ origin: 'http://elsewhere.example' }), 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    expect(response.statusCode).toBe(403);
  });

  it('is open to the page itself', async () => {
    const socket = look({ origin: `http://127.0.0.1:${mainPort}` });
    await once(socket, 'open');
  });

  it('answers 502 when the screen is gone', async () => {
    await screen.close();
    const [, response] = (await once(look(), 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(502);
  });

  it('ends at the page when the screen ends, and at the screen when the page leaves', async () => {
    const leaving = look();
    await once(leaving, 'open');
    leaving.terminate();
    await eventually(async () => expect((await screen.statistics()).clients).toBe(0));
    const staying = look();
    await once(staying, 'open');
    const closed = once(staying, 'close');
    await screen.close();
    await closed;
  });
});
