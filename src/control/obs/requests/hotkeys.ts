import { z } from 'zod';
import type { SwitcherState } from '../../../switcher/state.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import {
  RequestRefusal,
  defineCommandRequest,
  defineRequest,
  type GivenCommand,
  type RequestDefinition,
} from '../request.js';

type Hotkey = (state: SwitcherState) => GivenCommand;

/** OBS's own names where it has the same thing, ours for the rest. */
const hotkeys: ReadonlyMap<string, Hotkey> = new Map<string, Hotkey>([
  ['OBSBasic.Transition', () => ({ command: 'take', data: {} })],
  [
    'OBSBasic.TogglePreviewProgram',
    ({ studioMode }) => ({ command: 'set-studio-mode', data: { enabled: !studioMode } }),
  ],
  ['glasshall.BlackoutOn', () => ({ command: 'set-blackout', data: { on: true } })],
  ['glasshall.BlackoutOff', () => ({ command: 'set-blackout', data: { on: false } })],
  ['glasshall.FreezeOn', () => ({ command: 'set-freeze', data: { on: true } })],
  ['glasshall.FreezeOff', () => ({ command: 'set-freeze', data: { on: false } })],
  ['glasshall.Undo', () => ({ command: 'undo', data: {} })],
  ['glasshall.FollowSchedule', () => ({ command: 'follow-schedule', data: {} })],
]);

/** "Hotkeys" of the general requests. */
export const hotkeyRequests: Readonly<Record<string, RequestDefinition>> = {
  GetHotkeyList: defineRequest(z.object({}), 'viewer', () => ({ hotkeys: [...hotkeys.keys()] })),

  TriggerHotkeyByName: defineCommandRequest(
    z.object({ hotkeyName: nameField, contextName: nameField.optional() }),
    ({ hotkeyName }, { engine }) => {
      const hotkey = hotkeys.get(hotkeyName);
      if (hotkey === undefined) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No hotkeys were found by that name.');
      }
      return hotkey(engine.state());
    },
  ),
};
