import OBSWebSocketJson from 'obs-websocket-js/json';
import OBSWebSocketMessagePack, { EventSubscription, OBSWebSocketError, type OBSEventTypes } from 'obs-websocket-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.js';
import { openHall, tokens, type Hall } from './open-hall.js';

/** `obs-websocket-js` is a client that we did not write; in Node its default entry speaks MessagePack. */
describe.each([
  { encoding: 'JSON', Client: OBSWebSocketJson },
  { encoding: 'MessagePack', Client: OBSWebSocketMessagePack },
])('obs-websocket-js in $encoding', ({ Client }) => {
  let hall: Hall;
  let client: InstanceType<typeof Client>;

  beforeEach(async () => {
    hall = await openHall({ withOperators: true });
    client = new Client();
  });

  afterEach(async () => {
    await client.disconnect();
    await hall.close();
  });

  const connect = (token: string, options: { eventSubscriptions?: number } = {}) =>
    client.connect(`ws://127.0.0.1:${hall.control.obsPort}`, token, { rpcVersion: 1, ...options });

  test('lists scenes with names and stable UUIDs, the last of the configuration first', async () => {
    const hello = await connect(tokens.operator);
    expect(hello.negotiatedRpcVersion).toBe(1);
    const first = await client.call('GetSceneList');
    expect(first.scenes.map((scene) => [scene['sceneIndex'], scene['sceneName']])).toEqual([
      [0, '窗口'],
      [1, '大厅'],
    ]);
    expect(first.currentProgramSceneName).toBe('大厅');
    expect(first.currentPreviewSceneName).toBe('窗口');
    const again = await client.call('GetSceneList');
    expect(again.scenes).toEqual(first.scenes);
    expect(first.scenes[0]?.['sceneUuid']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('sets the preview, triggers the transition, and hears of it in the order of OBS', async () => {
    await connect(tokens.operator);
    await client.call('SetCurrentPreviewScene', { sceneName: '大厅' });
    await client.call('SetCurrentPreviewScene', { sceneName: '窗口' });
    const heard: string[] = [];
    const names = [
      'SceneTransitionStarted',
      'SceneTransitionVideoEnded',
      'CurrentPreviewSceneChanged',
      'SceneTransitionEnded',
      'CurrentProgramSceneChanged',
    ] as const;
    for (const name of names) client.on(name, () => heard.push(name));
    const program = new Promise<OBSEventTypes['CurrentProgramSceneChanged']>((resolve) =>
      client.once('CurrentProgramSceneChanged', resolve),
    );
    await client.call('TriggerStudioModeTransition');
    expect((await program).sceneName).toBe('窗口');
    expect(heard).toEqual(names);
    expect((await client.call('GetCurrentPreviewScene')).sceneName).toBe('大厅');
  });

  test('offers cut and fade; a fade says its end when it is over, or when the next take overtakes it', async () => {
    await connect(tokens.operator);
    const heard: unknown[] = [];
    client.on('CurrentSceneTransitionChanged', ({ transitionName }) => heard.push(transitionName));
    client.on('CurrentSceneTransitionDurationChanged', ({ transitionDuration }) => heard.push(transitionDuration));
    client.on('SceneTransitionStarted', ({ transitionName }) => heard.push(`${transitionName} starts`));
    client.on('SceneTransitionEnded', ({ transitionName }) => heard.push(`${transitionName} ended`));
    client.on('CurrentProgramSceneChanged', ({ sceneName }) => heard.push(sceneName));
    expect((await client.call('GetSceneTransitionList')).transitions.map((each) => each['transitionName'])).toEqual([
      'Cut',
      'Fade',
    ]);
    await client.call('SetCurrentSceneTransition', { transitionName: 'Fade' });
    await client.call('SetCurrentSceneTransitionDuration', { transitionDuration: 5_000 });
    expect(await client.call('GetCurrentSceneTransition')).toMatchObject({
      transitionName: 'Fade',
      transitionKind: 'fade_transition',
      transitionDuration: 5_000,
    });
    const settled = new Promise((resolve) => client.once('SceneTransitionEnded', resolve));
    const before = (await client.call('GetCurrentProgramScene')).sceneName;
    await client.call('TriggerStudioModeTransition');
    await eventually(() => expect(heard.at(-1)).toBe('Fade starts'));
    // An answer comes after everything that was said before it.
    await client.call('GetVersion');
    expect(heard.at(-1)).toBe('Fade starts');
    await client.call('TriggerStudioModeTransition');
    await settled;
    await eventually(() => expect(heard.at(-1)).toBe('Fade starts'));
    expect(heard).toEqual([
      'Fade',
      5_000,
      'Fade starts',
      'Fade ended',
      expect.not.stringMatching(before),
      'Fade starts',
    ]);
  });

  test('reads and changes items, the ticker, and calls the vendor', async () => {
    await connect(tokens.operator);
    const changed = new Promise((resolve) => client.once('SceneItemEnableStateChanged', resolve));
    const { sceneItemId } = await client.call('GetSceneItemId', { sceneName: '大厅', sourceName: '前台' });
    await client.call('SetSceneItemEnabled', { sceneName: '大厅', sceneItemId, sceneItemEnabled: false });
    expect(await changed).toMatchObject({ sceneName: '大厅', sceneItemId: 1, sceneItemEnabled: false });
    await client.call('SetInputSettings', { inputName: 'ticker', inputSettings: { text: '你好' } });
    const { inputSettings } = await client.call('GetInputSettings', { inputName: 'ticker' });
    expect(inputSettings).toEqual({ text: '你好' });
    const answer = await client.call('CallVendorRequest', {
      vendorName: 'glasshall',
      requestType: 'GetWall',
      requestData: {},
    });
    expect(answer.responseData).toMatchObject({
      program: 'hall',
      preview: 'windows',
      tickerText: '你好',
      blackout: false,
    });
  });

  test('receives vendor events, and only the categories it subscribed to', async () => {
    await connect(tokens.operator, { eventSubscriptions: EventSubscription.Vendors });
    const scenes: unknown[] = [];
    client.on('CurrentPreviewSceneChanged', (event) => scenes.push(event));
    const wall = new Promise<OBSEventTypes['VendorEvent']>((resolve) => client.once('VendorEvent', resolve));
    await client.call('SetCurrentPreviewScene', { sceneName: '大厅' });
    expect(await wall).toMatchObject({
      vendorName: 'glasshall',
      eventType: 'WallChanged',
      eventData: { preview: 'hall' },
    });
    await client.reidentify({ eventSubscriptions: EventSubscription.Scenes });
    const heard = new Promise((resolve) => client.once('CurrentPreviewSceneChanged', resolve));
    await client.call('SetCurrentPreviewScene', { sceneName: '窗口' });
    await heard;
    expect(scenes).toHaveLength(1);
  });

  test('takes a screenshot and runs a batch', async () => {
    await connect(tokens.viewer);
    const { imageData } = await client.call('GetSourceScreenshot', {
      sourceName: '大厅',
      imageFormat: 'png',
      imageWidth: 48,
    });
    expect(imageData).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    const results = await client.callBatch(
      [
        { requestType: 'GetVersion' },
        { requestType: 'Sleep', requestData: { sleepMillis: 5 } },
        { requestType: 'TriggerStudioModeTransition' },
        { requestType: 'GetStats' },
      ],
      { haltOnFailure: true },
    );
    // A viewer may not take; the batch ends there.
    expect(results.map(({ requestStatus }) => requestStatus.code)).toEqual([100, 100, 205]);
  });

  test('a wrong token is refused with 4009, and says so', async () => {
    const refusal = await connect('wrong-token').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OBSWebSocketError);
    expect(refusal).toMatchObject({ code: 4009, message: 'Authentication failed.' });
  });
});
