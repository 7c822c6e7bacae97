import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsRunRecorder } from '../../src/as-run/as-run-recorder.js';
import type { AuditLog } from '../../src/audit/audit-log.js';
import { auditEntry, type AuditEvent } from '../../src/audit/entry/entry.js';
import { CommandDesk } from '../../src/control/commands/desk.js';
import type { Caller } from '../../src/control/commands/command.js';
import type { ServiceStatus } from '../../src/control/engine.js';
import { Redactor } from '../../src/core/secrets.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { AuditFolder } from '../audit/audit-folder.js';
import { FakeEngine } from '../control/fake-engine.js';
import { eventually } from '../eventually.js';

const LI: Caller = { person: { name: '李', role: 'operator' }, via: 'obs', from: '192.168.10.7' };
const LI_ACTOR = { name: '李', role: 'operator', via: 'obs', from: '192.168.10.7' };
const GUARD: Caller = { person: { name: '守', role: 'guard' }, via: 'http', from: '127.0.0.1' };

let folder: AuditFolder;
let log: AuditLog;
let engine: FakeEngine;
let recorder: AsRunRecorder;
let desk: CommandDesk;
const recorded: AuditEvent[] = [];

function startRecorder(countsEveryMs?: number): void {
  recorder = new AsRunRecorder({
    engine,
    record: (event) => {
      recorded.push(event);
      log.record(event);
    },
    redact: (text) => redactor.redact(text),
    ...(countsEveryMs === undefined ? {} : { countsEveryMs }),
  });
  desk = new CommandDesk({ engine, onCommand: (command) => recorder.observeCommand(command) });
}
const redactor = new Redactor();
redactor.add('p@ssword');

/** What came since the last call. */
const news = (): AuditEvent[] => recorded.splice(0);
const kinds = (): string[] => news().map(({ kind }) => kind);
const taken = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  folder = await AuditFolder.make();
  log = folder.open({}, { now: Date.now });
  engine = new FakeEngine();
  recorded.length = 0;
  startRecorder();
});

afterEach(async () => {
  await recorder.close();
  await log.close();
  // Whatever was recorded reads back as what it is.
  const path = await folder.files();
  for (const name of path) {
    for (const line of await folder.lines(name)) auditEntry.parse(JSON.parse(line));
  }
  expect(await folder.reader.verify()).toMatchObject({ isSound: true });
  await folder.remove();
});

describe('the as-run record', () => {
  it('begins with the service and all that the wall shows, and ends with its end', async () => {
    const [started, snapshot, ...rest] = news();
    expect(started).toMatchObject({ kind: 'service', event: 'started', details: { file: 'hall.yaml', wall: '西墙' } });
    expect(snapshot).toMatchObject({
      kind: 'snapshot',
      reason: 'started',
      wall: {
        isRunning: true,
        layout: {
          value: {
            layout: { id: 'hall', name: '大厅' },
            cells: [
              { cell: 'lobby', source: 'lobby', name: '前台', x: 0, y: 0, widthPx: 64, heightPx: 36, z: 0 },
              { cell: 'ticker', source: 'ticker', name: null },
            ],
          },
        },
        ticker: { value: { text: '欢迎' } },
        blackout: { value: { on: false } },
        tiles: [{ camera: 'lobby', state: 'live' }, { camera: 'window-a', reason: 'timeout' }, { camera: 'window-b' }],
        counts: { counts: [{ id: 'queue', state: 'waiting', ageMs: null }] },
      },
    });
    expect(rest).toEqual([]);
    await recorder.close();
    await recorder.close();
    expect(news()).toMatchObject([{ kind: 'service', event: 'stopped' }]);
    engine.emit('reloaded');
    expect(news()).toEqual([]);
  });

  it('says of a take who gave it, and what was on air with its first frame', async () => {
    news();
    await desk.run('take', {}, LI);
    expect(news()).toMatchObject([
      { kind: 'command', command: 'take', data: {}, actor: LI_ACTOR, result: 'done', code: null, revision: 2 },
    ]);
    await taken();
    expect(news()).toMatchObject([
      {
        kind: 'shown',
        actor: LI_ACTOR,
        command: 'take',
        layout: { id: 'windows', name: '窗口' },
        cells: [{ source: 'window-a' }, { source: 'window-b' }],
        transition: { kind: 'cut', fadeMs: 0, prepared: true, tick: 1_000 },
      },
    ]);
  });

  it.each([
    ['set-ticker', { text: '请排队' }, LI, { kind: 'ticker', text: '请排队' }],
    [
      'set-blackout',
      { on: true, reason: '画面出现个人信息' },
      GUARD,
      { kind: 'blackout', on: true, reason: '画面出现个人信息', actor: { name: '守', via: 'http' } },
    ],
    ['set-freeze', { on: true }, LI, { kind: 'freeze', on: true, reason: null }],
    ['start-tour', { tour: 'round' }, LI, { kind: 'tour', event: 'started', details: { tour: 'round' } }],
    [
      'set-cell-source',
      { layout: 'hall', cell: 'lobby', source: 'window-b' },
      LI,
      { kind: 'cells', layout: { id: 'hall' }, cells: [{ source: 'window-b', name: '窗口' }, { source: 'ticker' }] },
    ],
    [
      'set-cell-enabled',
      { layout: 'hall', cell: 'lobby', enabled: false },
      GUARD,
      { kind: 'cells', cells: [{ source: 'ticker' }] },
    ],
  ] as const)('says what %s changed on the wall', async (command, data, caller, expected) => {
    news();
    await desk.give(command, data, caller);
    const [given, change, ...rest] = news();
    expect(change).toMatchObject(expected);
    if (change?.kind !== 'tour') expect(change).toMatchObject({ command });
    expect(given).toMatchObject({ kind: 'command', command, data, result: 'done' });
    expect(rest).toEqual([]);
  });

  it('says nothing of cells that are not on air but the command', async () => {
    news();
    await desk.run('set-cell-source', { layout: 'windows', cell: 'window-a', source: 'lobby' }, LI);
    await desk.run('set-preview', { layout: 'hall' }, LI);
    expect(kinds()).toEqual(['command', 'command']);
  });

  it('says which commands were refused, whatever they were', async () => {
    news();
    const give = (name: string, data: unknown, caller = LI) => expect(desk.give(name, data, caller)).rejects.toThrow();
    await give('set-program', { layout: 'nowhere' });
    await give('set-ticker', { text: 'x' }, GUARD);
    await give('explode', { at: 10n, secret: 'my p@ssword' });
    await give('x'.repeat(1_000), 'y'.repeat(100_000));
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    await give('take', deep);
    expect(news()).toMatchObject([
      {
        command: 'set-program',
        data: { layout: 'nowhere' },
        result: 'refused',
        code: 'unknown-layout',
        revision: null,
      },
      { command: 'set-ticker', actor: { name: '守', role: 'guard' }, code: 'not-allowed' },
      { command: 'explode', code: 'unknown-command', data: { at: '10', secret: 'my •••' } },
      { command: 'x'.repeat(200), data: { omitted: 'too-long', characters: 100_002 } },
      { command: 'take', code: 'bad-command', data: { omitted: 'not-json' } },
    ]);
  });

  it('tells a tile when it is another, not when it is only tried again', () => {
    news();
    const [lobby] = engine.tiles();
    engine.emit('tile', lobby!);
    engine.emit('tile', { ...lobby!, ageMs: 80, onAir: true });
    expect(kinds()).toEqual([]);
    engine.emit('tile', { ...lobby!, state: 'retrying', reason: 'timeout', slate: true, attempt: 1 });
    engine.emit('tile', { ...lobby!, state: 'retrying', reason: 'timeout', slate: true, attempt: 2 });
    expect(news()).toMatchObject([
      { kind: 'tile', camera: 'lobby', state: 'retrying', reason: 'timeout', slate: true },
    ]);
    engine.emit('tile', lobby!);
    expect(news()).toMatchObject([{ kind: 'tile', state: 'live', reason: null, slate: false }]);
  });

  it('tells of a test pattern, who put it there, and when it is gone', async () => {
    news();
    await desk.run('show-test-pattern', { pattern: 'grid', seconds: 10, confirm: true }, LI);
    engine.emit('testPattern', null, null);
    await desk.run('stop-test-pattern', {}, LI);
    expect(news()).toMatchObject([
      { kind: 'command', command: 'show-test-pattern' },
      {
        kind: 'test-pattern',
        command: 'show-test-pattern',
        actor: LI_ACTOR,
        pattern: 'grid',
        target: 'wall',
        by: '李',
      },
      { kind: 'test-pattern', command: null, actor: null, pattern: null, by: null },
      { kind: 'command', command: 'stop-test-pattern' },
      { kind: 'test-pattern', command: 'stop-test-pattern', actor: LI_ACTOR, pattern: null },
    ]);
  });

  it('tells of a reload, of a broken file, of the disk and of the guardian', () => {
    news();
    let status: ServiceStatus = engine.service();
    const become = (changes: Partial<ServiceStatus>): void => {
      status = { ...status, ...changes };
      engine.emit('service', status);
    };
    const problem = { code: 'unknown-key', path: 'wall.x', line: 3, column: 1, message: '', mend: '' };
    become({ configuration: { ...status.configuration, state: 'invalid', problems: [problem] } });
    become({ guardian: false });
    become({ state: { isSaved: false, problem: 'disk-full' } });
    engine.emit('reloaded');
    become({ configuration: { ...status.configuration, state: 'current', problems: [], loadedAtMs: 5 } });
    expect(news()).toMatchObject([
      { event: 'configuration-refused', details: { problems: [{ code: 'unknown-key', path: 'wall.x', line: 3 }] } },
      { event: 'guardian-gone' },
      { event: 'state-not-saved', details: { problem: 'disk-full' } },
      { kind: 'snapshot', reason: 'reloaded' },
      { event: 'configuration-loaded', details: { file: 'hall.yaml' } },
    ]);
  });

  it('is silent about a reload that leaves everything as it was', async () => {
    await desk.run('set-cell-source', { layout: 'hall', cell: 'lobby', source: 'window-b' }, LI);
    news();
    const state = engine.state();
    const change = { revision: 9, command: 'reload', actor: SERVICE, fields: [] } as const;
    engine.emit('state', { ...structuredClone(state), revision: 9 }, state, change);
    expect(news()).toEqual([]);
    engine.emit('reloaded');
    await log.settled();
    const { wall, cells } = await folder.reader.shownAt(Date.now());
    expect(cells.map(({ source }) => source)).toEqual(['window-b', 'ticker']);
    expect(wall.cells?.decision).toMatchObject({ command: 'set-cell-source', actor: LI_ACTOR });
  });

  it('tells the counts again and again, with their age', async () => {
    await recorder.close();
    engine.pushCounts('queue', { waiting: 12, serving: 'A012' });
    startRecorder(20);
    news();
    await eventually(() => expect(recorded.length).toBeGreaterThan(2));
    expect(news()[0]).toMatchObject({
      kind: 'counts',
      counts: [
        { id: 'queue', state: 'fresh', values: { waiting: 12, serving: 'A012' }, ageMs: expect.any(Number) as number },
      ],
    });
  });

  it('answers what was on the wall, and who decided it, over a restart', async () => {
    await desk.run('take', {}, LI);
    await taken();
    await desk.run('set-ticker', { text: '请排队' }, LI);
    await recorder.close();
    await log.settled();
    expect((await folder.reader.shownAt(Date.now())).state).toBe('ended');
    startRecorder();
    await log.settled();
    const { state, wall } = await folder.reader.shownAt(Date.now());
    expect(state).toBe('shown');
    expect(wall.layout).toMatchObject({ value: { layout: { id: 'windows' } }, decision: { actor: LI_ACTOR } });
    expect(wall.ticker).toMatchObject({ value: { text: '请排队' }, decision: { command: 'set-ticker' } });
  });
});
