import { z } from 'zod';
import { requireScene, sceneFields } from '../lookups.js';
import type { Scene } from '../catalogue.js';
import type { Fields } from '../protocol.js';
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

function described(scene: Scene | null, prefix: 'currentProgram' | 'currentPreview'): Fields {
  const name = scene?.name ?? null;
  const uuid = scene?.uuid ?? null;
  return { sceneName: name, sceneUuid: uuid, [`${prefix}SceneName`]: name, [`${prefix}SceneUuid`]: uuid };
}

/** "Scenes Requests" and studio mode: a scene is a layout. */
export const sceneRequests: Readonly<Record<string, RequestDefinition>> = {
  /** OBS counts scenes from the bottom of its list; clients turn the list round to show it. */
  GetSceneList: defineRequest(z.object({}), 'viewer', (_data, { catalogue }) => {
    const program = catalogue.program();
    const preview = catalogue.preview();
    return {
      currentProgramSceneName: program?.name ?? null,
      currentProgramSceneUuid: program?.uuid ?? null,
      currentPreviewSceneName: preview?.name ?? null,
      currentPreviewSceneUuid: preview?.uuid ?? null,
      scenes: catalogue
        .scenes()
        .toReversed()
        .map((scene, sceneIndex) => ({ sceneIndex, sceneName: scene.name, sceneUuid: scene.uuid })),
    };
  }),

  GetGroupList: defineRequest(z.object({}), 'viewer', () => ({ groups: [] })),

  GetCurrentProgramScene: defineRequest(z.object({}), 'viewer', (_data, { catalogue }) =>
    described(catalogue.program(), 'currentProgram'),
  ),

  SetCurrentProgramScene: defineCommandRequest(z.object(sceneFields), (data, context) => ({
    command: 'set-program',
    data: { layout: requireScene(data, context).layout.id },
  })),

  GetCurrentPreviewScene: defineRequest(z.object({}), 'viewer', (_data, context) => {
    requireStudioMode(context);
    return described(context.catalogue.preview(), 'currentPreview');
  }),

  SetCurrentPreviewScene: defineCommandRequest(z.object(sceneFields), (data, context) => {
    requireStudioMode(context);
    return { command: 'set-preview', data: { layout: requireScene(data, context).layout.id } };
  }),

  GetStudioModeEnabled: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    studioModeEnabled: engine.state().studioMode,
  })),

  SetStudioModeEnabled: defineCommandRequest(
    z.object({ studioModeEnabled: z.boolean() }),
    ({ studioModeEnabled: enabled }) => ({ command: 'set-studio-mode', data: { enabled } }),
  ),

  TriggerStudioModeTransition: defineCommandRequest(z.object({}), (_data, context) => {
    requireStudioMode(context);
    return { command: 'take', data: {} };
  }),
};
