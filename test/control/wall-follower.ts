import type OBSWebSocket from 'obs-websocket-js/json';

type FollowedItem = { source: string; enabled: boolean };

/** What a client of obs-websocket knows of a wall. */
export type FollowedWall = {
  studioMode: boolean;
  program: string;
  preview: string | null;
  tickerText: unknown;
  transition: string;
  durationMs: number | null;
  /** By scene, then by item. */
  items: Record<string, Record<number, FollowedItem>>;
  /** Inputs that are on air. */
  active: Record<string, boolean>;
};

type Followed = Pick<OBSWebSocket, 'call' | 'on'>;

function nameIn(fields: Readonly<Record<string, unknown>>, key: string): string {
  const name = fields[key];
  if (typeof name !== 'string') throw new Error(`${key} is no text`);
  return name;
}

/** A client as they are written: it asks once, and from then on believes the events. */
export class WallFollower {
  readonly wall: FollowedWall;
  /** The last `WallChanged`. */
  vendorWall: object | null = null;

  private constructor(client: Followed, wall: FollowedWall) {
    this.wall = wall;
    const { items } = wall;
    client.on('StudioModeStateChanged', ({ studioModeEnabled }) => {
      wall.studioMode = studioModeEnabled;
      if (!studioModeEnabled) wall.preview = null;
    });
    client.on('CurrentProgramSceneChanged', ({ sceneName }) => (wall.program = sceneName));
    client.on('CurrentPreviewSceneChanged', ({ sceneName }) => (wall.preview = sceneName));
    client.on('InputSettingsChanged', ({ inputSettings }) => (wall.tickerText = inputSettings['text']));
    client.on('CurrentSceneTransitionChanged', ({ transitionName }) => (wall.transition = transitionName));
    client.on('CurrentSceneTransitionDurationChanged', ({ transitionDuration }) => {
      wall.durationMs = transitionDuration;
    });
    client.on('SceneItemRemoved', ({ sceneName, sceneItemId }) => delete items[sceneName]?.[sceneItemId]);
    client.on('SceneItemCreated', ({ sceneName, sceneItemId, sourceName }) => {
      (items[sceneName] ??= {})[sceneItemId] = { source: sourceName, enabled: true };
    });
    client.on('SceneItemEnableStateChanged', ({ sceneName, sceneItemId, sceneItemEnabled }) => {
      const item = items[sceneName]?.[sceneItemId];
      if (item === undefined) throw new Error(`there is no item ${sceneItemId} in ${sceneName}`);
      item.enabled = sceneItemEnabled;
    });
    client.on('InputActiveStateChanged', ({ inputName, videoActive }) => (wall.active[inputName] = videoActive));
    client.on('VendorEvent', ({ eventType, eventData }) => {
      if (eventType === 'WallChanged') this.vendorWall = eventData;
    });
  }

  /** Asks for everything that events change. */
  static async start(client: Followed): Promise<WallFollower> {
    const { currentProgramSceneName, currentPreviewSceneName, scenes } = await client.call('GetSceneList');
    const { transitionName } = await client.call('GetCurrentSceneTransition');
    const wall: FollowedWall = {
      studioMode: (await client.call('GetStudioModeEnabled')).studioModeEnabled,
      program: currentProgramSceneName,
      preview: currentPreviewSceneName,
      tickerText: (await client.call('GetInputSettings', { inputName: 'ticker' })).inputSettings['text'],
      transition: transitionName,
      durationMs: null,
      items: {},
      active: {},
    };
    for (const scene of scenes) {
      const sceneName = nameIn(scene, 'sceneName');
      const { sceneItems } = await client.call('GetSceneItemList', { sceneName });
      wall.items[sceneName] = Object.fromEntries(
        sceneItems.map((item) => [
          Number(item['sceneItemId']),
          { source: nameIn(item, 'sourceName'), enabled: item['sceneItemEnabled'] === true },
        ]),
      );
    }
    for (const input of (await client.call('GetInputList')).inputs) {
      const inputName = nameIn(input, 'inputName');
      wall.active[inputName] = (await client.call('GetSourceActive', { sourceName: inputName })).videoActive;
    }
    return new WallFollower(client, wall);
  }
}
