import { expect, test } from 'vitest';
import { requestTypes } from '../../src/control/obs/registry.js';
import { ObsHall } from './obs-hall.js';
import { randomNumbers } from './random.js';
import { statusOf } from './raw-client.js';

const hall = new ObsHall();

const keys = [
  'sceneName',
  'sceneItemId',
  'inputName',
  'inputSettings',
  'imageFormat',
  'vendorName',
  'requestType',
  '__proto__',
];
const scalars = [
  null,
  true,
  -1,
  0,
  1.5,
  4_294_967_296,
  '',
  '大厅',
  '前台',
  'ticker',
  'png',
  'glasshall',
  'GetWall',
  'x'.repeat(300),
];

function anything(random: (below: number) => number, depth = 0): unknown {
  const kind = random(depth > 3 ? 1 : 4);
  if (kind === 1) return Array.from({ length: random(4) }, () => anything(random, depth + 1));
  if (kind > 1)
    return Object.fromEntries(
      Array.from({ length: random(5) }, () => [keys[random(keys.length)], anything(random, depth + 1)]),
    );
  return scalars[random(scalars.length)];
}

test('every request answers whatever data it is given, with a status', async () => {
  const client = await hall.identified(undefined, { eventSubscriptions: 0 });
  const random = randomNumbers(20_240_101);
  const answered = new Set<number>();
  for (const requestType of requestTypes.flatMap((name) => [name, name, name, name])) {
    const [code] = statusOf(await client.request(requestType, anything(random)));
    answered.add(code);
  }
  // Among them successes, missing fields, wrong types, wrong values.
  for (const code of [100, 300, 301, 401]) expect(answered).toContain(code);
  expect([...answered].filter((code) => code < 100 || code > 799)).toEqual([]);
});

test('a batch of anything is answered or closed, and the next client is served', async () => {
  const random = randomNumbers(7);
  const closes = new Set<number>();
  for (let round = 0; round < 40; round += 1) {
    const client = await hall.identified(undefined, { eventSubscriptions: 0 });
    client.send(8, { requestId: round, requests: anything(random), variables: anything(random) });
    const answer = client.next(({ op }) => op === 9);
    const ending = await Promise.race([answer.then(() => 100), client.closed.then(({ code }) => code)]);
    closes.add(ending);
    client.socket.terminate();
  }
  expect([...closes].sort()).toEqual([100, 4004]);
  expect(statusOf(await (await hall.identified()).request('GetVersion'))[0]).toBe(100);
});

test('messages after the one that closes the connection are not looked at', async () => {
  const client = await hall.identified();
  for (let index = 0; index < 10; index += 1) client.send(8, { requestId: '1', requests: 'no list' });
  client.send(6, { requestId: '2', requestType: 'TriggerStudioModeTransition' });
  expect((await client.closed).code).toBe(4004);
  expect(hall.current.engine.commands).toEqual([]);
  const metrics = await (await fetch(`${hall.current.url}/metrics`)).text();
  expect(metrics).toMatch(/refused_total\{kind="obs",reason="close-4004"\} 1\n/);
});
