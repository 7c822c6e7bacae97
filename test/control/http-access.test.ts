import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf } from './error-of.js';
import { openHall, tokens, type Hall } from './open-hall.js';

let hall: Hall;

beforeEach(async () => {
  hall = await openHall();
});

afterEach(async () => {
  await hall.close();
});

describe('people', () => {
  let guarded: Hall;

  beforeEach(async () => {
    guarded = await openHall({ withOperators: true });
  });

  afterEach(async () => {
    await guarded.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(guarded.url + path, { headers });
  const putCount = (headers: Record<string, string>) =>
    fetch(`${guarded.url}/api/v1/counts/queue`, {
      method: 'PUT',
      body: '{"waiting": 1}',
      headers: { 'content-type': 'application/json', ...headers },
    });
  const begin = (token: string) =>
    fetch(`${guarded.url}/api/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
      headers: { 'content-type': 'application/json' },
    });

  test('pages, health and metrics are for everybody; pictures and counts are not', async () => {
    for (const path of ['/', '/screen', '/healthz', '/readyz', '/metrics', '/api/v1/session']) {
      expect((await get(path)).status).toBe(200);
    }
    for (const path of ['program.png', 'preview.png', 'camera/lobby.jpg']) {
      expect(await errorOf(await get(`/api/v1/snapshot/${path}`))).toEqual([401, 'not-identified']);
    }
    expect(await errorOf(await get('/api/v1/outputs/processor.sdp'))).toEqual([401, 'not-identified']);
    expect(await errorOf(await putCount({}))).toEqual([401, 'not-identified']);
    expect(await errorOf(await putCount({ authorization: 'Bearer wrong-token' }))).toEqual([401, 'not-identified']);
  });

  test('a bearer token opens what its role includes', async () => {
    const viewer = { authorization: `Bearer ${tokens.viewer}` };
    expect((await get('/api/v1/snapshot/program.png', viewer)).status).toBe(200);
    expect(await errorOf(await putCount(viewer))).toEqual([403, 'not-allowed']);
    expect((await putCount({ authorization: `Bearer ${tokens.operator}` })).status).toBe(204);
  });

  test('a session cookie does the same, without the token in it, until it is ended', async () => {
    expect(await (await get('/api/v1/session')).json()).toMatchObject({
      tokenNeeded: true,
      person: null,
      obsPath: '/obs',
    });
    const begun = await begin(tokens.viewer);
    const setCookie = begun.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    expect(setCookie).not.toContain(tokens.viewer);
    expect(await begun.json()).toMatchObject({ person: { name: '看', role: 'viewer' } });
    const cookie = { cookie: setCookie.split(';')[0] ?? '' };
    expect((await get('/api/v1/snapshot/program.png', cookie)).status).toBe(200);
    expect(await (await get('/api/v1/session', cookie)).json()).toMatchObject({ person: { name: '看' } });
    expect((await fetch(`${guarded.url}/api/v1/session`, { method: 'DELETE', headers: cookie })).status).toBe(204);
    expect((await get('/api/v1/snapshot/program.png', cookie)).status).toBe(401);
  });

  test('a wrong token begins no session, and guessing is slowed down', async () => {
    const responses = [];
    for (let index = 0; index < 12; index += 1) responses.push(await begin(`guess-${index}`));
    expect(responses[0]?.headers.get('set-cookie')).toBeNull();
    expect(await errorOf(responses[0] as Response)).toEqual([401, 'wrong-token']);
    expect(await errorOf(responses.at(-1) as Response)).toEqual([429, 'too-many-attempts']);
    expect(Number(responses.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('whoever is taken off the list loses the session', async () => {
    const setCookie = (await begin(tokens.viewer)).headers.get('set-cookie') ?? '';
    guarded.control.reconfigure({ operators: [{ name: '王', role: 'admin', token: tokens.admin }], origins: [] });
    expect((await get('/api/v1/snapshot/program.png', { cookie: setCookie.split(';')[0] ?? '' })).status).toBe(401);
  });

  test('no token is in any answer or metric', async () => {
    const texts = [await (await get('/metrics')).text(), await (await get('/api/v1/session')).text()];
    for (const token of Object.values(tokens)) for (const text of texts) expect(text).not.toContain(token);
  });
});

describe('the door', () => {
  test('a page of another host may not change anything, whatever the browser sends along', async () => {
    const ask = (origin: string) =>
      fetch(`${hall.url}/api/v1/session`, { method: 'DELETE', headers: { origin } }).then(({ status }) => status);
    expect(await ask('https://evil.example')).toBe(403);
    expect(await ask('null')).toBe(403);
    expect(await ask(hall.url)).toBe(204);
  });

  test('while control is open, only the machine itself by number or as localhost is answered', async () => {
    const statusFor = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = httpRequest(`${hall.url}/healthz`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on('error', reject).end();
      });
    expect(await statusFor('rebound.example')).toBe(403);
    expect(await statusFor('localhost:8080')).toBe(200);
    expect(await statusFor('[::1]:8080')).toBe(200);
  });

  test('an upgrade at another path is ended with 404, and counted', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(hall.control.port, '127.0.0.1');
      let text = '';
      socket.on('data', (data: Buffer) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      socket.write('GET /other HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(await (await fetch(`${hall.url}/metrics`)).text()).toMatch(
      /refused_total\{kind="http",reason="not-found"\} 1/,
    );
  });

  test('the screen is handed over, with its head, and ends with the server', async () => {
    const taken: string[] = [];
    const rehearsal = await openHall({
      screenUpgrade: (request, socket) => {
        taken.push(request.url ?? '');
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      },
    });
    const socket = connect(rehearsal.control.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const answered = new Promise((resolve) => socket.once('data', resolve));
    socket.write('GET /screen/frames HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await answered;
    expect(taken).toEqual(['/screen/frames']);
    await rehearsal.close();
    await closed;
  });

  test('closing twice is closing once', async () => {
    await Promise.all([hall.control.close(), hall.control.close()]);
    await expect(fetch(`${hall.url}/healthz`)).rejects.toThrow();
  });

  test('a port that is taken leaves nothing open', async () => {
    await expect(openHall({ port: hall.control.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
