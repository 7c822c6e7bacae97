import type { CommandRunner } from './runner.js';

/** What the cells of a layout show. */
export type CellCommands = {
  setSource(layoutId: string, cellId: string, sourceId: string): Promise<boolean>;
};

export function cellCommands(runner: CommandRunner): CellCommands {
  return {
    setSource: (layout, cell, source) =>
      runner.call('cell', ({ cells }) => cells.failed, 'SetCellSource', { layout, cell, source }),
  };
}
