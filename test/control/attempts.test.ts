import { beforeEach, describe, expect, test } from 'vitest';
import { Attempts, networkOf } from '../../src/control/access/attempts.js';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import { errorOf } from './error-of.js';
import { ObsHall } from './obs-hall.js';
import { storedOperators, tokens } from './open-hall.js';

let told: object[];
const log: Logger = { ...silentLogger, warn: (details) => told.push(details) };
let attempts: Attempts;

beforeEach(() => {
  told = [];
  attempts = new Attempts(log, 0);
});

const fail = (address: string, count: number, nowMs: number): void => {
  for (let index = 0; index < count; index += 1) attempts.failed(address, null, nowMs);
};

describe('attempts', () => {
  test('five mistakes are free, then the wait doubles up to a minute, and is told once', () => {
    fail('10.0.0.1', 4, 0);
    expect(attempts.waitMs('10.0.0.1', 0)).toBe(0);
    const waits = Array.from({ length: 9 }, () => {
      attempts.failed('10.0.0.1', null, 0);
      return attempts.waitMs('10.0.0.1', 0);
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(attempts.waitMs('10.0.0.1', 60_000)).toBe(0);
    expect(told).toEqual([{ address: '10.0.0.1', failures: 5 }]);
  });

  test('one address does not pay for another', () => {
    fail('10.0.0.1', 20, 0);
    expect(attempts.waitMs('10.0.0.2', 0)).toBe(0);
  });

  test('after a quarter of an hour of quiet, an address begins anew', () => {
    fail('10.0.0.1', 20, 0);
    fail('10.0.0.1', 1, 900_001);
    expect(attempts.waitMs('10.0.0.1', 900_001)).toBe(0);
  });

  test('many addresses share a budget; one that somebody came in from does not', () => {
    attempts.succeeded('10.1.0.1');
    for (let index = 0; index < 200; index += 1) attempts.failed(`10.0.${index}.1`, null, 0);
    expect(attempts.waitMs('10.2.0.1', 0)).toBeGreaterThan(0);
    expect(attempts.waitMs('10.1.0.1', 0)).toBe(0);
    expect(told).toHaveLength(1);
    expect(attempts.waitMs('10.2.0.1', 3_600_000)).toBe(0);
  });

  test('memory is bounded', () => {
    for (let index = 0; index < 10_000; index += 1) attempts.failed(`10.${index >> 8}.${index & 255}.1`, 'x', index);
    expect(attempts.size).toBe(4_096);
  });

  test.each([
    ['192.168.1.5', '192.168.1.5'],
    ['::ffff:192.168.1.5', '192.168.1.5'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:bbbb:0:0:7', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a hall in which somebody guesses', () => {
  const hall = new ObsHall({ storedOperators });
  const get = (token: string): Promise<Response> =>
    fetch(`${hall.current.url}/api/v1/snapshot/program.png`, { headers: { authorization: `Bearer ${token}` } });
  const metrics = async (): Promise<string> => (await fetch(`${hall.current.url}/metrics`)).text();
  const guess = async (): Promise<Response> => {
    let answer = await get('guess');
    for (let index = 0; answer.status !== 429; index += 1) {
      if (index > 20) throw new Error('guessing goes on without an end');
      answer = await get(`guess-${index}`);
    }
    return answer;
  };

  test('over HTTP is told to wait, and how long, and it is counted', async () => {
    const answer = await guess();
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await errorOf(answer)).toEqual([429, 'too-many-attempts']);
    // Not even the right token is looked at when somebody may have chosen it.
    expect((await get(tokens.operator)).status).toBe(429);
    expect(await metrics()).toMatch(/refused_total\{kind="http",reason="too-many-attempts"\} 2/);
  });

  test('over obs-websocket is refused with the words of OBS, right or wrong, and it is counted', async () => {
    await guess();
    const client = hall.connect();
    void client.identify(tokens.operator);
    expect(await client.closed).toEqual({ code: 4009, reason: 'Authentication failed.' });
    expect(await metrics()).toMatch(/refused_total\{kind="obs",reason="too-many-attempts"\} 1/);
  });

  test('answering challenges wrongly leads there, too', async () => {
    for (let index = 0; index < 5; index += 1) {
      const client = hall.connect();
      void client.identify(`guess-${index}`);
      expect((await client.closed).code).toBe(4009);
    }
    expect((await get('another')).status).toBe(429);
  });

  test('keeps nobody out whose token was made by the command, nor a session', async () => {
    const begun = await fetch(`${hall.current.url}/api/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ token: tokens.viewer }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    await guess();
    expect((await get(tokens.made)).status).toBe(200);
    await hall.identified(tokens.made);
    const path = `${hall.current.url}/api/v1/snapshot/program.png`;
    expect((await fetch(path, { headers: { cookie } })).status).toBe(200);
  });

  test('an old script that comes again and again with the same token makes nobody wait', async () => {
    for (let index = 0; index < 30; index += 1) expect((await get('token-of-last-year')).status).toBe(401);
    expect((await get(tokens.viewer)).status).toBe(200);
  });

  test('a WebSocket that comes with a guess is told to wait as well', async () => {
    await guess();
    const client = hall.connect(undefined, undefined, { authorization: 'Bearer another-guess' });
    const status = await new Promise<number>((resolve) => {
      client.socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
        client.socket.terminate();
      });
    });
    expect(status).toBe(429);
  });
});
