import { z } from 'zod';
import { nameField } from '../lookups.js';
import { eventSubscription, requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';
import { CUT, CUT_FIELDS, transitionEvent } from '../transition.js';

/** "Transitions Requests": there is one transition, the cut, whose duration is fixed. */
export const transitionRequests: Readonly<Record<string, RequestDefinition>> = {
  GetTransitionKindList: defineRequest(z.object({}), 'viewer', () => ({ transitionKinds: [CUT.kind] })),

  GetSceneTransitionList: defineRequest(z.object({}), 'viewer', () => ({
    currentSceneTransitionName: CUT.name,
    currentSceneTransitionUuid: CUT.uuid,
    currentSceneTransitionKind: CUT.kind,
    transitions: [CUT_FIELDS],
  })),

  GetCurrentSceneTransition: defineRequest(z.object({}), 'viewer', () => ({
    ...CUT_FIELDS,
    transitionDuration: null,
    transitionSettings: null,
  })),

  SetCurrentSceneTransition: defineRequest(
    z.object({ transitionName: nameField }),
    'operator',
    ({ transitionName }, { broadcast }) => {
      if (transitionName !== CUT.name) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No scene transition was found by that name.');
      }
      broadcast(transitionEvent('CurrentSceneTransitionChanged'));
      return undefined;
    },
  ),

  /** As in OBS, the duration may be set whatever the transition; a cut takes none. */
  SetCurrentSceneTransitionDuration: defineRequest(
    z.object({ transitionDuration: z.number().min(50).max(20_000) }),
    'operator',
    ({ transitionDuration }, { broadcast }) => {
      broadcast({
        eventType: 'CurrentSceneTransitionDurationChanged',
        eventIntent: eventSubscription.transitions,
        eventData: { transitionDuration },
      });
      return undefined;
    },
  ),

  GetCurrentSceneTransitionCursor: defineRequest(z.object({}), 'viewer', () => ({ transitionCursor: 1 })),
};
