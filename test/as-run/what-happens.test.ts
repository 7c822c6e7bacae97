import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceStatus } from '../../src/control/engine.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { eventually } from '../eventually.js';
import { LI, LI_ACTOR, Recording } from './recording.js';

const taken = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
let recording: Recording;

beforeEach(async () => {
  recording = await Recording.start();
});

afterEach(() => recording.close());

describe('the as-run record of what happens by itself', () => {
  it('tells a tile when it is another, not when it is only tried again', () => {
    recording.news();
    const [lobby] = recording.engine.tiles();
    recording.engine.emit('tile', lobby!);
    recording.engine.emit('tile', { ...lobby!, ageMs: 80, onAir: true });
    expect(recording.kinds()).toEqual([]);
    recording.engine.emit('tile', { ...lobby!, state: 'retrying', reason: 'timeout', slate: true, attempt: 1 });
    recording.engine.emit('tile', { ...lobby!, state: 'retrying', reason: 'timeout', slate: true, attempt: 2 });
    expect(recording.news()).toMatchObject([
      { kind: 'tile', camera: 'lobby', state: 'retrying', reason: 'timeout', slate: true },
    ]);
    recording.engine.emit('tile', lobby!);
    expect(recording.news()).toMatchObject([{ kind: 'tile', state: 'live', reason: null, slate: false }]);
  });

  it('tells of a test pattern, who put it there, and when it is gone', async () => {
    recording.news();
    await recording.desk.run('show-test-pattern', { pattern: 'grid', seconds: 10, confirm: true }, LI);
    recording.engine.emit('testPattern', null, null);
    await recording.desk.run('stop-test-pattern', {}, LI);
    expect(recording.news()).toMatchObject([
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

  it('tells of the brightness when the wall has come to it, and who wanted it', async () => {
    const report = recording.engine.brightness();
    const become = (percent: number, isRamping: boolean): void => {
      recording.engine.emit('brightness', { ...report, percent, isRamping });
    };
    become(40, false);
    recording.news();
    await recording.desk.run('set-brightness', { percent: 45 }, LI);
    for (let percent = 41; percent < 45; percent += 1) become(percent, true);
    expect(recording.kinds()).toEqual(['command']);
    become(45.2, false);
    become(45.4, false);
    expect(recording.news()).toMatchObject([
      { kind: 'brightness', percent: 45, command: 'set-brightness', actor: LI_ACTOR },
    ]);
    become(50, false);
    expect(recording.news()).toMatchObject([{ kind: 'brightness', percent: 50, command: null, actor: null }]);
  });

  it('tells of a reload, of a broken file, of the disk and of the guardian', () => {
    recording.news();
    let status: ServiceStatus = recording.engine.service();
    const become = (changes: Partial<ServiceStatus>): void => {
      status = { ...status, ...changes };
      recording.engine.emit('service', status);
    };
    const problem = { code: 'unknown-key', path: 'wall.x', line: 3, column: 1, message: '', mend: '' };
    become({ configuration: { ...status.configuration, state: 'invalid', problems: [problem] } });
    become({ guardian: false });
    become({ state: { isSaved: false, problem: 'disk-full' } });
    recording.engine.emit('reloaded');
    become({ configuration: { ...status.configuration, state: 'current', problems: [], loadedAtMs: 5 } });
    expect(recording.news()).toMatchObject([
      { event: 'configuration-refused', details: { problems: [{ code: 'unknown-key', path: 'wall.x', line: 3 }] } },
      { event: 'guardian-gone' },
      { event: 'state-not-saved', details: { problem: 'disk-full' } },
      { kind: 'snapshot', reason: 'reloaded' },
      { event: 'configuration-loaded', details: { file: 'hall.yaml' } },
    ]);
  });

  it('is silent about a reload that leaves everything as it was', async () => {
    await recording.desk.run('set-cell-source', { layout: 'hall', cell: 'lobby', source: 'window-b' }, LI);
    recording.news();
    const state = recording.engine.state();
    const change = { revision: 9, command: 'reload', actor: SERVICE, fields: [] } as const;
    recording.engine.emit('state', { ...structuredClone(state), revision: 9 }, state, change);
    expect(recording.news()).toEqual([]);
    recording.engine.emit('reloaded');
    await recording.log.settled();
    const { wall, cells } = await recording.folder.reader.shownAt(Date.now());
    expect(cells.map(({ source }) => source)).toEqual(['window-b', 'ticker']);
    expect(wall.cells?.decision).toMatchObject({ command: 'set-cell-source', actor: LI_ACTOR });
  });

  it('tells the counts again and again, with their age', async () => {
    await recording.recorder.close();
    recording.engine.pushCounts('queue', { waiting: 12, serving: 'A012' });
    recording.restart(20);
    recording.news();
    await eventually(() => expect(recording.recorded.length).toBeGreaterThan(2));
    expect(recording.news()[0]).toMatchObject({
      kind: 'counts',
      counts: [
        { id: 'queue', state: 'fresh', values: { waiting: 12, serving: 'A012' }, ageMs: expect.any(Number) as number },
      ],
    });
  });

  it('answers what was on the wall, and who decided it, over a restart', async () => {
    await recording.desk.run('take', {}, LI);
    await taken();
    await recording.desk.run('set-ticker', { text: '请排队' }, LI);
    await recording.recorder.close();
    await recording.log.settled();
    expect((await recording.folder.reader.shownAt(Date.now())).state).toBe('ended');
    recording.restart();
    await recording.log.settled();
    const { state, wall } = await recording.folder.reader.shownAt(Date.now());
    expect(state).toBe('shown');
    expect(wall.layout).toMatchObject({ value: { layout: { id: 'windows' } }, decision: { actor: LI_ACTOR } });
    expect(wall.ticker).toMatchObject({ value: { text: '请排队' }, decision: { command: 'set-ticker' } });
  });
});
