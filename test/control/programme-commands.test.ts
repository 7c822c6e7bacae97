import { afterEach, expect, it } from 'vitest';
import { GlasshallError } from '../../src/core/errors.js';
import { CloseStack } from '../../src/core/closing.js';
import { FakeEngine } from './fake-engine.js';
import { FakeProgrammeDesk } from './fake-programme-desk.js';
import { openHall, tokens, type Hall } from './open-hall.js';
import { RawClient } from './raw-client.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

async function open(engine = new FakeEngine()): Promise<Hall> {
  return closing.add(await openHall({ withOperators: true, engine }));
}

async function send(hall: Hall, token: string, path: string, body?: object): Promise<readonly [number, unknown]> {
  const response = await fetch(`${hall.url}/api/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

const tour = { id: 'new', name: ' 新 ', stops: [{ layout: 'hall', dwellMs: 30_000 }] };
const save = { tour, replaces: null, fileRevision: 'first' };

it('lets admins write tours and rules into the configuration, and everybody look', async () => {
  const engine = new FakeEngine();
  const hall = await open(engine);
  expect(await send(hall, tokens.viewer, 'programme')).toMatchObject([
    200,
    {
      file: { revision: 'first', problem: null },
      tours: [{ id: 'round', skipDead: true, stops: [{ dwellMs: 20_000 }, { dwellMs: 30_000 }] }],
      schedule: { rules: [{ name: '办公', when: 'open', days: [], from: null, show: 'round' }], otherwise: 'hall' },
    },
  ]);
  const rules = { rules: [{ when: 'open', show: 'hall' }], otherwise: 'hall', fileRevision: 'second' };
  for (const [command, data] of [
    ['save-tour', save],
    ['delete-tour', { tour: 'round', fileRevision: 'first' }],
    ['save-schedule-rules', rules],
  ] as const) {
    expect((await send(hall, tokens.operator, `commands/${command}`, data))[0]).toBe(403);
  }
  expect((await send(hall, tokens.admin, 'commands/save-tour', save))[0]).toBe(200);
  expect(await send(hall, tokens.admin, 'commands/save-tour', save)).toMatchObject([
    409,
    { code: 'configuration-changed' },
  ]);
  expect((await send(hall, tokens.admin, 'commands/save-schedule-rules', rules))[0]).toBe(200);
  const { programmeDesk: desk } = engine;
  expect(desk instanceof FakeProgrammeDesk ? desk.done : null).toEqual([
    [
      'save-tour',
      {
        tour: { id: 'new', name: '新', skipDead: true, stops: [{ layout: 'hall', dwell: 30_000 }] },
        replaces: null,
        fileRevision: 'first',
      },
    ],
    [
      'save-schedule-rules',
      { ...rules, rules: [{ name: null, when: 'open', days: [], from: null, to: null, show: 'hall' }] },
    ],
  ]);
});

it('tells clients of obs-websocket with a refusal what its parameters are', async () => {
  const engine = new FakeEngine();
  const parameters = { problem: 'unknown-layout', path: 'tours[1].stops[0].layout' };
  const refuse = (): Promise<never> => Promise.reject(new GlasshallError('bad-tour', 'no such layout', parameters));
  engine.programmeDesk = Object.assign(new FakeProgrammeDesk(() => engine.automation.plan), { saveTour: refuse });
  const hall = await open(engine);
  const client = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`);
  await client.identify(tokens.admin);
  const vendorName = 'glasshall';
  const answer = await client.request('CallVendorRequest', { vendorName, requestType: 'SaveTour', requestData: save });
  await client.close();
  expect(answer).toMatchObject({
    requestStatus: { result: false, code: 400, comment: 'bad-tour: no such layout' },
    responseData: { vendorName, requestType: 'SaveTour', responseData: { code: 'bad-tour', parameters } },
  });
});

it.each([
  ['more stops than a tour may have', { tour: { ...tour, stops: Array.from({ length: 129 }, () => tour.stops[0]) } }],
  ['half a millisecond', { tour: { ...tour, stops: [{ layout: 'hall', dwellMs: 0.5 }] } }],
  ['an unknown field', { tour: { ...tour, script: 'x' } }],
  ['no name', { tour: { ...tour, name: ' ' } }],
])('refuses %s', async (_name, wrong) => {
  const hall = await open();
  expect(await send(hall, tokens.admin, 'commands/save-tour', { ...save, ...wrong })).toMatchObject([
    400,
    { code: 'bad-command' },
  ]);
});
