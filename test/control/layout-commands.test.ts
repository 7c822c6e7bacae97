import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandRecord } from '../../src/control/commands/desk.js';
import { openHall, tokens, type Hall } from './open-hall.js';

let hall: Hall;
let records: CommandRecord[];

beforeEach(async () => {
  records = [];
  hall = await openHall({ withOperators: true, onCommand: (record) => records.push(record) });
});
afterEach(() => hall.close());

async function send(token: string, path: string, body?: object): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${hall.url}/api/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}

const layout = { id: 'new', name: '新', cells: [] };
const save = { layout, replaces: null, fileRevision: 'first' };

it('lets admins write into the configuration, operators keep drafts, and everybody look', async () => {
  expect(await send(tokens.viewer, 'layouts')).toMatchObject({
    status: 200,
    answer: { file: { revision: 'first', problem: null }, layouts: [{ id: 'hall', drawn: true }, { id: 'windows' }] },
  });
  expect((await send(tokens.operator, 'commands/save-layout', save)).status).toBe(403);
  expect(
    (await send(tokens.operator, 'commands/delete-layout', { layout: 'hall', fileRevision: 'first' })).status,
  ).toBe(403);
  expect((await send(tokens.guard, 'commands/save-layout-draft', { id: 'a', layout })).status).toBe(403);
  expect((await send(tokens.operator, 'commands/save-layout-draft', { id: 'a', layout })).status).toBe(200);
  expect(await send(tokens.viewer, 'layout-drafts')).toMatchObject({
    answer: { drafts: [{ id: 'a', by: '李', replaces: null, layout }] },
  });
  expect((await send(tokens.admin, 'commands/save-layout', save)).status).toBe(200);
  expect(await send(tokens.admin, 'commands/save-layout', save)).toMatchObject({
    status: 409,
    answer: { code: 'configuration-changed' },
  });
  expect(records.map(({ command, actor, outcome }) => [command, actor.name, outcome.kind])).toEqual([
    ['save-layout', '李', 'refused'],
    ['delete-layout', '李', 'refused'],
    ['save-layout-draft', '守', 'refused'],
    ['save-layout-draft', '李', 'done'],
    ['save-layout', '王', 'done'],
    ['save-layout', '王', 'refused'],
  ]);
});

it.each([
  ['more cells than a layout may have', { layout: { ...layout, cells: Array.from({ length: 257 }, () => ({})) } }],
  [
    'half a pixel',
    { layout: { ...layout, cells: [{ id: 'a', source: 'a', rectangle: { x: 0.5 }, z: 0, fit: 'cover' }] } },
  ],
  ['an unknown field', { layout: { ...layout, script: 'x' } }],
  ['a path for a draft', { id: '../../etc/passwd', layout }],
])('refuses %s', async (_name, wrong) => {
  const { status, answer } = await send(
    tokens.operator,
    'commands/save-layout-draft',
    Object.assign({ id: 'a', layout }, wrong),
  );
  expect([status, answer]).toMatchObject([400, { code: 'bad-command' }]);
});
