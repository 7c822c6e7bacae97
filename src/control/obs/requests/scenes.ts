import { z } from 'zod';
import { requireScene, sceneFields } from '../lookups.js';
import type { Scene } from '../catalogue.js';
import type { Fields } from '../protocol.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';

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

  SetCurrentProgramScene: defineRequest(z.object(sceneFields), 'operator', async (data, context) => {
    const scene = requireScene(data, context);
    await context.engine.execute({ kind: 'set-program', layout: scene.layout.id });
    return undefined;
  }),

  GetCurrentPreviewScene: defineRequest(z.object({}), 'viewer', (_data, context) => {
    requireStudioMode(context);
    return described(context.catalogue.preview(), 'currentPreview');
  }),

  SetCurrentPreviewScene: defineRequest(z.object(sceneFields), 'operator', async (data, context) => {
    requireStudioMode(context);
    const scene = requireScene(data, context);
    await context.engine.execute({ kind: 'set-preview', layout: scene.layout.id });
    return undefined;
  }),

  GetStudioModeEnabled: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    studioModeEnabled: engine.state().studioMode,
  })),

  SetStudioModeEnabled: defineRequest(
    z.object({ studioModeEnabled: z.boolean() }),
    'operator',
    async ({ studioModeEnabled }, { engine }) => {
      await engine.execute({ kind: 'set-studio-mode', enabled: studioModeEnabled });
      return undefined;
    },
  ),

  TriggerStudioModeTransition: defineRequest(z.object({}), 'operator', async (_data, context) => {
    requireStudioMode(context);
    await context.engine.execute({ kind: 'take' });
    return undefined;
  }),
};
