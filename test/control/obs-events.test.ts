import { describe, expect, test } from 'vitest';
import { SERVICE } from '../../src/switcher/actor.js';
import { ObsHall } from './obs-hall.js';
import { tokens } from './open-hall.js';
import { type Message } from './raw-client.js';

const hall = new ObsHall();

describe('events', () => {
  test('only the categories that a client subscribed to arrive; none with 0', async () => {
    const [all, none] = [await hall.identified(), await hall.identified(tokens.operator, { eventSubscriptions: 0 })];
    await all.request('SetCurrentPreviewScene', { sceneName: '大厅' });
    await none.request('GetVersion');
    expect(all.messages.some(({ op }) => op === 5)).toBe(true);
    expect(none.messages.some(({ op }) => op === 5)).toBe(false);
  });

  test('nobody hears anything before they are identified', async () => {
    const client = hall.connect();
    await client.next();
    await hall.current.engine.execute({ kind: 'set-preview', layout: 'hall' }, { actor: SERVICE });
    await (await hall.identified()).request('GetVersion');
    expect(client.messages).toHaveLength(1);
  });

  test('the program scene is said to have changed with the first frame, not with the command', async () => {
    hall.current.engine.holdTakes = true;
    const client = await hall.identified();
    await client.request('TriggerStudioModeTransition');
    const names = (): string[] => client.messages.flatMap(({ op, d }) => (op === 5 ? [String(d['eventType'])] : []));
    expect(names()).toContain('SceneTransitionStarted');
    expect(names()).not.toContain('CurrentProgramSceneChanged');
    expect(names()).not.toContain('CurrentPreviewSceneChanged');
    hall.current.engine.finishTake('hall');
    const changed = await client.next(({ d }) => d['eventType'] === 'CurrentProgramSceneChanged');
    expect(changed.d['eventData']).toMatchObject({ sceneName: '窗口' });
    expect(names()).toContain('CurrentPreviewSceneChanged');
  });

  test("carry OBS's intents and data", async () => {
    const client = await hall.identified();
    const event = async (name: string): Promise<Message> => client.next(({ d }) => d['eventType'] === name);
    client.send(6, {
      requestType: 'SetSceneItemEnabled',
      requestId: '1',
      requestData: { sceneName: '大厅', sceneItemId: 1, sceneItemEnabled: false },
    });
    expect((await event('SceneItemEnableStateChanged')).d).toMatchObject({
      eventIntent: 128,
      eventData: { sceneName: '大厅', sceneItemId: 1, sceneItemEnabled: false },
    });
    client.send(6, {
      requestType: 'SetInputSettings',
      requestId: '2',
      requestData: { inputName: 'ticker', inputSettings: { text: '新' } },
    });
    expect((await event('InputSettingsChanged')).d).toMatchObject({
      eventIntent: 8,
      eventData: { inputName: 'ticker', inputSettings: { text: '新' } },
    });
    client.send(6, { requestType: 'BroadcastCustomEvent', requestId: '3', requestData: { eventData: { hello: 1 } } });
    expect((await event('CustomEvent')).d).toEqual({
      eventType: 'CustomEvent',
      eventIntent: 1,
      eventData: { hello: 1 },
    });
    client.send(6, { requestType: 'SetStudioModeEnabled', requestId: '4', requestData: { studioModeEnabled: false } });
    expect((await event('StudioModeStateChanged')).d).toMatchObject({
      eventIntent: 1024,
      eventData: { studioModeEnabled: false },
    });
    hall.current.engine.pushCounts('queue', { waiting: 12 });
    expect((await event('VendorEvent')).d).toMatchObject({ eventIntent: 512 });
    await hall.current.control.close();
    expect((await event('ExitStarted')).d).toEqual({ eventType: 'ExitStarted', eventIntent: 1 });
  });

  test('tiles, counts, outputs and controllers arrive as vendor events', async () => {
    const client = await hall.identified(tokens.viewer, { eventSubscriptions: 512 });
    const [tile] = hall.current.engine.tiles();
    const [output] = hall.current.engine.outputs();
    const [controller] = hall.current.engine.controllers();
    if (tile === undefined || output === undefined || controller === undefined)
      throw new Error('the fake hall is empty');
    hall.current.engine.emit('tile', tile);
    hall.current.engine.emit('output', output);
    hall.current.engine.emit('controller', controller);
    hall.current.engine.pushCounts('queue', { waiting: 12 });
    const arrived = [await client.next(), await client.next(), await client.next(), await client.next()];
    const events = arrived.map(({ d }) => d['eventData']);
    expect(events).toMatchObject([
      { vendorName: 'glasshall', eventType: 'TileChanged', eventData: tile },
      { vendorName: 'glasshall', eventType: 'OutputChanged', eventData: output },
      { vendorName: 'glasshall', eventType: 'ControllerChanged', eventData: controller },
      { vendorName: 'glasshall', eventType: 'CountChanged', eventData: { id: 'queue', values: { waiting: 12 } } },
    ]);
  });
});
