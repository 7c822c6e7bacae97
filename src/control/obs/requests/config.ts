import { z } from 'zod';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';

const realms = ['OBS_WEBSOCKET_DATA_REALM_GLOBAL', 'OBS_WEBSOCKET_DATA_REALM_PROFILE'];

/** There is one profile and one collection: the wall's. To choose it is to choose what is so already. */
function requireWall(name: string, wallName: string): void {
  if (name !== wallName) throw new RequestRefusal(requestStatus.resourceNotFound);
}

function notAvailable(what: string): never {
  throw new RequestRefusal(requestStatus.invalidResourceState, `${what} is not available.`);
}

/** "Config Requests", as far as clients need them to connect: one profile and one collection, both named after the wall. */
export const configRequests: Readonly<Record<string, RequestDefinition>> = {
  GetVideoSettings: defineRequest({
    summary: 'Gives the size of the wall in pixels and its frame rate.',
    request: z.object({}),
    response: z.object({
      baseWidth: z.int(),
      baseHeight: z.int(),
      outputWidth: z.int(),
      outputHeight: z.int(),
      fpsNumerator: z.int(),
      fpsDenominator: z.int(),
    }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => ({
      baseWidth: engine.wall.widthPx,
      baseHeight: engine.wall.heightPx,
      outputWidth: engine.wall.widthPx,
      outputHeight: engine.wall.heightPx,
      fpsNumerator: engine.wall.framesPerSecond,
      fpsDenominator: 1,
    }),
  }),

  GetProfileList: defineRequest({
    summary: 'Lists the one profile, which has the name of the wall.',
    request: z.object({}),
    response: z.object({ currentProfileName: z.string(), profiles: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => ({ currentProfileName: engine.wall.name, profiles: [engine.wall.name] }),
  }),

  SetCurrentProfile: defineRequest({
    summary: 'Chooses the one profile, which is chosen already.',
    request: z.object({ profileName: nameField }),
    response: null,
    minimumRole: 'operator',
    answer: ({ profileName }, { engine }) => {
      requireWall(profileName, engine.wall.name);
      return undefined;
    },
  }),

  GetSceneCollectionList: defineRequest({
    summary: 'Lists the one scene collection, which has the name of the wall.',
    request: z.object({}),
    response: z.object({ currentSceneCollectionName: z.string(), sceneCollections: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => ({
      currentSceneCollectionName: engine.wall.name,
      sceneCollections: [engine.wall.name],
    }),
  }),

  SetCurrentSceneCollection: defineRequest({
    summary: 'Chooses the one scene collection, which is chosen already.',
    request: z.object({ sceneCollectionName: nameField }),
    response: null,
    minimumRole: 'operator',
    answer: ({ sceneCollectionName }, { engine }) => {
      requireWall(sceneCollectionName, engine.wall.name);
      return undefined;
    },
  }),

  GetPersistentData: defineRequest({
    summary: 'Gives null: nothing is kept for clients.',
    request: z.object({ realm: nameField, slotName: nameField }),
    response: z.object({ slotValue: z.null() }),
    minimumRole: 'viewer',
    answer: ({ realm }) => {
      if (realms.includes(realm)) return { slotValue: null };
      const comment = 'You have specified an invalid persistent data realm.';
      throw new RequestRefusal(requestStatus.resourceNotFound, comment);
    },
  }),

  GetMonitorList: defineRequest({
    summary: 'Gives an empty list: there are no windows to open on a monitor.',
    request: z.object({}),
    response: z.object({ monitors: z.array(z.object({})) }),
    minimumRole: 'viewer',
    answer: () => ({ monitors: [] }),
  }),

  GetRecordDirectory: defineRequest({
    summary: 'Is refused: nothing is recorded.',
    request: z.object({}),
    response: null,
    minimumRole: 'viewer',
    answer: () => notAvailable('Recording'),
  }),

  GetStreamServiceSettings: defineRequest({
    summary: 'Is refused: nothing is streamed.',
    request: z.object({}),
    response: null,
    minimumRole: 'viewer',
    answer: () => notAvailable('Streaming'),
  }),
};
