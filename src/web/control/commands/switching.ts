import { RequestError } from '../protocol/request-error.js';
import { layoutOf } from '../state/hall.js';
import type { FailureWords } from '../state/notices.js';
import type { CommandRunner } from './runner.js';

/** By the names that OBS gives them. */
const TRANSITIONS = { cut: 'Cut', fade: 'Fade' } as const;

/** What is prepared and what is on air. */
export type SwitchingCommands = {
  /** Prepares a layout; without studio mode, puts it on air. */
  selectLayout(layoutId: string): Promise<boolean>;
  /** At once. */
  cut(): Promise<boolean>;
  /** Fading, for as long as the wall has it. */
  auto(): Promise<boolean>;
  setFadeMs(fadeMs: number): Promise<boolean>;
  /** Takes back the latest decision of a person. */
  undo(): Promise<boolean>;
  setBlackout(on: boolean): Promise<boolean>;
  toggleBlackout(): Promise<boolean>;
  toggleFreeze(): Promise<boolean>;
  /** Says why the wall, which is black, is so. */
  explainBlackout(reason: string): Promise<boolean>;
  /** Says why the wall, which stands still, does so. */
  explainFreeze(reason: string): Promise<boolean>;
  enableStudioMode(): Promise<boolean>;
};

export function switchingCommands(runner: CommandRunner): SwitchingCommands {
  const { hall, pending } = runner;
  const setBlackout = (on: boolean): Promise<boolean> =>
    runner.call('blackout', ({ take }) => take.failed.blackout, 'SetBlackout', { on });
  const take = async (transition: keyof typeof TRANSITIONS, failure: FailureWords): Promise<boolean> => {
    // A second press before the answer would take the old program back: preview and program change places.
    if (pending.value.has('take')) return false;
    return runner.carryOut('take', failure, async () => {
      const connection = runner.connection();
      if (hall.wall.value?.transition !== transition) {
        await connection.request('SetCurrentSceneTransition', { transitionName: TRANSITIONS[transition] });
      }
      await connection.request('TriggerStudioModeTransition');
    });
  };
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
    cut: () => take('cut', ({ take: words }) => words.failed.cut),
    auto: () => take('fade', ({ take: words }) => words.failed.auto),
    setFadeMs: (transitionDuration) =>
      runner.request('duration', (texts) => texts.take.failed.duration, 'SetCurrentSceneTransitionDuration', {
        transitionDuration,
      }),
    undo: async () =>
      pending.value.has('undo') ? false : runner.call('undo', (texts) => texts.take.failed.undo, 'Undo', {}),
    toggleBlackout: async () =>
      pending.value.has('blackout') ? false : setBlackout(hall.wall.value?.blackout !== true),
    toggleFreeze: async () =>
      pending.value.has('freeze')
        ? false
        : runner.call('freeze', ({ take }) => take.failed.freeze, 'SetFreeze', {
            on: hall.wall.value?.freeze !== true,
          }),
    explainBlackout: (reason) =>
      runner.call('blackout-reason', ({ take: words }) => words.failed.reason, 'SetBlackout', { on: true, reason }),
    explainFreeze: (reason) =>
      runner.call('freeze-reason', ({ take: words }) => words.failed.reason, 'SetFreeze', { on: true, reason }),
    enableStudioMode: () =>
      runner.request('studio-mode', ({ take }) => take.failed.studioMode, 'SetStudioModeEnabled', {
        studioModeEnabled: true,
      }),
  };
}
