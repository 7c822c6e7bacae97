import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import type { Logger } from '../../src/core/logger.js';
import { silentLogger } from '../../src/core/logger.js';
import { CountBoard } from '../../src/counts/count-board.js';
import type { CountReading } from '../../src/counts/count.js';
import { countOptions } from '../../src/counts/options.js';
import { startServer } from './servers.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

type Extra = { every?: string; staleAfter?: string; fields?: Record<string, string>; headers?: Record<string, string> };

function boardFor(url: string, extra: Extra = {}, log: Logger = silentLogger): CountBoard {
  const options = countOptions.parse({
    id: 'queue',
    type: 'http',
    url,
    every: '100ms',
    staleAfter: '1s',
    fields: { waiting: '$.ticketsToServe', serving: '$.ticketServedLabel' },
    ...extra,
  });
  return closing.add(CountBoard.start({ counts: [options], log }));
}

async function readingThat(board: CountBoard, isWanted: (reading: CountReading) => boolean): Promise<CountReading> {
  const now = board.readings().find(isWanted);
  if (now !== undefined) return now;
  return new Promise((resolve) => {
    const listen = (reading: CountReading): void => {
      if (!isWanted(reading)) return;
      board.off('reading', listen);
      resolve(reading);
    };
    board.on('reading', listen);
  });
}

function answer(response: ServerResponse, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
}

async function listenTcp(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.defer(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

describe('a queue system that answers', () => {
  it('gives its fields by JSONPath', async () => {
    const server = closing.add(
      await startServer((_, response) => answer(response, '{"ticketsToServe":12,"ticketServedLabel":"A047"}')),
    );
    const reading = await readingThat(boardFor(server.url), ({ state }) => state === 'fresh');
    expect(reading).toMatchObject({ id: 'queue', reason: null, values: { waiting: 12, serving: 'A047' } });
    expect(reading.readAtMs).toBeTypeOf('number');
  });

  it('takes filters and nested paths of RFC 9535, and the first of several nodes', async () => {
    const body = '{"lines":[{"id":"a","n":3},{"id":"b","n":7},{"id":"b","n":8}]}';
    const server = closing.add(await startServer((_, response) => answer(response, body)));
    const board = boardFor(server.url, { fields: { b: "$.lines[?@.id=='b'].n", last: '$.lines[-1].n' } });
    expect((await readingThat(board, ({ state }) => state === 'fresh')).values).toEqual({ b: 7, last: 8 });
  });

  it('emits only what changed', async () => {
    let asked = 0;
    const server = closing.add(
      await startServer((_, response) => {
        asked += 1;
        answer(response, `{"ticketsToServe":${asked < 5 ? 1 : 2},"ticketServedLabel":"A"}`);
      }),
    );
    const board = boardFor(server.url);
    const emitted: CountReading[] = [];
    board.on('reading', (reading) => emitted.push(reading));
    await readingThat(board, ({ values }) => values['waiting'] === 2);
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(emitted.map(({ values }) => values['waiting'])).toEqual([1, 2]);
  });

  it('sends headers and the user name and password of the address, and nothing of them reaches the log', async () => {
    let seen: Record<string, unknown> = {};
    const server = closing.add(
      await startServer((request, response) => {
        seen = { authorization: request.headers.authorization, key: request.headers['x-api-key'], url: request.url };
        response.writeHead(500).end();
      }),
    );
    const lines: string[] = [];
    const write = (details: object, message: string): number => lines.push(JSON.stringify([details, message]));
    const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
    const url = server.url.replace('http://', 'http://hall:s3cret-word@') + '?token=t0ken-word';
    const board = boardFor(url, { headers: { 'X-Api-Key': 'k3y-word' } }, log);
    await readingThat(board, ({ state }) => state === 'failed');
    expect(seen).toEqual({
      authorization: `Basic ${Buffer.from('hall:s3cret-word').toString('base64')}`,
      key: 'k3y-word',
      url: '/queue.json?token=t0ken-word',
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n') + JSON.stringify(board.readings())).not.toMatch(/s3cret-word|t0ken-word|k3y-word/);
  });

  it.each([
    ['an object', '{"ticketsToServe":{"n":1},"ticketServedLabel":"A"}', 'bad-value'],
    ['true', '{"ticketsToServe":true,"ticketServedLabel":"A"}', 'bad-value'],
    ['a negative number', '{"ticketsToServe":-3,"ticketServedLabel":"A"}', 'bad-value'],
    ['a number beyond all numbers', '{"ticketsToServe":1e999,"ticketServedLabel":"A"}', 'bad-value'],
    ['a text of 10,000 characters', `{"ticketsToServe":"${'x'.repeat(10_000)}","ticketServedLabel":"A"}`, 'bad-value'],
    ['null', '{"ticketsToServe":null,"ticketServedLabel":"A"}', 'field-missing'],
    ['no such field', '{"ticketServedLabel":"A"}', 'field-missing'],
  ])('shows nothing where there is %s', async (_, body, reason) => {
    const server = closing.add(await startServer((_request, response) => answer(response, body)));
    const reading = await readingThat(boardFor(server.url), ({ state }) => state !== 'waiting');
    expect(reading).toMatchObject({ state: 'fresh', reason, values: { waiting: null, serving: 'A' } });
  });

  it('is failed when none of the fields is there', async () => {
    const server = closing.add(await startServer((_, response) => answer(response, '[]')));
    const reading = await readingThat(boardFor(server.url), ({ state }) => state !== 'waiting');
    expect(reading).toMatchObject({ state: 'failed', reason: 'field-missing', readAtMs: null });
  });
});

describe('a queue system that fails', () => {
  const failures: readonly (readonly [reason: string, what: string, listener: (response: ServerResponse) => void])[] = [
    ['http-status', 'answers 503', (response) => response.writeHead(503).end('{"ticketsToServe":1}')],
    ['http-status', 'redirects', (response) => response.writeHead(302, { location: '/queue.json?x' }).end()],
    [
      'not-json',
      'answers a page',
      (response) => answer(response, '<html>moved</html>', { 'content-type': 'text/html' }),
    ],
    [
      'not-json',
      'answers bytes that are no UTF-8',
      (response) => response.writeHead(200).end(Buffer.from([0x22, 0xff, 0x22])),
    ],
    ['not-json', 'answers nothing', (response) => response.writeHead(200).end()],
    [
      'broken',
      'breaks off',
      (response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
    ],
    [
      'timeout',
      'sends a byte now and then',
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'too-large',
      'never ends',
      (response) => {
        const chunk = Buffer.alloc(64 * 1024, ' ');
        const pump = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.writeHead(200).on('drain', pump);
        pump();
      },
    ],
  ];

  it.each(failures)('is %s when it %s', async (reason, _, listener) => {
    const server = closing.add(await startServer((_request, response) => listener(response)));
    const reading = await readingThat(boardFor(server.url), ({ state }) => state !== 'waiting');
    expect(reading).toEqual({
      id: 'queue',
      state: 'failed',
      reason,
      values: { waiting: null, serving: null },
      readAtMs: null,
    });
  });

  it('is refused where nothing listens', async () => {
    const server = await startServer(() => undefined);
    await server.close();
    expect(await readingThat(boardFor(server.url), ({ state }) => state !== 'waiting')).toMatchObject({
      reason: 'refused',
    });
  });

  it('is a timeout when the connection is accepted and nothing comes', async () => {
    const port = await listenTcp(() => undefined);
    const board = boardFor(`http://127.0.0.1:${port}/`);
    expect(await readingThat(board, ({ state }) => state !== 'waiting')).toMatchObject({ reason: 'timeout' });
  });

  it('is broken when something else than HTTP answers', async () => {
    const port = await listenTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const board = boardFor(`http://127.0.0.1:${port}/`);
    expect(await readingThat(board, ({ state }) => state !== 'waiting')).toMatchObject({ reason: 'broken' });
  });

  it('is taken off when it is too old, and back when it is there again', async () => {
    let isWell = true;
    const server = closing.add(
      await startServer((_, response) => {
        if (isWell) answer(response, '{"ticketsToServe":5,"ticketServedLabel":"B1"}');
        else response.writeHead(500).end();
      }),
    );
    const board = boardFor(server.url, { staleAfter: '2s' });
    const fresh = await readingThat(board, ({ state }) => state === 'fresh');
    isWell = false;
    const failing = await readingThat(board, ({ reason }) => reason === 'http-status');
    expect(failing).toMatchObject({ state: 'fresh', values: { waiting: 5, serving: 'B1' } });
    const stale = await readingThat(board, ({ state }) => state === 'stale');
    expect(stale).toMatchObject({ reason: 'http-status', values: { waiting: null, serving: null } });
    expect(stale.readAtMs).toBeGreaterThanOrEqual(fresh.readAtMs ?? Number.NaN);
    isWell = true;
    expect((await readingThat(board, ({ state }) => state === 'fresh')).values).toEqual({ waiting: 5, serving: 'B1' });
  });

  it('asks one question at a time', async () => {
    let open = 0;
    let most = 0;
    let asked = 0;
    const server = closing.add(
      await startServer((_, response) => {
        open += 1;
        asked += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          answer(response, `{"ticketsToServe":${asked},"ticketServedLabel":"A"}`);
        }, 250);
      }),
    );
    await readingThat(
      boardFor(server.url, { every: '100ms', staleAfter: '5s' }),
      ({ values }) => values['waiting'] === 3,
    );
    expect(most).toBe(1);
  });

  it('leaves no connection and asks no more when it is closed in the middle of a question', async () => {
    let asked = 0;
    const sockets = new Set<Socket>();
    const port = await listenTcp((socket) => {
      asked += 1;
      sockets.add(socket);
      socket.resume();
    });
    const board = boardFor(`http://127.0.0.1:${port}/`);
    const emitted: CountReading[] = [];
    board.on('reading', (reading) => emitted.push(reading));
    while (sockets.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const ended = Promise.all([...sockets].map(async (socket) => socket.destroyed || once(socket, 'close')));
    await board.close();
    await board.close();
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked).toBe(1);
    expect(emitted).toEqual([]);
  });
});
