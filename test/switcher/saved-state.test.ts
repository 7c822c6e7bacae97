import { describe, expect, it } from 'vitest';
import type { Layout } from '../../src/layout/layout.js';
import { initialState, type Catalogue } from '../../src/switcher/reduce.js';
import { restore, savedState, toSaved } from '../../src/switcher/saved-state.js';
import type { SwitcherState } from '../../src/switcher/state.js';

function layout(id: string, ...cells: readonly string[]): Layout {
  const rectangle = { x: 0, y: 0, widthPx: 10, heightPx: 10 };
  return { id, name: id, cells: cells.map((cell) => ({ id: cell, source: 'lobby', rectangle, z: 0, fit: 'cover' })) };
}

const catalogue: Catalogue = {
  layouts: [layout('one', 'a', 'b'), layout('two', 'a')],
  sources: new Set(['lobby', 'window', 'ticker']),
  tours: new Set(['round']),
  hasSchedule: true,
};
const decided: SwitcherState = {
  ...initialState(catalogue.layouts, '欢迎'),
  revision: 17,
  studioMode: false,
  program: 'two',
  preview: 'one',
  cellSources: { one: { a: 'window' } },
  hiddenCells: { one: ['b'] },
  tickerText: '今日休息',
  transition: 'fade',
  fadeMs: 1_200,
  blackout: true,
  blackoutReason: '消防演练',
  freeze: true,
  freezeReason: null,
  automation: { mode: 'tour', tour: 'round' },
};

describe('what is kept of the state', () => {
  it('comes back as it was, through JSON', () => {
    const saved = savedState.parse(JSON.parse(JSON.stringify(toSaved(decided, '欢迎'))));
    expect(restore(saved, catalogue, '欢迎')).toEqual({ state: decided, dropped: [] });
  });

  it('leaves the ticker to the configuration where nobody changed it, and to the operator where one did', () => {
    const untouched = toSaved({ ...decided, tickerText: '欢迎' }, '欢迎');
    expect(restore(untouched, catalogue, '新的一行').state.tickerText).toBe('新的一行');
    expect(restore(toSaved(decided, '欢迎'), catalogue, '新的一行').state.tickerText).toBe('今日休息');
  });

  it('drops what is gone, says so, and begins with the first layout where the one on air is gone', () => {
    const saved = toSaved(
      {
        ...decided,
        program: 'gone',
        cellSources: { one: { a: 'thrown-away', b: 'window', z: 'window' }, gone: { a: 'lobby' } },
        hiddenCells: { one: ['b', 'y'] },
      },
      '欢迎',
    );
    const { state, dropped } = restore(saved, catalogue, '欢迎');
    expect([state.program, state.preview]).toEqual(['one', 'one']);
    expect(state.cellSources).toEqual({ one: { b: 'window' } });
    expect(state.hiddenCells).toEqual({ one: ['b'] });
    expect(dropped).toEqual([
      'layout gone',
      'source thrown-away of cell a in one',
      'source window of cell z in one',
      'cells of layout gone',
      'hidden cell y in one',
    ]);
  });
});
