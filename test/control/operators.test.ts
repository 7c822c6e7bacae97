import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { secretOf, makeSalt, makeToken } from '../../src/operators/token.js';
import { ObsHall } from './obs-hall.js';
import { openHall, storedOperators, tokens, type Hall } from './open-hall.js';
import { statusOf } from './raw-client.js';

const hall = new ObsHall({ storedOperators });

const program = (headers: Record<string, string>, at: Hall = hall.current): Promise<number> =>
  fetch(`${at.url}/api/v1/snapshot/program.png`, { headers }).then(({ status }) => status);
const signIn = async (token: string, at: Hall = hall.current): Promise<string> => {
  const begun = await fetch(`${at.url}/api/v1/session`, {
    method: 'POST',
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json' },
  });
  expect(begun.status).toBe(200);
  return begun.headers.get('set-cookie')?.split(';')[0] ?? '';
};
/** A `/pictures` socket. @returns the code that it is closed with */
const watchPictures = async (headers: Record<string, string>): Promise<{ code: Promise<number> }> => {
  const socket = new WebSocket(`ws://127.0.0.1:${hall.current.control.port}/pictures`, { headers });
  socket.on('error', () => undefined);
  const code = new Promise<number>((resolve) => socket.on('close', resolve));
  await Promise.race([new Promise((resolve) => socket.on('open', resolve)), code]);
  return { code };
};
const nobody = { ...storedOperators, operators: [] };

describe('operators that were added by command', () => {
  test('come in by bearer token, by session and by the unchanged challenge, beside those of the configuration', async () => {
    expect(await program({ authorization: `Bearer ${tokens.made}` })).toBe(200);
    expect(await program({ authorization: `Bearer ${tokens.viewer}` })).toBe(200);
    const cookie = await signIn(tokens.made);
    const answer = await fetch(`${hall.current.url}/api/v1/session`, { headers: { cookie } });
    const session: unknown = await answer.json();
    expect(session).toMatchObject({ tokenNeeded: true, person: { name: '陈', role: 'operator' } });
    for (const token of [tokens.made, tokens.operator]) {
      const client = await hall.identified(token);
      expect(statusOf(await client.request('TriggerStudioModeTransition'))[0]).toBe(100);
    }
  });

  test('the secret that is kept is no token', async () => {
    const secret = storedOperators.operators[0]?.secret ?? '';
    expect(await program({ authorization: `Bearer ${secret}` })).toBe(401);
  });

  test('are out at once when they are revoked: sockets, pictures, sessions and bearer tokens; others stay', async () => {
    const cookie = await signIn(tokens.made);
    const leaving = await hall.identified(tokens.made);
    const page = hall.connect(`ws://127.0.0.1:${hall.current.control.port}/obs`, ['obswebsocket.json'], { cookie });
    await page.identify();
    const pictures = await watchPictures({ cookie });
    const staying = await hall.identified(tokens.operator);
    hall.current.control.setStoredOperators(nobody);
    expect((await leaving.closed).code).toBe(4011);
    expect((await page.closed).code).toBe(4011);
    expect(await pictures.code).toBe(4011);
    expect(await program({ cookie })).toBe(401);
    expect(await program({ authorization: `Bearer ${tokens.made}` })).toBe(401);
    expect(statusOf(await staying.request('GetVersion'))[0]).toBe(100);
  });

  test('decide nothing more once they are revoked, not even by a batch that was asleep', async () => {
    const client = await hall.identified(tokens.made);
    const requests = [
      { requestType: 'Sleep', requestData: { sleepMillis: 20_000 } },
      { requestType: 'TriggerStudioModeTransition' },
    ];
    client.send(8, { requestId: 'asleep', requests });
    await client.request('GetVersion');
    hall.current.control.setStoredOperators(nobody);
    expect((await client.closed).code).toBe(4011);
    const watching = await hall.identified(tokens.operator);
    await watching.request('GetVersion');
    expect(hall.current.engine.commands).toEqual([]);
  });

  test('another token ends what the one before began', async () => {
    const client = await hall.identified(tokens.made);
    const token = makeToken();
    const operators = storedOperators.operators.map((one) => ({
      ...one,
      secret: secretOf(token, storedOperators.salt),
    }));
    hall.current.control.setStoredOperators({ ...storedOperators, operators });
    expect((await client.closed).code).toBe(4011);
    await hall.identified(token);
  });

  test('stay where they are when the configuration changes', async () => {
    const client = await hall.identified(tokens.made);
    hall.current.control.reconfigure({ operators: [], origins: [] });
    expect(statusOf(await client.request('GetVersion'))[0]).toBe(100);
    expect(await program({ authorization: `Bearer ${tokens.viewer}` })).toBe(401);
  });

  test('the first one closes control, and whoever was in without a name is out', async () => {
    const open = await openHall();
    const somebody = hall.connect(`ws://127.0.0.1:${open.control.obsPort}`);
    await somebody.identify();
    expect(await program({}, open)).toBe(200);
    open.control.setStoredOperators(storedOperators);
    expect((await somebody.closed).code).toBe(4011);
    expect(await program({}, open)).toBe(401);
    expect(await program({ authorization: `Bearer ${tokens.made}` }, open)).toBe(200);
    await open.close();
  });

  test('when the last one is gone, nobody comes in, instead of everybody', async () => {
    const closed = await openHall({ storedOperators: nobody });
    expect(await program({}, closed)).toBe(401);
    expect((await hall.connect(`ws://127.0.0.1:${closed.control.obsPort}`).next()).d).toHaveProperty('authentication');
    await closed.close();
  });

  test('a challenge with a salt of before is asked again, and costs nobody anything', async () => {
    const configured = await openHall({ withOperators: true });
    const client = hall.connect(`ws://127.0.0.1:${configured.control.obsPort}`);
    await client.next();
    const staying = hall.connect(`ws://127.0.0.1:${configured.control.obsPort}`);
    await staying.identify(tokens.operator);
    configured.control.setStoredOperators({ salt: makeSalt(), operators: [] });
    client.send(1, { rpcVersion: 1, authentication: 'of the salt before' });
    expect((await client.closed).code).toBe(1012);
    expect(statusOf(await staying.request('GetVersion'))[0]).toBe(100);
    const again = hall.connect(`ws://127.0.0.1:${configured.control.obsPort}`);
    await again.identify(tokens.operator);
    again.socket.terminate();
    staying.socket.terminate();
    await configured.close();
  });
});

describe('a session', () => {
  test('that is ended takes its sockets along, on every page of that browser, and no others', async () => {
    const [cookie, other] = [await signIn(tokens.operator), await signIn(tokens.operator)];
    const address = `ws://127.0.0.1:${hall.current.control.port}/obs`;
    const page = hall.connect(address, ['obswebsocket.json'], { cookie });
    const elsewhere = hall.connect(address, ['obswebsocket.json'], { cookie: other });
    const deck = await hall.identified(tokens.operator);
    await Promise.all([page.identify(), elsewhere.identify()]);
    const pictures = await watchPictures({ cookie });
    await fetch(`${hall.current.url}/api/v1/session`, { method: 'DELETE', headers: { cookie } });
    expect((await page.closed).code).toBe(4011);
    expect(await pictures.code).toBe(4011);
    for (const client of [elsewhere, deck]) expect(statusOf(await client.request('GetVersion'))[0]).toBe(100);
  });

  test('too many of one person push the first one out, and nobody else', async () => {
    const viewer = await signIn(tokens.viewer);
    const cookies = [];
    for (let index = 0; index < 17; index += 1) cookies.push(await signIn(tokens.operator));
    expect(await program({ cookie: cookies[0] ?? '' })).toBe(401);
    for (const cookie of [cookies[1], cookies[16], viewer]) expect(await program({ cookie: cookie ?? '' })).toBe(200);
  });
});
