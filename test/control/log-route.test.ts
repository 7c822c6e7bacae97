import { afterAll, beforeAll, expect, it } from 'vitest';
import { RecentLog } from '../../src/core/recent-log.js';
import { openHall, tokens, type Hall } from './open-hall.js';

let hall: Hall;

beforeAll(async () => {
  const recentLog = new RecentLog();
  for (const [level, msg] of [
    [30, 'stream is live'],
    [40, 'no stream from the camera'],
  ] as const) {
    recentLog.add(JSON.stringify({ level, time: '2026-11-26T02:00:00.000Z', part: 'camera', camera: 'lobby', msg }));
  }
  hall = await openHall({ withOperators: true, recentLog });
});
afterAll(() => hall.close());

const ask = (query: string, token: string): Promise<Response> =>
  fetch(`${hall.url}/api/v1/log${query}`, { headers: { authorization: `Bearer ${token}` } });

it('gives an administrator the latest lines of the log, and nobody else', async () => {
  const answer = await ask('?level=warn&text=LOBBY', tokens.admin);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    lines: [
      {
        atMs: Date.UTC(2026, 10, 26, 2),
        level: 'warn',
        part: 'camera',
        message: 'no stream from the camera',
        details: { camera: 'lobby' },
      },
    ],
  });
  expect(((await (await ask('', tokens.admin)).json()) as { lines: unknown[] }).lines).toHaveLength(2);
  expect((await ask('', tokens.operator)).status).toBe(403);
});

it.each(['?level=loud', '?limit=0', '?limit=9999', '?text=', '?other=1'])('refuses %s', async (query) => {
  expect((await ask(query, tokens.admin)).status).toBe(400);
});
