import { z } from 'zod';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';

const realms = ['OBS_WEBSOCKET_DATA_REALM_GLOBAL', 'OBS_WEBSOCKET_DATA_REALM_PROFILE'];

/** "Config Requests", as far as clients need them to connect: one profile and one collection, both named after the wall. */
export const configRequests: Readonly<Record<string, RequestDefinition>> = {
  GetVideoSettings: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    baseWidth: engine.wall.widthPx,
    baseHeight: engine.wall.heightPx,
    outputWidth: engine.wall.widthPx,
    outputHeight: engine.wall.heightPx,
    fpsNumerator: engine.wall.framesPerSecond,
    fpsDenominator: 1,
  })),

  GetProfileList: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    currentProfileName: engine.wall.name,
    profiles: [engine.wall.name],
  })),

  GetSceneCollectionList: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    currentSceneCollectionName: engine.wall.name,
    sceneCollections: [engine.wall.name],
  })),

  GetPersistentData: defineRequest(z.object({ realm: nameField, slotName: nameField }), 'viewer', ({ realm }) => {
    if (realms.includes(realm)) return { slotValue: null };
    const comment = 'You have specified an invalid persistent data realm.';
    throw new RequestRefusal(requestStatus.resourceNotFound, comment);
  }),
};
