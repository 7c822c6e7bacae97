import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditLog } from '../../src/audit/audit-log.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import { at, AuditFolder, commandDone, LI, serviceEvent, shownLayout, WANG } from '../audit/audit-folder.js';
import { errorOf } from './error-of.js';
import { openHall, tokens, type Hall } from './open-hall.js';

let folder: AuditFolder;
let log: AuditLog;
let hall: Hall;

beforeEach(async () => {
  folder = await AuditFolder.make();
  log = folder.open();
  log.record({ ...serviceEvent('started'), atMs: at('08:00:00') });
  log.record({ ...shownLayout('hall', ['lobby']), atMs: at('09:00:00') });
  log.record({ ...commandDone('take', { layout: 'windows' }, WANG), atMs: at('10:00:00') });
  log.record({ ...shownLayout('windows', ['window-a'], WANG), atMs: at('10:00:00') });
  const { directory } = folder;
  const reader = new AuditReader({ directory, settled: () => log.settled() });
  hall = await openHall({ withOperators: true, audit: { reader, status: () => log.status } });
});

afterEach(async () => {
  await hall.close();
  await log.close();
  await folder.remove();
});

const get = (path: string, token: string = tokens.admin): Promise<Response> =>
  fetch(`${hall.url}/api/v1/audit${path}`, { headers: { authorization: `Bearer ${token}` } });
const json = async (path: string): Promise<unknown> => (await get(path)).json();
const sequences = async (path: string): Promise<number[]> =>
  ((await json(path)) as { entries: { sequence: number }[] }).entries.map(({ sequence }) => sequence);

describe('the audit log over HTTP', () => {
  test.each(['', '/at?time=2026-11-03T10:00:00Z', '/verify', '/export'])('is for admins alone: %s', async (path) => {
    for (const token of [tokens.viewer, tokens.guard, tokens.operator]) {
      expect(await errorOf(await get(path, token))).toEqual([403, 'not-allowed']);
    }
    expect(await errorOf(await fetch(`${hall.url}/api/v1/audit${path}`))).toEqual([401, 'not-identified']);
    expect((await get(path)).status).toBe(200);
  });

  test('is searched, the newest first, page by page', async () => {
    const first = (await json('?limit=3')) as { next: number };
    expect(first).toMatchObject({
      entries: [{ sequence: 4, kind: 'shown', actor: WANG, cells: [{ source: 'window-a' }] }, { sequence: 3 }, {}],
      next: 2,
      damaged: 0,
    });
    expect(await json(`?limit=3&cursor=${first.next}`)).toMatchObject({ entries: [{ sequence: 1 }], next: null });
    expect(await sequences('?order=oldest-first&kind=shown,command')).toEqual([2, 3, 4]);
    expect(await sequences(`?from=2026-11-03T09:30:00%2B08:00&to=2026-11-03T02:00:01Z&actor=${WANG.name}`)).toEqual([
      4, 3,
    ]);
    expect(await sequences('?camera=lobby')).toEqual([2]);
    expect(await sequences('?layout=windows&text=take')).toEqual([4, 3]);
  });

  test('knows what has been recorded this very moment', async () => {
    log.record({ ...commandDone('undo'), atMs: at('11:00:00') });
    expect(await sequences('?limit=1')).toEqual([5]);
  });

  test('says what was on the wall, and who decided it', async () => {
    expect(await json('/at?time=2026-11-03T09:59:59%2B08:00')).toMatchObject({
      state: 'shown',
      wall: { layout: { value: { layout: { id: 'hall' } }, decision: { command: 'take', actor: LI } } },
      cells: [{ source: 'lobby' }],
    });
  });

  test('is exported as a file', async () => {
    const csv = await get('/export?kind=command');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const rows = (await csv.text()).split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^3,2026-11-03T02:00:00.000Z,command,王,admin,http,192.168.10.8,take,done,/);
    const lines = await get('/export?format=json');
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(await lines.text()).toBe(await readFile(join(folder.directory, 'audit-2026-11-03.001.jsonl'), 'utf8'));
  });

  test('is exported to whoever goes away in the middle', async () => {
    for (let count = 0; count < 15_000; count += 1) log.record(commandDone('take', { text: 'x'.repeat(1_000) }));
    const { body } = await get('/export');
    const reader = body!.getReader();
    await reader.read();
    await reader.cancel();
    expect((await get('?limit=1')).status).toBe(200);
  });

  test('is verified', async () => {
    expect(await json('/verify')).toMatchObject({ isSound: true, isEndKnown: true, entries: 4, last: { sequence: 4 } });
    const path = join(folder.directory, 'audit-2026-11-03.001.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('王', '李'));
    expect(await json('/verify')).toMatchObject({
      isSound: false,
      findings: [{ code: 'changed', line: 3, sequence: 3 }],
    });
  });

  test.each([
    '?from=yesterday',
    '?from=2026-11-03T10:00:00',
    '?limit=0',
    '?limit=100000',
    '?cursor=x',
    '?kind=<script>',
    '?colour=red',
    `?text=${'x'.repeat(201)}`,
    '/at',
    '/at?time=10',
    '/export?format=xml',
  ])('refuses %s', async (path) => {
    expect(await errorOf(await get(path))).toEqual([400, 'bad-request']);
  });

  test('is counted', async () => {
    await log.settled();
    const metrics = await (await fetch(`${hall.url}/metrics`)).text();
    expect(metrics).toMatch(/^glasshall_audit_entries_total 4$/m);
    expect(metrics).toMatch(/^glasshall_audit_written 1$/m);
    expect(metrics).toMatch(/^glasshall_audit_sequence 4$/m);
  });
});

test('where nothing is kept, there is nothing to read', async () => {
  const bare = await openHall();
  try {
    expect(await errorOf(await fetch(`${bare.url}/api/v1/audit`))).toEqual([404, 'not-found']);
    expect(await (await fetch(`${bare.url}/metrics`)).text()).not.toContain('glasshall_audit');
  } finally {
    await bare.close();
  }
});
