import type { SwitcherState } from '../../switcher/state.js';
import { obsEvent } from './event-catalogue.js';
import type { ObsEvent } from './protocol.js';
import { stableUuid } from './uuid.js';

/** A transition as requests describe it. */
export type Transition = {
  readonly transitionName: string;
  readonly transitionUuid: string;
  readonly transitionKind: string;
  /** Whether its duration is given. */
  readonly transitionFixed: boolean;
  readonly transitionConfigurable: boolean;
};

/** What there is, by the switcher's names: from one frame to the next, and one picture fading into the other. */
export const transitions: Readonly<Record<SwitcherState['transition'], Transition>> = {
  cut: {
    transitionName: 'Cut',
    transitionUuid: stableUuid('transition', 'cut'),
    transitionKind: 'cut_transition',
    transitionFixed: true,
    transitionConfigurable: false,
  },
  fade: {
    transitionName: 'Fade',
    transitionUuid: stableUuid('transition', 'fade'),
    transitionKind: 'fade_transition',
    transitionFixed: false,
    transitionConfigurable: false,
  },
};

type TransitionEventType =
  'CurrentSceneTransitionChanged' | 'SceneTransitionStarted' | 'SceneTransitionVideoEnded' | 'SceneTransitionEnded';

/** An event of the "Transitions" category. */
export function transitionEvent(eventType: TransitionEventType, name: SwitcherState['transition']): ObsEvent {
  const { transitionName, transitionUuid } = transitions[name];
  return obsEvent(eventType, { transitionName, transitionUuid });
}
