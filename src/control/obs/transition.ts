import { eventSubscription, type ObsEvent } from './protocol.js';
import { stableUuid } from './uuid.js';

/** The one transition there is: from one frame to the next. */
export const CUT = { name: 'Cut', kind: 'cut_transition', uuid: stableUuid('transition', 'cut') } as const;

/** The cut as requests describe it. */
export const CUT_FIELDS = {
  transitionName: CUT.name,
  transitionUuid: CUT.uuid,
  transitionKind: CUT.kind,
  transitionFixed: true,
  transitionConfigurable: false,
} as const;

type TransitionEventType =
  'CurrentSceneTransitionChanged' | 'SceneTransitionStarted' | 'SceneTransitionVideoEnded' | 'SceneTransitionEnded';

/** An event of the "Transitions" category about the cut. */
export function transitionEvent(eventType: TransitionEventType): ObsEvent {
  return {
    eventType,
    eventIntent: eventSubscription.transitions,
    eventData: { transitionName: CUT.name, transitionUuid: CUT.uuid },
  };
}
