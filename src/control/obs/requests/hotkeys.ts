import { z } from 'zod';
import type { Role } from '../../options.js';
import type { SwitcherCommand, SwitcherState } from '../../../switcher/state.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';

type Hotkey = { readonly minimumRole: Role; readonly command: (state: SwitcherState) => SwitcherCommand };

/** OBS's own names where it has the same thing, ours for the rest. */
const hotkeys: ReadonlyMap<string, Hotkey> = new Map<string, Hotkey>([
  ['OBSBasic.Transition', { minimumRole: 'operator', command: () => ({ kind: 'take' }) }],
  [
    'OBSBasic.TogglePreviewProgram',
    { minimumRole: 'operator', command: (state) => ({ kind: 'set-studio-mode', enabled: !state.studioMode }) },
  ],
  ['glasshall.BlackoutOn', { minimumRole: 'guard', command: () => ({ kind: 'set-blackout', on: true }) }],
  ['glasshall.BlackoutOff', { minimumRole: 'operator', command: () => ({ kind: 'set-blackout', on: false }) }],
]);

/** "Hotkeys" of the general requests. */
export const hotkeyRequests: Readonly<Record<string, RequestDefinition>> = {
  GetHotkeyList: defineRequest(z.object({}), 'viewer', () => ({ hotkeys: [...hotkeys.keys()] })),

  TriggerHotkeyByName: defineRequest(
    z.object({ hotkeyName: nameField, contextName: nameField.optional() }),
    ({ hotkeyName }) => hotkeys.get(hotkeyName)?.minimumRole ?? 'viewer',
    async ({ hotkeyName }, { engine }) => {
      const hotkey = hotkeys.get(hotkeyName);
      if (hotkey === undefined) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No hotkeys were found by that name.');
      }
      await engine.execute(hotkey.command(engine.state()));
      return undefined;
    },
  ),
};
