import OBSWebSocketJson from 'obs-websocket-js/json';
import OBSWebSocketMessagePack, { EventSubscription } from 'obs-websocket-js';
import { describe, expect, test } from 'vitest';
import { obsEvents, type ObsEventName } from '../../src/control/obs/event-catalogue.js';
import { vendorEvents, type VendorEventName } from '../../src/control/vendor.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { fakeLayouts } from './fake-engine.js';
import { openHall, tokens, type Hall } from './open-hall.js';

const everything =
  EventSubscription.All |
  EventSubscription.InputActiveStateChanged |
  EventSubscription.InputShowStateChanged |
  EventSubscription.SceneItemTransformChanged;

/** Lets happen what can happen to a wall. */
async function provoke(
  { engine, control }: Hall,
  client: Pick<OBSWebSocketJson, 'call'>,
  faded: Promise<unknown>,
): Promise<void> {
  const [hall, windows] = fakeLayouts;
  const [lobby, windowA, windowB] = engine.tiles();
  if (hall === undefined || windows === undefined) throw new Error('the fake hall has no layouts');
  if (lobby === undefined || windowA === undefined || windowB === undefined) throw new Error('and no cameras');
  const [first, ...otherCells] = hall.cells;
  if (first === undefined) throw new Error('and no cells');
  await client.call('BroadcastCustomEvent', { eventData: { hello: 1 } });
  await client.call('SetCurrentSceneTransition', { transitionName: 'Fade' });
  await client.call('SetCurrentSceneTransitionDuration', { transitionDuration: 50 });
  await client.call('TriggerStudioModeTransition');
  await faded;
  await client.call('SetSceneItemEnabled', { sceneName: '窗口', sceneItemId: 1, sceneItemEnabled: false });
  await client.call('SetInputSettings', { inputName: 'ticker', inputSettings: { text: '新' } });
  await client.call('SetStudioModeEnabled', { studioModeEnabled: false });
  await engine.execute({ kind: 'set-cell-source', layout: 'hall', cell: 'lobby', source: 'clock' }, { actor: SERVICE });
  engine.emit('tile', { ...lobby, state: 'retrying' });
  engine.emit('tile', lobby);
  engine.pushCounts('queue', { waiting: 12 });
  for (const output of engine.outputs()) engine.emit('output', output);
  for (const controller of engine.controllers()) engine.emit('controller', controller);
  engine.emit('brightness', engine.brightness());
  engine.emit('service', engine.service());
  engine.emit('layoutDrafts');
  // A configuration with one layout less and one more, another name, a cell that moved, a camera that went and one that came.
  const moved = { ...first, rectangle: { ...first.rectangle, widthPx: 32 } };
  engine.configuredLayouts = [
    { ...hall, cells: [moved, ...otherCells] },
    { ...windows, id: 'new', name: '新厅' },
  ];
  engine.configuredTiles = [{ ...lobby, name: '大门' }, windowA, { ...windowB, camera: 'window-c', name: '丙' }];
  engine.emit('reloaded');
  engine.configuredLayouts = engine.configuredLayouts.map((layout) => ({ ...layout, name: `${layout.name}二` }));
  engine.emit('reloaded');
  await control.close();
}

describe.each([
  { encoding: 'JSON', Client: OBSWebSocketJson },
  { encoding: 'MessagePack', Client: OBSWebSocketMessagePack },
])('obs-websocket-js in $encoding', ({ Client }) => {
  test('receives every event, each with the declared data', async () => {
    const hall = await openHall({ withOperators: true });
    const client = new Client();
    const heard = new Map<string, unknown[]>();
    const hear = (name: string, data: unknown): void => void heard.set(name, [...(heard.get(name) ?? []), data]);
    const names = Object.keys(obsEvents) as readonly ObsEventName[];
    for (const name of names) client.on(name, (...data: readonly unknown[]) => hear(name, data[0]));
    client.on('VendorEvent', ({ eventType, eventData }) => hear(`vendor ${eventType}`, eventData));
    const closed = new Promise((resolve) => client.once('ConnectionClosed', resolve));
    await client.connect(`ws://127.0.0.1:${hall.control.obsPort}`, tokens.operator, { eventSubscriptions: everything });
    const faded = new Promise((resolve) => client.once('SceneTransitionEnded', resolve));
    await provoke(hall, client, faded);
    await closed;
    await hall.close();
    for (const name of names) {
      expect(heard.get(name)?.length ?? 0, name).toBeGreaterThan(0);
      const { data } = obsEvents[name];
      for (const received of heard.get(name) ?? []) {
        if (data === null) expect(received ?? null, name).toBeNull();
        else if (name === 'CustomEvent') expect(received).toEqual({ hello: 1 });
        else expect([name, data.strict().safeParse(received).error]).toEqual([name, undefined]);
      }
    }
    for (const name of Object.keys(vendorEvents) as readonly VendorEventName[]) {
      const received = heard.get(`vendor ${name}`) ?? [];
      expect(received.length, name).toBeGreaterThan(0);
      for (const data of received) {
        expect([name, vendorEvents[name].strict().safeParse(data).error]).toEqual([name, undefined]);
      }
    }
  });

  test('receives what comes often only when it asks for it, bit by bit', async () => {
    const hall = await openHall({ withOperators: true });
    const client = new Client();
    const heard: string[] = [];
    for (const name of ['InputActiveStateChanged', 'InputShowStateChanged'] as const) {
      client.on(name, () => heard.push(name));
    }
    await client.connect(`ws://127.0.0.1:${hall.control.obsPort}`, tokens.operator);
    const take = async (): Promise<readonly string[]> => {
      heard.length = 0;
      const taken = new Promise((resolve) => client.once('CurrentProgramSceneChanged', resolve));
      await client.call('TriggerStudioModeTransition');
      await taken;
      // An answer comes after everything that was said before it.
      await client.call('GetVersion');
      return [...new Set(heard)];
    };
    expect(await take()).toEqual([]);
    const scenes = EventSubscription.Scenes;
    await client.reidentify({ eventSubscriptions: scenes | EventSubscription.InputActiveStateChanged });
    expect(await take()).toEqual(['InputActiveStateChanged']);
    await client.reidentify({ eventSubscriptions: scenes | EventSubscription.InputShowStateChanged });
    await client.call('SetSceneItemEnabled', { sceneName: '大厅', sceneItemId: 1, sceneItemEnabled: false });
    await client.call('GetVersion');
    expect([...new Set(heard)]).toEqual(['InputActiveStateChanged', 'InputShowStateChanged']);
    await client.disconnect();
    await hall.close();
  });
});
