import { z } from 'zod';
import type { Scene } from '../catalogue.js';
import { sceneEntry } from '../event-catalogue.js';
import { requireScene, sceneFields } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import {
  RequestRefusal,
  defineCommandRequest,
  defineRequest,
  type RequestContext,
  type RequestDefinition,
} from '../request.js';

function requireStudioMode(context: RequestContext): void {
  if (!context.engine.state().studioMode) throw new RequestRefusal(requestStatus.studioModeNotActive);
}

const name = z.string().nullable();
const uuid = z.string().nullable();
const namedScene = { sceneName: name, sceneUuid: uuid };

function named(scene: Scene | null): { readonly name: string | null; readonly uuid: string | null } {
  return { name: scene?.name ?? null, uuid: scene?.uuid ?? null };
}

/** "Scenes Requests" and studio mode: a scene is a layout. */
export const sceneRequests: Readonly<Record<string, RequestDefinition>> = {
  GetSceneList: defineRequest({
    summary:
      'Lists the layouts, the last of the configuration first, as OBS counts scenes from the bottom of its list.',
    request: z.object({}),
    response: z.object({
      currentProgramSceneName: name,
      currentProgramSceneUuid: uuid,
      currentPreviewSceneName: name,
      currentPreviewSceneUuid: uuid,
      scenes: z.array(sceneEntry),
    }),
    minimumRole: 'viewer',
    answer: (_data, { catalogue }) => {
      const program = named(catalogue.program());
      const preview = named(catalogue.preview());
      return {
        currentProgramSceneName: program.name,
        currentProgramSceneUuid: program.uuid,
        currentPreviewSceneName: preview.name,
        currentPreviewSceneUuid: preview.uuid,
        scenes: [...catalogue.sceneEntries()],
      };
    },
  }),

  GetGroupList: defineRequest({
    summary: 'Gives an empty list: there are no groups.',
    request: z.object({}),
    response: z.object({ groups: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: () => ({ groups: [] }),
  }),

  GetCurrentProgramScene: defineRequest({
    summary: 'Gives the layout that is on air.',
    request: z.object({}),
    response: z.object({ ...namedScene, currentProgramSceneName: name, currentProgramSceneUuid: uuid }),
    minimumRole: 'viewer',
    answer: (_data, { catalogue }) => {
      const { name: sceneName, uuid: sceneUuid } = named(catalogue.program());
      return { sceneName, sceneUuid, currentProgramSceneName: sceneName, currentProgramSceneUuid: sceneUuid };
    },
  }),

  SetCurrentProgramScene: defineCommandRequest({
    summary: 'Puts a layout on air.',
    request: z.object(sceneFields),
    gives: ['set-program'],
    commandOf: (data, context) => ({
      command: 'set-program',
      data: { layout: requireScene(data, context).layout.id },
    }),
  }),

  GetCurrentPreviewScene: defineRequest({
    summary: 'Gives the layout that is prepared.',
    request: z.object({}),
    response: z.object({ ...namedScene, currentPreviewSceneName: name, currentPreviewSceneUuid: uuid }),
    minimumRole: 'viewer',
    answer: (_data, context) => {
      requireStudioMode(context);
      const { name: sceneName, uuid: sceneUuid } = named(context.catalogue.preview());
      return { sceneName, sceneUuid, currentPreviewSceneName: sceneName, currentPreviewSceneUuid: sceneUuid };
    },
  }),

  SetCurrentPreviewScene: defineCommandRequest({
    summary: 'Prepares a layout.',
    request: z.object(sceneFields),
    gives: ['set-preview'],
    commandOf: (data, context) => {
      requireStudioMode(context);
      return { command: 'set-preview', data: { layout: requireScene(data, context).layout.id } };
    },
  }),

  GetSceneSceneTransitionOverride: defineRequest({
    summary: 'Gives null: no layout has a transition of its own.',
    request: z.object(sceneFields),
    response: z.object({ transitionName: z.null(), transitionDuration: z.null() }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      requireScene(data, context);
      return { transitionName: null, transitionDuration: null };
    },
  }),

  GetStudioModeEnabled: defineRequest({
    summary: 'Says whether there is a preview.',
    request: z.object({}),
    response: z.object({ studioModeEnabled: z.boolean() }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => ({ studioModeEnabled: engine.state().studioMode }),
  }),

  SetStudioModeEnabled: defineCommandRequest({
    summary: 'Switches the preview on or off.',
    request: z.object({ studioModeEnabled: z.boolean() }),
    gives: ['set-studio-mode'],
    commandOf: ({ studioModeEnabled: enabled }) => ({ command: 'set-studio-mode', data: { enabled } }),
  }),

  TriggerStudioModeTransition: defineCommandRequest({
    summary: 'Puts on air what is prepared; what was on air is prepared then.',
    request: z.object({}),
    gives: ['take'],
    commandOf: (_data, context) => {
      requireStudioMode(context);
      return { command: 'take', data: {} };
    },
  }),
};
