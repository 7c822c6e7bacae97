import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsRunRecorder } from '../../src/as-run/as-run-recorder.js';
import type { AuditEvent } from '../../src/audit/entry/entry.js';
import type { Caller } from '../../src/control/commands/command.js';
import { CommandDesk } from '../../src/control/commands/desk.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { FakeEngine } from '../control/fake-engine.js';

const LI: Caller = { person: { name: '李', role: 'operator' }, via: 'obs', from: '192.168.10.7' };
const LI_ACTOR = { name: '李', role: 'operator', via: 'obs', from: '192.168.10.7' };
const GUARD: Caller = { person: { name: '守', role: 'guard' }, via: 'http', from: '127.0.0.1' };

let engine: FakeEngine;
let recorder: AsRunRecorder;
let desk: CommandDesk;
const recorded: AuditEvent[] = [];

/** What came since the last call. */
const news = (): AuditEvent[] => recorded.splice(0);
const kinds = (): string[] => news().map(({ kind }) => kind);

beforeEach(() => {
  engine = new FakeEngine();
  recorded.length = 0;
  recorder = new AsRunRecorder({ engine, record: (event) => recorded.push(event), redact: (text) => text });
  desk = new CommandDesk({ engine, onCommand: (command) => recorder.observeCommand(command) });
});

afterEach(() => recorder.close());

describe('the as-run record of people', () => {
  it('says why the wall is black for as long as it is, also when somebody says so later', async () => {
    await desk.run('set-blackout', { on: true }, GUARD);
    await desk.run('set-blackout', { on: true, reason: '消防演练' }, LI);
    await desk.run('set-blackout', { on: true }, GUARD);
    await desk.run('set-blackout', { on: false }, LI);
    const effects = news().filter(({ kind }) => kind === 'blackout');
    expect(effects).toMatchObject([
      { on: true, reason: null },
      { on: true, reason: '消防演练' },
      { on: false, reason: null },
    ]);
  });

  it('puts each command before what came of it, however many are under way', async () => {
    news();
    await Promise.all([
      desk.run('set-ticker', { text: '一' }, LI),
      desk.run('set-blackout', { on: true }, GUARD),
      desk.run('show-test-pattern', { pattern: 'grid', confirm: true }, LI),
      expect(desk.run('set-ticker', { text: '二' }, GUARD)).rejects.toThrow(),
    ]);
    const told = news().map((event) => ('command' in event ? `${event.kind} ${event.command ?? ''}` : event.kind));
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
    news();
    await engine.execute({ kind: 'set-ticker', text: '三' }, { actor: { ...SERVICE, role: 'operator' } });
    await recorder.close();
    expect(kinds()).toEqual(['ticker', 'service']);
  });

  it('says who came in, who was refused and for how long, with how often', () => {
    news();
    const at = { atMs: 1, entrance: 'obs', from: '192.168.10.7', count: 1 } as const;
    recorder.observeVisit({ ...at, kind: 'login', person: LI.person, reason: null });
    recorder.observeVisit({ ...at, kind: 'login-failed', person: null, reason: 'wrong-token', count: 995 });
    recorder.observeVisit({ ...at, kind: 'lockout', person: null, reason: 'wrong-tokens', untilMs: 60_000 });
    recorder.observeVisit({ ...at, kind: 'logout', person: LI.person, reason: 'revoked' });
    const door = { via: 'obs', from: '192.168.10.7', count: 1 };
    expect(news()).toEqual([
      { atMs: 1, kind: 'login', actor: LI_ACTOR, ...door, reason: null },
      { atMs: 1, kind: 'login-failed', actor: null, ...door, reason: 'wrong-token', count: 995 },
      { atMs: 1, kind: 'lockout', actor: null, ...door, reason: 'wrong-tokens', untilMs: 60_000 },
      { atMs: 1, kind: 'logout', actor: LI_ACTOR, ...door, reason: 'revoked' },
    ]);
  });

  it('tells of the brightness when the wall has come to it, and who wanted it', async () => {
    const report = engine.brightness();
    const become = (percent: number, isRamping: boolean): void => {
      engine.emit('brightness', { ...report, percent, isRamping });
    };
    become(40, false);
    news();
    await desk.run('set-brightness', { percent: 45 }, LI);
    for (let percent = 41; percent < 45; percent += 1) become(percent, true);
    expect(kinds()).toEqual(['command']);
    become(45.2, false);
    become(45.4, false);
    expect(news()).toMatchObject([{ kind: 'brightness', percent: 45, command: 'set-brightness', actor: LI_ACTOR }]);
    become(50, false);
    expect(news()).toMatchObject([{ kind: 'brightness', percent: 50, command: null, actor: null }]);
  });
});
