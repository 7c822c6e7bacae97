import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/control/commands/command.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { LI, LI_ACTOR, Recording } from './recording.js';

const GUARD: Caller = { person: { name: '守', role: 'guard' }, via: 'http', from: '127.0.0.1' };
const taken = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
let recording: Recording;

beforeEach(async () => {
  recording = await Recording.start();
});

afterEach(() => recording.close());

describe('the as-run record of commands', () => {
  it('begins with the service and all that the wall shows, and ends with its end', async () => {
    const [started, snapshot, ...rest] = recording.news();
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
    await recording.recorder.close();
    await recording.recorder.close();
    expect(recording.news()).toMatchObject([{ kind: 'service', event: 'stopped' }]);
    recording.engine.emit('reloaded');
    expect(recording.news()).toEqual([]);
  });

  it('says of a take who gave it, and what was on air with its first frame', async () => {
    recording.news();
    await recording.desk.run('take', {}, LI);
    expect(recording.news()).toMatchObject([
      { kind: 'command', command: 'take', data: {}, actor: LI_ACTOR, result: 'done', code: null, revision: 2 },
    ]);
    await taken();
    expect(recording.news()).toMatchObject([
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
    recording.news();
    await recording.desk.give(command, data, caller);
    const [given, change, ...rest] = recording.news();
    expect(change).toMatchObject(expected);
    if (change?.kind !== 'tour') expect(change).toMatchObject({ command });
    expect(given).toMatchObject({ kind: 'command', command, data, result: 'done' });
    expect(rest).toEqual([]);
  });

  it('says why the wall is black for as long as it is, also when somebody says so later', async () => {
    await recording.desk.run('set-blackout', { on: true }, GUARD);
    await recording.desk.run('set-blackout', { on: true, reason: '消防演练' }, LI);
    await recording.desk.run('set-blackout', { on: true }, GUARD);
    await recording.log.settled();
    expect((await recording.folder.reader.shownAt(Date.now())).wall.blackout?.value).toEqual({
      on: true,
      reason: '消防演练',
    });
    await recording.desk.run('set-blackout', { on: false }, LI);
    const effects = recording.news().filter(({ kind }) => kind === 'blackout');
    expect(effects).toMatchObject([
      { on: true, reason: null },
      { on: true, reason: '消防演练' },
      { on: false, reason: null },
    ]);
  });

  it('puts each command before what came of it, however many are under way', async () => {
    recording.news();
    await Promise.all([
      recording.desk.run('set-ticker', { text: '一' }, LI),
      recording.desk.run('set-blackout', { on: true }, GUARD),
      recording.desk.run('show-test-pattern', { pattern: 'grid', confirm: true }, LI),
      expect(recording.desk.run('set-ticker', { text: '二' }, GUARD)).rejects.toThrow(),
    ]);
    const told = recording
      .news()
      .map((event) => ('command' in event ? `${event.kind} ${event.command ?? ''}` : event.kind));
    for (const [effect, command] of [
      ['ticker', 'set-ticker'],
      ['blackout', 'set-blackout'],
      ['test-pattern', 'show-test-pattern'],
    ]) {
      const at = told.indexOf(`${effect ?? ''} ${command ?? ''}`);
      expect(told.slice(0, at)).toContain(`command ${command ?? ''}`);
      expect(at).toBeGreaterThan(0);
    }
    expect(told).toHaveLength(7);
  });

  it('loses nothing of what somebody did without a word of the desk', async () => {
    recording.news();
    await recording.engine.execute({ kind: 'set-ticker', text: '三' }, { actor: { ...SERVICE, role: 'operator' } });
    await recording.recorder.close();
    expect(recording.kinds()).toEqual(['ticker', 'service']);
  });

  it('says nothing of cells that are not on air but the command', async () => {
    recording.news();
    await recording.desk.run('set-cell-source', { layout: 'windows', cell: 'window-a', source: 'lobby' }, LI);
    await recording.desk.run('set-preview', { layout: 'hall' }, LI);
    expect(recording.kinds()).toEqual(['command', 'command']);
  });

  it('says which commands were refused, whatever they were', async () => {
    recording.news();
    const give = (name: string, data: unknown, caller = LI) =>
      expect(recording.desk.give(name, data, caller)).rejects.toThrow();
    await give('set-program', { layout: 'nowhere' });
    await give('set-ticker', { text: 'x' }, GUARD);
    await give('explode', { at: 10n, secret: 'my p@ssword' });
    await give('x'.repeat(1_000), 'y'.repeat(100_000));
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    await give('take', deep);
    expect(recording.news()).toMatchObject([
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

  it('says who came in, who was refused and for how long, with how often', () => {
    recording.news();
    const at = { atMs: 1, entrance: 'obs', from: '192.168.10.7', count: 1 } as const;
    recording.recorder.observeVisit({ ...at, kind: 'login', person: LI.person, reason: null });
    recording.recorder.observeVisit({ ...at, kind: 'login-failed', person: null, reason: 'wrong-token', count: 995 });
    recording.recorder.observeVisit({ ...at, kind: 'lockout', person: null, reason: 'wrong-tokens', untilMs: 60_000 });
    recording.recorder.observeVisit({ ...at, kind: 'logout', person: LI.person, reason: 'revoked' });
    const door = { via: 'obs', from: '192.168.10.7', count: 1 };
    expect(recording.news()).toEqual([
      { atMs: 1, kind: 'login', actor: LI_ACTOR, ...door, reason: null },
      { atMs: 1, kind: 'login-failed', actor: null, ...door, reason: 'wrong-token', count: 995 },
      { atMs: 1, kind: 'lockout', actor: null, ...door, reason: 'wrong-tokens', untilMs: 60_000 },
      { atMs: 1, kind: 'logout', actor: LI_ACTOR, ...door, reason: 'revoked' },
    ]);
  });
});
