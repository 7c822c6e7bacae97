import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openHall, tokens, type Hall } from './open-hall.js';
import { RawClient, statusOf } from './raw-client.js';

let hall: Hall | null = null;
const sockets: Socket[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const client of clients.splice(0)) client.socket.terminate();
  await hall?.close();
});

/** A plain TCP connection. @returns what it received when the other side ended it */
function raw(port: number, text: string): { socket: Socket; ended: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  return { socket, ended: new Promise((resolve) => socket.on('close', () => resolve(answer))) };
}

const metrics = async (at: Hall): Promise<string> => (await fetch(`${at.url}/metrics`)).text();

describe('a port', () => {
  test('does not wait for whoever never ends its headers', async () => {
    hall = await openHall({ listenerLimits: { headersWithinMs: 100 } });
    const { port, obsPort } = hall.control;
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ').ended).toMatch(/^HTTP\/1\.1 408 /);
    await raw(obsPort, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ').ended;
    expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
  });

  test('does not wait for whoever never ends its body', async () => {
    hall = await openHall({ listenerLimits: { headersWithinMs: 100, requestWithinMs: 200 } });
    const head = 'PUT /api/v1/counts/queue HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    expect(await raw(hall.control.port, `${head}Content-Length: 20\r\n\r\n{"wai`).ended).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('refuses headers that are too large', async () => {
    hall = await openHall();
    const large = `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await raw(hall.control.port, large).ended).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('holds so many connections of one address, and takes the next when one has gone', async () => {
    hall = await openHall({ listenerLimits: { maximumOpenConnectionsPerAddress: 3 } });
    const { port } = hall.control;
    const open = [raw(port, ''), raw(port, ''), raw(port, '')];
    await Promise.all(open.map(({ socket }) => new Promise((resolve) => socket.on('connect', resolve))));
    expect(await raw(port, 'GET / HTTP/1.1\r\n').ended).toBe('');
    open[0]?.socket.destroy();
    const counted = /refused_total\{kind="http",reason="too-many-connections"\} [1-9]/;
    const at = hall;
    await expect.poll(() => metrics(at).catch(() => '')).toMatch(counted);
  });
});

describe('strangers at obs-websocket', () => {
  const at = (): RawClient => {
    const client = new RawClient(`ws://127.0.0.1:${hall?.control.obsPort}`);
    clients.push(client);
    return client;
  };

  test('who say nothing make room for the next, so that an operator always comes in', async () => {
    hall = await openHall({ withOperators: true, limits: { maximumStrangersPerAddress: 3 } });
    const operator = at();
    await operator.identify(tokens.operator);
    const silent = [at(), at(), at()];
    for (const client of silent) await client.next();
    const late = at();
    await late.identify(tokens.admin);
    await silent[0]?.closed;
    expect(statusOf(await operator.request('GetVersion'))[0]).toBe(100);
    expect(statusOf(await late.request('GetVersion'))[0]).toBe(100);
    expect(silent[2]?.socket.readyState).toBe(1);
    expect(await metrics(hall)).toMatch(/refused_total\{kind="obs",reason="stranger-dropped"\} 1/);
  });

  test('do not keep a full house closed either', async () => {
    hall = await openHall({ withOperators: true, limits: { maximumConnections: 2 } });
    const operator = at();
    await operator.identify(tokens.operator);
    const silent = at();
    await silent.next();
    const late = at();
    await late.identify(tokens.admin);
    await silent.closed;
    const beyond = at();
    await beyond.closed;
    expect(beyond.messages).toHaveLength(0);
  });
});
