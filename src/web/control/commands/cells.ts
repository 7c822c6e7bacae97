import type { CommandRunner } from './runner.js';

/** What the cells of a layout show, and whether they do. */
export type CellCommands = {
  setSource(layoutId: string, cellId: string, sourceId: string): Promise<boolean>;
  /** @param enabled false: hidden, until somebody shows it again */
  setEnabled(layoutId: string, cellId: string, enabled: boolean): Promise<boolean>;
};

export function cellCommands(runner: CommandRunner): CellCommands {
  return {
    setSource: (layout, cell, source) =>
      runner.call('cell', ({ cells }) => cells.failed, 'SetCellSource', { layout, cell, source }),
    setEnabled: (layout, cell, enabled) =>
      runner.call('cell', ({ cells }) => cells.failed, 'SetCellEnabled', { layout, cell, enabled }),
  };
}
