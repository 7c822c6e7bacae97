/**
 * What an operator can do, as requests of the protocol. A command changes nothing on the page: its effect comes back
 * as the wall's new state. One that fails becomes a notice.
 */
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Link } from '../link/link.js';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import { layoutOf } from '../state/hall.js';
import type { Hall } from '../state/hall.js';
import type { NoticeAction, Notices } from '../state/notices.js';

/** Each command resolves to whether it was carried out; none rejects. */
export type Commands = {
  /** What is under way, so that it can be shown and not be given twice. */
  readonly pending: ReadonlySignal<ReadonlySet<NoticeAction>>;
  /** Prepares a layout; without studio mode, puts it on air. */
  selectLayout(layoutId: string): Promise<boolean>;
  cut(): Promise<boolean>;
  setBlackout(on: boolean): Promise<boolean>;
  toggleBlackout(): Promise<boolean>;
  setTicker(text: string): Promise<boolean>;
  setCellSource(layoutId: string, cellId: string, sourceId: string): Promise<boolean>;
  enableStudioMode(): Promise<boolean>;
};

export function createCommands(hall: Hall, link: Link, notices: Notices): Commands {
  const pending = signal<ReadonlySet<NoticeAction>>(new Set());

  const carryOut = async (action: NoticeAction, run: () => Promise<unknown>): Promise<boolean> => {
    pending.value = new Set([...pending.value, action]);
    try {
      await run();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof RequestError)) throw thrown;
      notices.add(action, thrown.code, thrown.message);
      return false;
    } finally {
      pending.value = new Set([...pending.value].filter((other) => other !== action));
    }
  };

  const setBlackout = (on: boolean): Promise<boolean> =>
    carryOut('blackout', () => callVendor(link.connection(), 'SetBlackout', { on }));

  return {
    pending,
    setBlackout,
    selectLayout: (layoutId) =>
      carryOut('select', () => {
        const wall = hall.wall.value;
        const layout = wall === null ? null : layoutOf(wall, layoutId);
        if (wall === null || layout === null) throw new RequestError('unknown-layout', 0, layoutId);
        const requestType = wall.studioMode ? 'SetCurrentPreviewScene' : 'SetCurrentProgramScene';
        return link.connection().request(requestType, { sceneName: layout.name });
      }),
    cut: async () => {
      // A second press before the answer would take the old program back: preview and program change places.
      if (pending.value.has('cut')) return false;
      return carryOut('cut', () => link.connection().request('TriggerStudioModeTransition'));
    },
    toggleBlackout: async () =>
      pending.value.has('blackout') ? false : setBlackout(hall.wall.value?.blackout !== true),
    setTicker: (text) => carryOut('ticker', () => callVendor(link.connection(), 'SetTicker', { text })),
    setCellSource: (layout, cell, source) =>
      carryOut('cell', () => callVendor(link.connection(), 'SetCellSource', { layout, cell, source })),
    enableStudioMode: () =>
      carryOut('studio-mode', () => link.connection().request('SetStudioModeEnabled', { studioModeEnabled: true })),
  };
}
