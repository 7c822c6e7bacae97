import { describe, expect, it } from 'vitest';
import type { Layout } from '../../src/layout/layout.js';
import { SERVICE, type Actor } from '../../src/switcher/actor.js';
import { initialState, type Catalogue } from '../../src/switcher/reduce.js';
import type { SwitcherCommand } from '../../src/switcher/state.js';
import { Switcher } from '../../src/switcher/switcher.js';

const rectangle = { x: 0, y: 0, widthPx: 100, heightPx: 100 };
const layouts: readonly Layout[] = ['quad', 'full', 'wide'].map((id) => ({
  id,
  name: id,
  cells: [{ id: 'a', source: 'lobby', rectangle, z: 0, fit: 'cover' }],
}));
const catalogue: Catalogue = { layouts, sources: new Set(['lobby', 'window']), tours: new Set(['round']) };
const li: Actor = { name: '李', role: 'operator', via: 'obs', from: '192.0.2.7' };
const wang: Actor = { ...li, name: '王' };
const tour: Actor = { name: 'round', role: 'system', via: 'tour', from: null };

function switcher(): Switcher {
  return new Switcher(initialState(layouts, '欢迎'), catalogue);
}

function give(to: Switcher, command: SwitcherCommand, actor: Actor = li): void {
  const next = to.plan(command, { actor });
  if (next !== to.state) to.commit(next, command.kind, actor);
}

describe('undo', () => {
  it('takes back the decisions of people, latest first, each in what it changed alone', () => {
    const wall = switcher();
    give(wall, { kind: 'set-ticker', text: '一' });
    give(wall, { kind: 'set-program', layout: 'wide' }, wang);
    give(wall, { kind: 'set-blackout', on: true });
    expect(wall.undoable).toMatchObject({ command: 'set-blackout', actor: { name: '李' }, fields: ['blackout'] });
    give(wall, { kind: 'undo' });
    expect(wall.state).toMatchObject({ blackout: false, program: 'wide', tickerText: '一', revision: 4 });
    give(wall, { kind: 'undo' });
    expect(wall.state).toMatchObject({ program: 'quad', tickerText: '一' });
    give(wall, { kind: 'undo' });
    expect(wall.state).toMatchObject({ program: 'quad', preview: 'full', tickerText: '欢迎' });
    expect(wall.undoable).toBeNull();
    expect(() => give(wall, { kind: 'undo' })).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }));
  });

  it('leaves alone what tours and reloads did, and gives a wall back to the tour it was taken from', () => {
    const wall = switcher();
    give(wall, { kind: 'start-tour', tour: 'round' });
    give(wall, { kind: 'show-automatically', layout: 'full' }, tour);
    give(wall, { kind: 'set-program', layout: 'wide' });
    expect(wall.state.automation).toEqual({ mode: 'manual', untilMs: null });
    give(wall, { kind: 'undo' });
    expect(wall.state).toMatchObject({ program: 'full', automation: { mode: 'tour', tour: 'round' } });
    wall.commit({ ...wall.state, tickerText: '新', revision: wall.state.revision + 1 }, 'reload', SERVICE);
    give(wall, { kind: 'undo' });
    expect(wall.state).toMatchObject({ tickerText: '新', program: 'full', automation: { mode: 'manual' } });
  });

  it('passes over what is so again by itself, and over layouts that are gone', () => {
    const wall = switcher();
    give(wall, { kind: 'set-preview', layout: 'wide' });
    give(wall, { kind: 'set-blackout', on: true });
    wall.commit({ ...wall.state, blackout: false, revision: 3 }, 'reload', SERVICE);
    expect(wall.undoable).toMatchObject({ command: 'set-preview' });
    wall.catalogue = { ...catalogue, layouts: layouts.filter(({ id }) => id !== 'full') };
    expect(wall.undoable).toBeNull();
  });
});

describe('a command for a state that is not there any more', () => {
  it('is refused with what changed and by whom', () => {
    const wall = switcher();
    give(wall, { kind: 'set-program', layout: 'wide' }, wang);
    give(wall, { kind: 'set-ticker', text: '一' }, wang);
    expect(() => wall.plan({ kind: 'take' }, { actor: li, ifRevision: 0 })).toThrow(
      expect.objectContaining({
        code: 'conflict',
        parameters: { revision: 2, ifRevision: 0, fields: 'program, tickerText', by: '王' },
      }),
    );
    expect(wall.plan({ kind: 'take' }, { actor: li, ifRevision: 2 })).toMatchObject({ program: 'full' });
  });

  it('keeps memory bounded over many decisions', () => {
    const wall = switcher();
    for (let turn = 0; turn < 1_000; turn += 1) give(wall, { kind: 'set-ticker', text: `${turn}` });
    let undone = 0;
    for (; wall.undoable !== null; undone += 1) give(wall, { kind: 'undo' });
    expect(undone).toBe(100);
  });
});
