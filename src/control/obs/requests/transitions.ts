import { z } from 'zod';
import type { SwitcherState } from '../../../switcher/state.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineCommandRequest, defineRequest, type RequestDefinition } from '../request.js';
import { transitions } from '../transition.js';

const names = Object.keys(transitions) as readonly SwitcherState['transition'][];

/** "Transitions Requests": cut and fade. */
export const transitionRequests: Readonly<Record<string, RequestDefinition>> = {
  GetTransitionKindList: defineRequest(z.object({}), 'viewer', () => ({
    transitionKinds: names.map((name) => transitions[name].transitionKind),
  })),

  GetSceneTransitionList: defineRequest(z.object({}), 'viewer', (_data, { engine }) => {
    const current = transitions[engine.state().transition];
    return {
      currentSceneTransitionName: current.transitionName,
      currentSceneTransitionUuid: current.transitionUuid,
      currentSceneTransitionKind: current.transitionKind,
      transitions: names.map((name) => transitions[name]),
    };
  }),

  GetCurrentSceneTransition: defineRequest(z.object({}), 'viewer', (_data, { engine }) => {
    const { transition, fadeMs } = engine.state();
    return {
      ...transitions[transition],
      transitionDuration: transition === 'cut' ? null : fadeMs,
      transitionSettings: null,
    };
  }),

  SetCurrentSceneTransition: defineCommandRequest(z.object({ transitionName: nameField }), ({ transitionName }) => {
    const transition = names.find((name) => transitions[name].transitionName === transitionName);
    if (transition === undefined) {
      throw new RequestRefusal(requestStatus.resourceNotFound, 'No scene transition was found by that name.');
    }
    return { command: 'set-transition', data: { transition } };
  }),

  /** As in OBS, the duration may be set whatever the transition; a cut takes none. */
  SetCurrentSceneTransitionDuration: defineCommandRequest(
    z.object({ transitionDuration: z.number().min(50).max(20_000) }),
    ({ transitionDuration: fadeMs }, { engine }) => ({
      command: 'set-transition',
      data: { transition: engine.state().transition, fadeMs },
    }),
  ),

  /** A transition shows how far it has come in the picture; the protocol is told of its beginning and its end. */
  GetCurrentSceneTransitionCursor: defineRequest(z.object({}), 'viewer', () => ({ transitionCursor: 1 })),
};
