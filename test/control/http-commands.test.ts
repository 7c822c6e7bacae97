import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandRecord } from '../../src/control/commands/desk.js';
import { commandNames } from '../../src/control/commands/registry.js';
import { errorOf } from './error-of.js';
import { openHall, tokens, type Hall } from './open-hall.js';

let hall: Hall;
const records: CommandRecord[] = [];

beforeEach(async () => {
  records.length = 0;
  hall = await openHall({ withOperators: true, onCommand: (record) => records.push(record) });
});

afterEach(async () => {
  await hall.close();
});

type Role = keyof typeof tokens;

function post(command: string, body: unknown, role: Role | null = 'operator', headers: Record<string, string> = {}) {
  return fetch(`${hall.url}/api/v1/commands/${command}`, {
    method: 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(role === null ? {} : { authorization: `Bearer ${tokens[role]}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe('commands over HTTP', () => {
  test('are carried out, answer with the revision, and are told of with who gave them from where', async () => {
    const answer = await post('set-program', { layout: 'windows' });
    expect([answer.status, await answer.json()]).toEqual([200, { revision: 2 }]);
    expect(hall.engine.state().program).toBe('windows');
    expect(records).toMatchObject([
      { actor: { name: '李', role: 'operator', via: 'http', from: '127.0.0.1' }, command: 'set-program' },
    ]);
  });

  test('need no body where there is nothing to say', async () => {
    expect((await post('take', undefined)).status).toBe(200);
    expect(hall.engine.state().program).toBe('windows');
  });

  test.each([
    ['set-program', { layout: 'moon' }, 404, 'unknown-layout'],
    ['set-program', {}, 400, 'bad-command'],
    ['set-program', { layout: 'hall', when: 'now' }, 400, 'bad-command'],
    ['set-program', [], 400, 'bad-command'],
    ['set-program', 'hall', 400, 'bad-command'],
    ['take', { ifRevision: 'one' }, 400, 'bad-command'],
    ['take', { ifRevision: 17 }, 409, 'conflict'],
    ['undo', {}, 409, 'nothing-to-undo'],
    ['show-test-pattern', { pattern: 'red' }, 409, 'confirmation-needed'],
    ['move-camera', { camera: 'moon', pan: 1 }, 404, 'unknown-camera'],
    ['move-camera', { camera: 'lobby', pan: 2 }, 400, 'bad-command'],
    ['set-ticker', { text: 'x'.repeat(2_001) }, 400, 'bad-command'],
    ['fly', {}, 404, 'not-found'],
  ])('%s with %j is refused', async (command, body, status, code) => {
    const before = hall.engine.state();
    expect(await errorOf(await post(command, body))).toEqual([status, code]);
    expect(hall.engine.state()).toBe(before);
  });

  test('of a page of another host are refused before they are read, whoever is at the browser', async () => {
    const foreign = await post('take', {}, 'admin', { origin: 'https://elsewhere.example' });
    expect(await errorOf(foreign)).toEqual([403, 'foreign-origin']);
    expect((await post('take', {}, 'admin', { origin: hall.url })).status).toBe(200);
  });

  test('without a token, or with a wrong one, are nobody’s', async () => {
    expect(await errorOf(await post('take', {}, null))).toEqual([401, 'not-identified']);
    expect(await errorOf(await post('take', {}, null, { authorization: 'Bearer nonsense' }))).toEqual([
      401,
      'not-identified',
    ]);
    expect(records).toEqual([]);
  });
});

describe('the state over HTTP', () => {
  test.each([
    'wall',
    'tiles',
    'counts',
    'outputs',
    'controllers',
    'pixel-maps',
    'brightness',
    'schedule',
    'test-patterns',
    'service',
  ])('%s is there for a viewer', async (path) => {
    const url = `${hall.url}/api/v1/${path}`;
    expect(await errorOf(await fetch(url))).toEqual([401, 'not-identified']);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${tokens.viewer}` } });
    expect(answer.status).toBe(200);
    expect(Object.keys((await answer.json()) as object)).not.toEqual([]);
  });

  test('gives the schedule of a date, and refuses what is none', async () => {
    const headers = { authorization: `Bearer ${tokens.viewer}` };
    const ask = (date: string): Promise<Response> => fetch(`${hall.url}/api/v1/schedule?date=${date}`, { headers });
    expect(await (await ask('2026-10-01')).json()).toMatchObject({
      day: {
        date: '2026-10-01',
        workingDay: { kind: 'holiday', name: '国庆节' },
        entries: [{ show: 'hall', rule: null }],
      },
    });
    expect((await ask('2026-02-30')).status).toBe(400);
  });

  test('says the revision that a command needs', async () => {
    const answer = await fetch(`${hall.url}/api/v1/wall`, { headers: { authorization: `Bearer ${tokens.viewer}` } });
    const { revision } = (await answer.json()) as { revision: number };
    expect((await post('take', { ifRevision: revision })).status).toBe(200);
    expect(await errorOf(await post('take', { ifRevision: revision }))).toEqual([409, 'conflict']);
  });
});

describe('the description', () => {
  test('is OpenAPI 3.1 and has every command and every state, with what each takes and answers', async () => {
    const answer = await fetch(`${hall.url}/api/v1/openapi.json`);
    const { openapi, paths } = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { requestBody?: unknown; responses: object; summary?: string }>>;
    };
    expect(openapi).toBe('3.1.0');
    for (const name of commandNames) {
      const operation = paths[`/api/v1/commands/${name}`]?.['post'];
      expect(operation?.summary, name).toBeTruthy();
      expect(operation?.requestBody, name).toBeTruthy();
      expect(Object.keys(operation?.responses ?? {}), name).toEqual(['200', '400', '401', '403', '404', '409']);
    }
    expect(paths['/api/v1/wall']?.['get']?.responses).toHaveProperty('200');
    expect(JSON.stringify(paths)).not.toMatch(/token-/);
  });
});
