import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VisitorBook, type VisitRecord } from '../../src/control/access/visitor-book.js';
import { eventually } from '../eventually.js';
import { openHall, storedOperators, tokens, type Hall } from './open-hall.js';
import { RawClient, statusOf } from './raw-client.js';

const LI = { name: '李', role: 'operator' } as const;
const FAILED = { kind: 'login-failed', person: null, entrance: 'http', reason: 'wrong-token' } as const;

describe('the visitor book', () => {
  let nowMs = 0;
  let told: VisitRecord[];
  let book: VisitorBook;

  beforeEach(() => {
    nowMs = 1_000_000;
    told = [];
    book = new VisitorBook(
      (visit) => told.push(visit),
      () => nowMs,
    );
  });

  test('tells the first of a minute one by one, and the rest as one when the minute is over', () => {
    for (let index = 0; index < 5_000; index += 1) {
      nowMs += 1;
      book.enter({ ...FAILED, from: '192.0.2.7' });
    }
    expect(told.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    nowMs += 60_000;
    book.tidy();
    expect(told.at(-1)).toEqual({ ...FAILED, from: '192.0.2.7', count: 4_995, atMs: 1_005_000 });
    book.tidy();
    expect(told).toHaveLength(6);
  });

  test('one minute is never many entries, from however many addresses, and no stranger hides who came in', () => {
    for (let index = 0; index < 20_000; index += 1)
      book.enter({ ...FAILED, from: `10.${index >> 8}.${index & 255}.1` });
    book.enter({ kind: 'login', person: LI, entrance: 'obs', from: '192.0.2.8', reason: null });
    expect(told.at(-1)).toMatchObject({ kind: 'login', person: LI, count: 1 });
    nowMs += 60_000;
    book.tidy();
    expect(told.length).toBeLessThan(70);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(20_001);
    expect(told.at(-1)).toMatchObject({ kind: 'login-failed', from: null });
  });

  test('tells what waits when it is closed, and goes on when somebody sets the clock back', async () => {
    for (let index = 0; index < 7; index += 1) book.enter({ ...FAILED, from: '192.0.2.7' });
    nowMs -= 3_600_000;
    book.enter({ ...FAILED, from: '192.0.2.7' });
    expect(told.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 2, 1]);
    book.enter({ ...FAILED, from: '192.0.2.7' });
    await book.close();
    await book.close();
    expect(told).toHaveLength(8);
  });
});

describe('at the doors', () => {
  const visits: VisitRecord[] = [];
  let hall: Hall;
  /** What was told since the last call, of this kind of entrance and person. */
  const news = (): unknown[] =>
    visits
      .splice(0)
      .map(({ kind, person, entrance, from, reason }) => [kind, person?.name ?? null, entrance, from, reason]);
  const connect = async (token: string, headers: Record<string, string> = {}): Promise<RawClient> => {
    const client = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`, undefined, headers);
    await client.identify(token);
    return client;
  };
  const signIn = (token: string): Promise<Response> =>
    fetch(`${hall.url}/api/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
      headers: { 'content-type': 'application/json' },
    });
  const wall = (headers: Record<string, string>): Promise<Response> => fetch(`${hall.url}/api/v1/wall`, { headers });

  beforeEach(async () => {
    visits.length = 0;
    hall = await openHall({ withOperators: true, storedOperators, onVisit: (visit) => visits.push(visit) });
  });

  afterEach(async () => {
    await hall.close();
  });

  test('obs-websocket: who came in by challenge and left, and who gave a wrong token or none', async () => {
    const client = await connect(tokens.operator);
    await client.close();
    await eventually(() => expect(visits).toHaveLength(2));
    expect(news()).toEqual([
      ['login', '李', 'obs', '127.0.0.1', null],
      ['logout', '李', 'obs', '127.0.0.1', 'left'],
    ]);
    const wrong = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`);
    void wrong.identify('nobody-has-this');
    expect((await wrong.closed).code).toBe(4009);
    const mute = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`);
    void mute.identify();
    await mute.closed;
    expect(news()).toEqual([
      ['login-failed', null, 'obs', '127.0.0.1', 'wrong-token'],
      ['login-failed', null, 'obs', '127.0.0.1', 'no-token'],
    ]);
  });

  test('a session: signed in, used by sockets without another word, signed out', async () => {
    const cookie = (await signIn(tokens.admin)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await connect('', { cookie });
    expect((await wall({ cookie })).status).toBe(200);
    await fetch(`${hall.url}/api/v1/session`, { method: 'DELETE', headers: { cookie } });
    await page.closed;
    expect(news()).toEqual([
      ['login', '王', 'page', '127.0.0.1', null],
      ['logout', '王', 'page', '127.0.0.1', 'signed-out'],
    ]);
    await signIn('wrong');
    expect(news()).toEqual([['login-failed', null, 'page', '127.0.0.1', 'wrong-token']]);
  });

  test('a bearer token is told of once, however often it is used', async () => {
    for (let index = 0; index < 20; index += 1) await wall({ authorization: `Bearer ${tokens.viewer}` });
    expect(news()).toEqual([['login', '看', 'http', '127.0.0.1', null]]);
  });

  test('a token that is revoked ends what it began, by every door, and says so', async () => {
    await wall({ authorization: `Bearer ${tokens.made}` });
    await signIn(tokens.made);
    const client = await connect(tokens.made);
    expect(news()).toHaveLength(3);
    hall.control.setStoredOperators({ ...storedOperators, operators: [] });
    expect((await client.closed).code).toBe(4011);
    await eventually(() => expect(visits).toHaveLength(3));
    expect(news().sort()).toEqual(
      ['page', 'http', 'obs'].map((entrance) => ['logout', '陈', entrance, '127.0.0.1', 'revoked']).sort(),
    );
    expect((await wall({ authorization: `Bearer ${tokens.made}` })).status).toBe(401);
    expect(news()).toEqual([['login-failed', null, 'http', '127.0.0.1', 'wrong-token']]);
  });

  test('guessing: the lockout is told with its end, and a flood of wrong tokens is a few entries', async () => {
    for (let index = 0; index < 300; index += 1) await wall({ authorization: `Bearer guess-${index}` });
    const lockout = visits.find(({ kind }) => kind === 'lockout');
    expect(lockout).toMatchObject({ from: '127.0.0.1', reason: 'wrong-tokens' });
    expect(lockout?.untilMs).toBeGreaterThan(lockout?.atMs ?? Infinity);
    const before = visits.length;
    expect(before).toBeLessThan(20);
    await hall.control.close();
    const counted = visits.filter(({ kind }) => kind === 'login-failed').reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(300);
  });

  test('whoever leaves because the service ends is told of, too', async () => {
    const client = await connect(tokens.operator);
    await client.request('GetVersion').then((answer) => expect(statusOf(answer)[0]).toBe(100));
    await hall.control.close();
    expect(news().at(-1)).toEqual(['logout', '李', 'obs', '127.0.0.1', 'service-stopped']);
  });

  test('while control is open nobody says who he is, and nothing is told', async () => {
    const open = await openHall({ onVisit: (visit) => visits.push(visit) });
    const client = new RawClient(`ws://127.0.0.1:${open.control.obsPort}`);
    await client.identify();
    await client.close();
    expect((await fetch(`${open.url}/api/v1/wall`)).status).toBe(200);
    await open.close();
    expect(visits).toEqual([]);
  });

  test('the tokens themselves are told to nobody', async () => {
    await signIn(tokens.operator);
    await wall({ authorization: 'Bearer my-old-password' });
    expect(visits).toHaveLength(2);
    expect(JSON.stringify(visits)).not.toMatch(/my-old-password|operator-token/);
  });
});
