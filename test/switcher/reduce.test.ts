import { describe, expect, it } from 'vitest';
import type { Cell, Layout } from '../../src/layout/layout.js';
import { cellsShown, initialState, reduce, type Catalogue, type Decision } from '../../src/switcher/reduce.js';
import type { SwitcherState } from '../../src/switcher/state.js';

function cell(id: string, source: string): Cell {
  return { id, source, rectangle: { x: 0, y: 0, widthPx: 100, heightPx: 100 }, z: 0, fit: 'cover' };
}

const quad: Layout = { id: 'quad', name: '四画面', cells: [cell('a', 'lobby'), cell('b', 'window-a')] };
const full: Layout = { id: 'full', name: '全景', cells: [cell('a', 'lobby')] };
const wide: Layout = { id: 'wide', name: '双画面', cells: [cell('a', 'window-a')] };
const catalogue: Catalogue = {
  layouts: [quad, full, wide],
  sources: new Set(['lobby', 'window-a', 'ticker']),
  tours: new Set(['round']),
  hasSchedule: true,
};

function after(state: SwitcherState, ...commands: Decision[]): SwitcherState {
  return commands.reduce((current, command) => reduce(current, command, catalogue), state);
}

const start = initialState(catalogue.layouts, '等候 {queue.waiting}');

describe('switcher', () => {
  it('starts with the first layout on air and the second prepared', () => {
    expect(start).toMatchObject({ program: 'quad', preview: 'full', studioMode: true, revision: 0, blackout: false });
  });

  it('prepares no camera by itself where only one layout was written', () => {
    const camera = { ...full, id: 'full-screen:lobby' };
    expect(initialState([quad, camera], '').preview).toBe('quad');
  });

  it('lets nobody show another camera under the name of one', () => {
    const layouts = [quad, { ...full, id: 'full-screen:lobby' }];
    const command = { kind: 'set-cell-source', layout: 'full-screen:lobby', cell: 'a', source: 'window-a' } as const;
    expect(() => reduce(start, command, { ...catalogue, layouts })).toThrow(
      expect.objectContaining({ code: 'full-screen-layout' }),
    );
  });

  it('swaps preview and program on a take, so that a second take brings the first picture back', () => {
    const taken = after(start, { kind: 'set-preview', layout: 'wide' }, { kind: 'take' });
    expect(taken).toMatchObject({ program: 'wide', preview: 'quad', revision: 2 });
    expect(after(taken, { kind: 'take' })).toMatchObject({ program: 'quad', preview: 'wide', revision: 3 });
  });

  it('puts a layout on air directly and leaves the preview alone', () => {
    expect(after(start, { kind: 'set-program', layout: 'wide' })).toMatchObject({ program: 'wide', preview: 'full' });
  });

  it('keeps the very same state, revision included, when a command changes nothing', () => {
    const same: Decision[] = [
      { kind: 'set-preview', layout: 'full' },
      { kind: 'set-program', layout: 'quad' },
      { kind: 'set-studio-mode', enabled: true },
      { kind: 'set-cell-source', layout: 'quad', cell: 'a', source: 'lobby' },
      { kind: 'set-cell-enabled', layout: 'quad', cell: 'a', enabled: true },
      { kind: 'set-ticker', text: '等候 {queue.waiting}' },
      { kind: 'set-blackout', on: false },
    ];
    for (const command of same) expect(reduce(start, command, catalogue)).toBe(start);
  });

  it('has no preview to set or take while studio mode is off, and opens it on what is on air', () => {
    const off = after(start, { kind: 'set-studio-mode', enabled: false });
    expect(() => after(off, { kind: 'take' })).toThrow(expect.objectContaining({ code: 'studio-mode-off' }));
    expect(() => after(off, { kind: 'set-preview', layout: 'wide' })).toThrow(
      expect.objectContaining({ code: 'studio-mode-off' }),
    );
    const on = after(off, { kind: 'set-program', layout: 'wide' }, { kind: 'set-studio-mode', enabled: true });
    expect(on).toMatchObject({ program: 'wide', preview: 'wide' });
  });

  it('replaces the source of one cell and forgets the replacement when the configured one comes back', () => {
    const replaced = after(start, { kind: 'set-cell-source', layout: 'quad', cell: 'b', source: 'lobby' });
    expect(cellsShown(replaced, quad).map((shown) => shown.source)).toEqual(['lobby', 'lobby']);
    expect(cellsShown(replaced, full).map((shown) => shown.source)).toEqual(['lobby']);
    const back = after(replaced, { kind: 'set-cell-source', layout: 'quad', cell: 'b', source: 'window-a' });
    expect(back.cellSources['quad']).toEqual({});
  });

  it('hides a cell and shows it again', () => {
    const hidden = after(start, { kind: 'set-cell-enabled', layout: 'quad', cell: 'a', enabled: false });
    expect(cellsShown(hidden, quad).map((shown) => shown.id)).toEqual(['b']);
    const shown = after(hidden, { kind: 'set-cell-enabled', layout: 'quad', cell: 'a', enabled: true });
    expect(cellsShown(shown, quad).map((each) => each.id)).toEqual(['a', 'b']);
  });

  it('names what it does not know', () => {
    const unknown: [Decision, string][] = [
      [{ kind: 'set-preview', layout: 'x' }, 'unknown-layout'],
      [{ kind: 'set-program', layout: 'x' }, 'unknown-layout'],
      [{ kind: 'set-cell-source', layout: 'x', cell: 'a', source: 'lobby' }, 'unknown-layout'],
      [{ kind: 'set-cell-source', layout: 'quad', cell: 'x', source: 'lobby' }, 'unknown-cell'],
      [{ kind: 'set-cell-source', layout: 'quad', cell: 'a', source: 'x' }, 'unknown-source'],
      [{ kind: 'set-cell-enabled', layout: 'quad', cell: 'x', enabled: false }, 'unknown-cell'],
      [{ kind: 'set-ticker', text: '长'.repeat(2_001) }, 'text-too-long'],
    ];
    for (const [command, code] of unknown) {
      expect(() => reduce(start, command, catalogue), command.kind).toThrow(expect.objectContaining({ code }));
    }
  });
});
