import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ObsHall } from './obs-hall.js';
import { openHall, operators, tokens } from './open-hall.js';
import { statusOf, type RawClient } from './raw-client.js';

const hall = new ObsHall();

describe('identification', () => {
  test('Hello offers a challenge that is another every time, and the salt', async () => {
    const [first, second] = [await hall.connect().next(), await hall.connect().next()];
    expect(first).toMatchObject({
      op: 0,
      d: { rpcVersion: 1, obsWebSocketVersion: expect.stringMatching(/^5\./) as string },
    });
    const authentication = first.d['authentication'] as { challenge: string; salt: string };
    expect(Buffer.from(authentication.challenge, 'base64')).toHaveLength(32);
    expect(Buffer.from(authentication.salt, 'base64')).toHaveLength(32);
    expect((second.d['authentication'] as { challenge: string }).challenge).not.toBe(authentication.challenge);
  });

  test('without operators there is no challenge', async () => {
    const open = await openHall();
    const client = hall.connect(`ws://127.0.0.1:${open.control.obsPort}`);
    const hello = await client.identify();
    expect(hello.d).not.toHaveProperty('authentication');
    expect(statusOf(await client.request('SetCurrentProgramScene', { sceneName: '窗口' }))[0]).toBe(100);
    client.socket.terminate();
    await open.close();
  });

  // obs-websocket, protocol.md, "WebSocketCloseCode".
  test.each<{ title: string; code: number; send: (client: RawClient) => void }>([
    { title: 'binary in a text session', code: 4002, send: ({ socket }) => socket.send(Buffer.of(1, 2, 3)) },
    { title: 'a list instead of an object', code: 4002, send: ({ socket }) => socket.send('[1]') },
    { title: 'no data', code: 4003, send: (client) => client.send(6) },
    { title: 'a request without an id', code: 4003, send: (client) => client.send(6, { requestType: 'GetVersion' }) },
    { title: 'a batch without requests', code: 4003, send: (client) => client.send(8, { requestId: '1' }) },
    { title: 'data that is no object', code: 4004, send: (client) => client.send(6, 'x') },
    {
      title: 'requests that are no list',
      code: 4004,
      send: (client) => client.send(8, { requestId: '1', requests: {} }),
    },
    { title: 'negative subscriptions', code: 4004, send: (client) => client.send(3, { eventSubscriptions: -1 }) },
    {
      title: 'an execution type that does not exist',
      code: 4005,
      send: (client) => client.send(8, { requestId: '1', requests: [], executionType: 9 }),
    },
    { title: 'an unknown op code', code: 4006, send: (client) => client.send(42, {}) },
    { title: 'no op code', code: 4006, send: ({ socket }) => socket.send('{"d":{}}') },
    { title: 'a second Identify', code: 4008, send: (client) => client.send(1, { rpcVersion: 1 }) },
    {
      title: 'a parallel batch with variables',
      code: 4012,
      send: (client) => client.send(8, { requestId: '1', requests: [], executionType: 2, variables: {} }),
    },
    {
      title: 'the execution type of what is no batch',
      code: 4004,
      send: (client) => client.send(8, { requestId: '1', requests: [], executionType: -1 }),
    },
    {
      title: 'variables that are no object',
      code: 4004,
      send: (client) => client.send(8, { requestId: '1', requests: [], variables: [] }),
    },
    {
      title: 'more requests than a batch may have',
      code: 4005,
      send: (client) => client.send(8, { requestId: '1', requests: Array.from({ length: 2_001 }, () => ({})) }),
    },
    { title: 'a request without a type', code: 4003, send: (client) => client.send(6, { requestId: '1' }) },
    {
      title: 'a request whose type is no text',
      code: 4004,
      send: (client) => client.send(6, { requestId: '1', requestType: 7 }),
    },
    { title: 'a message above one mebibyte', code: 1009, send: ({ socket }) => socket.send('x'.repeat(1_048_577)) },
  ])('after identification, $title closes with $code', async ({ code, send }) => {
    const client = await hall.identified();
    send(client);
    expect((await client.closed).code).toBe(code);
  });

  test('an unsupported RPC version, from somebody who is known, closes with 4010; none at all with 4003', async () => {
    for (const [rpcVersion, code] of [
      [2, 4010],
      [undefined, 4003],
      ['1', 4004],
    ] as const) {
      const client = hall.connect();
      const { challenge, salt } = (await client.next()).d['authentication'] as { challenge: string; salt: string };
      const secret = createHash('sha256').update(`operator-token${salt}`).digest('base64');
      const authentication = createHash('sha256')
        .update(secret + challenge)
        .digest('base64');
      client.send(1, { authentication, ...(rpcVersion === undefined ? {} : { rpcVersion }) });
      expect((await client.closed).code).toBe(code);
    }
  });

  test('whoever is taken off the list is disconnected with 4011, others stay', async () => {
    const [staying, leaving] = [await hall.identified(tokens.operator), await hall.identified(tokens.admin)];
    hall.current.control.reconfigure({
      operators: operators.filter(({ role }) => role !== 'admin').map((one) => ({ ...one })),
      origins: [],
    });
    expect((await leaving.closed).code).toBe(4011);
    expect(statusOf(await staying.request('GetVersion'))[0]).toBe(100);
    const stranger = hall.connect();
    await expect(Promise.race([stranger.identify(tokens.admin), stranger.closed])).resolves.toMatchObject({
      code: 4009,
    });
  });

  test('a changed token ends the sessions of the old one', async () => {
    const client = await hall.identified(tokens.operator);
    hall.current.control.reconfigure({
      operators: operators.map((one) => ({ ...one, token: `${one.token}-new` })),
      origins: [],
    });
    expect((await client.closed).code).toBe(4011);
  });
});
