import { z } from 'zod';
import type { SwitcherState } from '../../../switcher/state.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineCommandRequest, defineRequest, type RequestDefinition } from '../request.js';
import { transitions } from '../transition.js';

const names = Object.keys(transitions) as readonly SwitcherState['transition'][];

const transition = {
  transitionName: z.string(),
  transitionUuid: z.string(),
  transitionKind: z.string(),
  transitionFixed: z.boolean(),
  transitionConfigurable: z.boolean(),
};

/** "Transitions Requests": cut and fade. */
export const transitionRequests: Readonly<Record<string, RequestDefinition>> = {
  GetTransitionKindList: defineRequest({
    summary: 'Lists the kinds of transitions.',
    request: z.object({}),
    response: z.object({ transitionKinds: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: () => ({ transitionKinds: names.map((name) => transitions[name].transitionKind) }),
  }),

  GetSceneTransitionList: defineRequest({
    summary: 'Lists cut and fade, and says which one is chosen.',
    request: z.object({}),
    response: z.object({
      currentSceneTransitionName: z.string(),
      currentSceneTransitionUuid: z.string(),
      currentSceneTransitionKind: z.string(),
      transitions: z.array(z.object(transition)),
    }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => {
      const current = transitions[engine.state().transition];
      return {
        currentSceneTransitionName: current.transitionName,
        currentSceneTransitionUuid: current.transitionUuid,
        currentSceneTransitionKind: current.transitionKind,
        transitions: names.map((name) => transitions[name]),
      };
    },
  }),

  GetCurrentSceneTransition: defineRequest({
    summary: 'Gives the transition that is chosen, and how long it takes, milliseconds; null for a cut.',
    request: z.object({}),
    response: z.object({
      ...transition,
      transitionDuration: z.number().nullable(),
      transitionSettings: z.null(),
    }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => {
      const { transition: current, fadeMs } = engine.state();
      return {
        ...transitions[current],
        transitionDuration: current === 'cut' ? null : fadeMs,
        transitionSettings: null,
      };
    },
  }),

  SetCurrentSceneTransition: defineCommandRequest({
    summary: 'Chooses cut or fade.',
    request: z.object({ transitionName: nameField }),
    gives: ['set-transition'],
    commandOf: ({ transitionName }) => {
      const chosen = names.find((name) => transitions[name].transitionName === transitionName);
      if (chosen !== undefined) return { command: 'set-transition', data: { transition: chosen } };
      throw new RequestRefusal(requestStatus.resourceNotFound, 'No scene transition was found by that name.');
    },
  }),

  SetCurrentSceneTransitionDuration: defineCommandRequest({
    summary: 'Sets how long a fade takes, milliseconds; as in OBS whatever the transition, though a cut takes none.',
    request: z.object({ transitionDuration: z.number().min(50).max(20_000) }),
    gives: ['set-transition'],
    commandOf: ({ transitionDuration: fadeMs }, { engine }) => ({
      command: 'set-transition',
      data: { transition: engine.state().transition, fadeMs },
    }),
  }),

  GetCurrentSceneTransitionCursor: defineRequest({
    summary: 'Gives 1: clients are told of the beginning and the end of a transition, the rest is in the picture.',
    request: z.object({}),
    response: z.object({ transitionCursor: z.number() }),
    minimumRole: 'viewer',
    answer: () => ({ transitionCursor: 1 }),
  }),
};
