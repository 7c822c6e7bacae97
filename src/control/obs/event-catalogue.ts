import { z } from 'zod';
import { VENDOR_NAME } from '../vendor.js';
import { eventSubscription, highVolumeEventSubscription, type Fields, type ObsEvent } from './protocol.js';

const intents = { ...eventSubscription, ...highVolumeEventSubscription };

/** One event as the documentation describes it. */
export type EventDefinition<Data extends z.ZodObject | null = z.ZodObject | null> = {
  /** One sentence for people. */
  readonly summary: string;
  /** Whoever subscribed to it receives the event. */
  readonly category: keyof typeof intents;
  /** Of `eventData`, null when there is none. */
  readonly data: Data;
};

function event<Data extends z.ZodObject | null>(
  category: keyof typeof intents,
  summary: string,
  data: Data,
): EventDefinition<Data> {
  return { category, summary, data };
}

const scene = { sceneName: z.string(), sceneUuid: z.string() };
const input = { inputName: z.string(), inputUuid: z.string() };
const source = { sourceName: z.string(), sourceUuid: z.string().nullable() };
const transition = z.object({ transitionName: z.string(), transitionUuid: z.string() });
const item = { ...scene, sceneItemId: z.int() };

/** Position and size of a scene item in wall pixels, in the fields of OBS. */
export const sceneItemTransform = z.object({
  positionX: z.number(),
  positionY: z.number(),
  width: z.number(),
  height: z.number(),
  sourceWidth: z.number(),
  sourceHeight: z.number(),
  scaleX: z.number(),
  scaleY: z.number(),
  rotation: z.number(),
  alignment: z.int(),
  boundsType: z.enum(['OBS_BOUNDS_SCALE_OUTER', 'OBS_BOUNDS_SCALE_INNER']),
  boundsAlignment: z.int(),
  boundsWidth: z.number(),
  boundsHeight: z.number(),
  cropTop: z.int(),
  cropRight: z.int(),
  cropBottom: z.int(),
  cropLeft: z.int(),
});

/** A scene as lists give it; index 0 is the lowest of OBS's list, the last of the configuration. */
export const sceneEntry = z.object({ sceneIndex: z.int(), ...scene });

/** Every event that this server sends, by the names and with the data of obs-websocket. */
export const obsEvents = {
  ExitStarted: event('general', 'The service ends.', null),
  CustomEvent: event('general', 'What a client gave to `BroadcastCustomEvent`.', z.looseObject({})),
  VendorEvent: event(
    'vendors',
    'Something happened that OBS does not know: see the vendor events.',
    z.object({
      vendorName: z.literal(VENDOR_NAME),
      eventType: z.string(),
      eventData: z.record(z.string(), z.unknown()),
    }),
  ),
  StudioModeStateChanged: event(
    'ui',
    'Studio mode was switched on or off.',
    z.object({ studioModeEnabled: z.boolean() }),
  ),
  SceneCreated: event('scenes', 'The configuration has a new layout.', z.object({ ...scene, isGroup: z.boolean() })),
  SceneRemoved: event(
    'scenes',
    'The configuration has a layout no more.',
    z.object({ ...scene, isGroup: z.boolean() }),
  ),
  SceneNameChanged: event('scenes', 'A layout has another name.', z.object({ ...scene, oldSceneName: z.string() })),
  CurrentProgramSceneChanged: event(
    'scenes',
    'Another layout is on air: its first frame is composed.',
    z.object(scene),
  ),
  CurrentPreviewSceneChanged: event('scenes', 'Another layout is prepared.', z.object(scene)),
  SceneListChanged: event('scenes', 'Layouts came, went, or changed.', z.object({ scenes: z.array(sceneEntry) })),
  InputCreated: event(
    'inputs',
    'The configuration has a new camera.',
    z.object({
      ...input,
      inputKind: z.string(),
      unversionedInputKind: z.string(),
      inputKindCaps: z.int(),
      inputSettings: z.record(z.string(), z.unknown()),
      defaultInputSettings: z.record(z.string(), z.unknown()),
    }),
  ),
  InputRemoved: event('inputs', 'The configuration has a camera no more.', z.object(input)),
  InputNameChanged: event('inputs', 'A camera has another name.', z.object({ ...input, oldInputName: z.string() })),
  InputSettingsChanged: event(
    'inputs',
    'The ticker has another text.',
    z.object({ ...input, inputSettings: z.record(z.string(), z.unknown()) }),
  ),
  InputActiveStateChanged: event(
    'inputActiveStateChanged',
    'An input came on air, or left it.',
    z.object({ ...input, videoActive: z.boolean() }),
  ),
  InputShowStateChanged: event(
    'inputShowStateChanged',
    'An input came on air or on the preview, or left both.',
    z.object({ ...input, videoShowing: z.boolean() }),
  ),
  MediaInputPlaybackStarted: event('mediaInputs', 'A camera is live.', z.object(input)),
  MediaInputPlaybackEnded: event('mediaInputs', 'A camera is live no more.', z.object(input)),
  CurrentSceneTransitionChanged: event('transitions', 'Another transition was chosen.', transition),
  CurrentSceneTransitionDurationChanged: event(
    'transitions',
    'A fade takes another time, milliseconds.',
    z.object({ transitionDuration: z.number() }),
  ),
  SceneTransitionStarted: event('transitions', 'A layout is on its way on air.', transition),
  SceneTransitionVideoEnded: event('transitions', 'Nothing of the layout before is seen any more.', transition),
  SceneTransitionEnded: event('transitions', 'The transition is over.', transition),
  SceneItemCreated: event(
    'sceneItems',
    'A cell is new, or shows another source: then `SceneItemRemoved` came first.',
    z.object({ ...item, ...source, sceneItemIndex: z.int() }),
  ),
  SceneItemRemoved: event('sceneItems', 'A cell, or what it showed, is gone.', z.object({ ...item, ...source })),
  SceneItemEnableStateChanged: event(
    'sceneItems',
    'A cell was hidden, or is shown again.',
    z.object({ ...item, sceneItemEnabled: z.boolean() }),
  ),
  SceneItemTransformChanged: event(
    'sceneItemTransformChanged',
    'A cell has another place or size, or its picture has.',
    z.object({ ...item, sceneItemTransform }),
  ),
} as const satisfies Readonly<Record<string, EventDefinition>>;

export type ObsEventName = keyof typeof obsEvents;

type EventData<Name extends ObsEventName> = (typeof obsEvents)[Name]['data'] extends infer Data
  ? Data extends z.ZodObject
    ? Readonly<z.input<Data>>
    : null
  : never;

/** An event with its category's bit. @param eventData null for events without data */
export function obsEvent<Name extends ObsEventName>(eventType: Name, eventData: EventData<Name>): ObsEvent;
export function obsEvent(eventType: ObsEventName, eventData: Fields | null): ObsEvent {
  const eventIntent = intentOf(eventType);
  return eventData === null ? { eventType, eventIntent } : { eventType, eventIntent, eventData };
}

/** The bit of an event's category. */
export function intentOf(eventType: ObsEventName): number {
  return intents[obsEvents[eventType].category];
}
