import { RequestError } from '../protocol/request-error.js';
import { layoutOf } from '../state/hall.js';
import type { FailureWords } from '../state/notices.js';
import type { CommandRunner } from './runner.js';

/** What is prepared and what is on air. */
export type SwitchingCommands = {
  /** Prepares a layout; without studio mode, puts it on air. */
  selectLayout(layoutId: string): Promise<boolean>;
  cut(): Promise<boolean>;
  setBlackout(on: boolean): Promise<boolean>;
  toggleBlackout(): Promise<boolean>;
  toggleFreeze(): Promise<boolean>;
  enableStudioMode(): Promise<boolean>;
};

export function switchingCommands(runner: CommandRunner): SwitchingCommands {
  const { hall, pending } = runner;
  const setBlackout = (on: boolean): Promise<boolean> =>
    runner.call('blackout', ({ take }) => take.failed.blackout, 'SetBlackout', { on });
  return {
    setBlackout,
    selectLayout: (layoutId) => {
      const wall = hall.wall.value;
      const layout = wall === null ? null : layoutOf(wall, layoutId);
      const requestType = wall?.studioMode === true ? 'SetCurrentPreviewScene' : 'SetCurrentProgramScene';
      const failure: FailureWords = ({ take }) => take.failed.select;
      if (layout === null) {
        return runner.carryOut('select', failure, () =>
          Promise.reject(new RequestError('unknown-layout', 0, layoutId)),
        );
      }
      return runner.request('select', failure, requestType, { sceneName: layout.name });
    },
    cut: async () => {
      // A second press before the answer would take the old program back: preview and program change places.
      if (pending.value.has('cut')) return false;
      return runner.request('cut', ({ take }) => take.failed.cut, 'TriggerStudioModeTransition');
    },
    toggleBlackout: async () =>
      pending.value.has('blackout') ? false : setBlackout(hall.wall.value?.blackout !== true),
    toggleFreeze: async () =>
      pending.value.has('freeze')
        ? false
        : runner.call('freeze', ({ take }) => take.failed.freeze, 'SetFreeze', {
            on: hall.wall.value?.freeze !== true,
          }),
    enableStudioMode: () =>
      runner.request('studio-mode', ({ take }) => take.failed.studioMode, 'SetStudioModeEnabled', {
        studioModeEnabled: true,
      }),
  };
}
