import type { Cell, Layout } from '../layout/layout.js';
import type { SwitcherState } from '../switcher/state.js';

/** A cell of a layout as it is now: the source in it, and whether it is shown. */
export type CellNow = { readonly cell: Cell; readonly source: string; readonly enabled: boolean };

/** The cells of a layout in configured order, with what the operators changed; hidden ones included. */
export function cellsNow(layout: Layout, state: SwitcherState): readonly CellNow[] {
  const hidden = state.hiddenCells[layout.id] ?? [];
  const sources = state.cellSources[layout.id] ?? {};
  return layout.cells.map((cell) => ({
    cell,
    source: sources[cell.id] ?? cell.source,
    enabled: !hidden.includes(cell.id),
  }));
}
