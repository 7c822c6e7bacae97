import { describe, expect, test } from 'vitest';
import { CommandDesk, type CommandRecord } from '../../src/control/commands/desk.js';
import { commandNames, definitionOf } from '../../src/control/commands/registry.js';
import type { Caller } from '../../src/control/commands/command.js';
import { FakeEngine } from './fake-engine.js';

const caller = (role: 'viewer' | 'guard' | 'operator' | 'admin'): Caller => ({
  person: { name: role, role },
  via: 'http',
  from: '192.0.2.7',
});

function desk(): { engine: FakeEngine; desk: CommandDesk; records: CommandRecord[] } {
  const engine = new FakeEngine();
  const records: CommandRecord[] = [];
  return { engine, records, desk: new CommandDesk({ engine, onCommand: (record) => records.push(record) }) };
}

describe('the command desk', () => {
  test('carries out a command and tells who gave it, from where, and the revision after it', async () => {
    const { desk: at, engine, records } = desk();
    expect(await at.run('set-program', { layout: 'windows' }, caller('operator'))).toBe(2);
    expect(engine.state().program).toBe('windows');
    expect(records).toMatchObject([
      {
        actor: { name: 'operator', role: 'operator', via: 'http', from: '192.0.2.7' },
        command: 'set-program',
        data: { layout: 'windows' },
        outcome: { kind: 'done', revision: 2 },
      },
    ]);
  });

  test.each([
    ['an unknown command', 'fly', {}, 'unknown-command'],
    ['a name that every object has', 'constructor', {}, 'unknown-command'],
    ['a field too many', 'take', { now: true }, 'bad-command'],
    ['a field of another type', 'set-blackout', { on: 'yes' }, 'bad-command'],
    ['no object', 'set-blackout', 7, 'bad-command'],
    ['a layout that is not there', 'set-program', { layout: 'moon' }, 'unknown-layout'],
  ])('refuses %s and tells of it', async (_what, name, data, code) => {
    const { desk: at, engine, records } = desk();
    const before = engine.state();
    await expect(at.give(name, data, caller('admin'))).rejects.toMatchObject({ code });
    expect(records).toMatchObject([{ command: name, data, outcome: { kind: 'refused', code } }]);
    expect(engine.state()).toBe(before);
  });

  test('lets a guard hide, and not show again', async () => {
    const { desk: at } = desk();
    await at.run('set-blackout', { on: true }, caller('guard'));
    const back = at.run('set-blackout', { on: false }, caller('guard'));
    await expect(back).rejects.toMatchObject({
      code: 'not-allowed',
      parameters: { role: 'guard', needed: 'operator' },
    });
  });

  test('tells of a camera that is turned once, however often it is said while the button is held', async () => {
    const { desk: at, engine, records } = desk();
    const right = { camera: 'lobby', pan: 1 };
    for (let count = 0; count < 3; count += 1) await at.run('move-camera', right, caller('operator'));
    await at.run('move-camera', { camera: 'lobby', tilt: 1 }, caller('operator'));
    await at.run('stop-camera', { camera: 'lobby' }, caller('operator'));
    await at.run('move-camera', right, caller('operator'));
    expect(engine.cameras.mover.done).toEqual([
      'move 1 0 0',
      'move 1 0 0',
      'move 1 0 0',
      'move 0 1 0',
      'stop',
      'move 1 0 0',
    ]);
    const told = records.map(({ command }) => command);
    expect(told).toEqual(['move-camera', 'move-camera', 'stop-camera', 'move-camera']);
  });

  test('lets no guard turn a camera, and tells of every attempt', async () => {
    const { desk: at, engine, records } = desk();
    for (const name of ['move-camera', 'stop-camera', 'home-camera'] as const) {
      const attempt = at.run(name, { camera: 'lobby' }, caller('guard'));
      await expect(attempt).rejects.toMatchObject({ code: 'not-allowed', parameters: { needed: 'operator' } });
    }
    expect(engine.cameras.mover.done).toEqual([]);
    expect(records).toHaveLength(3);
  });

  test('of two takes meant for the same state one wins and the other is told what changed and by whom', async () => {
    const { desk: at, engine } = desk();
    const { revision } = engine.state();
    const takes = await Promise.allSettled([
      at.run('take', {}, { ...caller('operator'), person: { name: '李', role: 'operator' } }, revision),
      at.run('take', {}, { ...caller('operator'), person: { name: '王', role: 'operator' } }, revision),
    ]);
    expect(takes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(takes[1]).toMatchObject({ reason: { code: 'conflict', parameters: { by: '李' } } });
    expect(engine.state().program).toBe('windows');
  });

  test('says of every command what it does, and asks a role for it', () => {
    for (const name of commandNames) expect(definitionOf(name).summary, name).toMatch(/^[A-Z].*\.$/);
  });
});
