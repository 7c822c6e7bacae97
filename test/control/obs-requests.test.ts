import { describe, expect, test } from 'vitest';
import { ObsHall } from './obs-hall.js';
import { tokens } from './open-hall.js';
import { statusOf, type RawClient } from './raw-client.js';

const hall = new ObsHall();

describe('requests', () => {
  // obs-websocket, protocol.md, "RequestStatus".
  test.each<[string, unknown, number, RegExp?]>([
    ['', {}, 203, /may not be empty/],
    ['SetVideoSettings', { baseWidth: 1 }, 204, /not valid/],
    ['CreateScene', { sceneName: 'x' }, 204, /not valid/],
    ['constructor', {}, 204],
    ['__proto__', {}, 204],
    ['Sleep', { sleepMillis: 1 }, 206],
    ['SetCurrentProgramScene', {}, 300, /`sceneName`/],
    ['SetCurrentProgramScene', { sceneName: null }, 300],
    ['SetCurrentProgramScene', undefined, 301],
    ['SetCurrentProgramScene', [], 301],
    ['GetSourceScreenshot', { sourceName: '大厅', imageFormat: 'tiff' }, 400],
    ['SetInputSettings', { inputName: 'ticker', inputSettings: { text: 'a {} b' } }, 400, /^bad-template: /],
    ['SetCurrentPreviewScene', { sceneName: 7 }, 401, /must be a string/],
    ['SetStudioModeEnabled', { studioModeEnabled: 'yes' }, 401, /must be boolean/],
    ['SetInputSettings', { inputName: 'ticker', inputSettings: 'x' }, 401, /must be an object/],
    [
      'GetSourceScreenshot',
      { sourceName: '大厅', imageFormat: 'png', imageWidth: 7 },
      402,
      /below the minimum of `8\.000000`/,
    ],
    ['GetSourceScreenshot', { sourceName: '大厅', imageFormat: 'png', imageWidth: 4_097 }, 402, /above the maximum/],
    ['SetCurrentPreviewScene', { sceneName: '' }, 403, /must not be empty/],
    [
      'CallVendorRequest',
      { vendorName: 'glasshall', requestType: 'SetBlackout', requestData: { on: true, off: 1 } },
      404,
    ],
    ['StartOutput', { outputName: 'screen' }, 500],
    ['StopRecord', undefined, 501],
    ['SendStreamCaption', { captionText: 'x' }, 501],
    ['SetCurrentProgramScene', { sceneName: 'nope' }, 600, /^No source was found by the name of `nope`\.$/],
    ['SetCurrentProgramScene', { sceneUuid: 'nope' }, 600, /by the UUID of `nope`/],
    ['GetSceneItemEnabled', { sceneName: '大厅', sceneItemId: 99 }, 600, /with the ID `99`/],
    ['CallVendorRequest', { vendorName: 'glasshall', requestType: 'toString' }, 600],
    [
      'CallVendorRequest',
      {
        vendorName: 'glasshall',
        requestType: 'SetCellSource',
        requestData: { layout: 'hall', cell: 'lobby', source: 'x' },
      },
      600,
      /^unknown-source: /,
    ],
    ['SetCurrentProgramScene', { sceneName: '前台' }, 602, /not a scene/],
    ['GetInputSettings', { inputName: '大厅' }, 602, /not an input/],
    ['GetGroupSceneItemList', { sceneName: '大厅' }, 602, /not a group/],
    ['StopOutput', { outputName: 'screen' }, 604],
    ['GetInputMute', { inputName: '前台' }, 604, /^The specified input does not support audio\.$/],
    ['GetInputMute', { inputName: '大厅' }, 602, /^The specified source is not an input\.$/],
    ['StartReplayBuffer', undefined, 604, /^Replay buffer is not available\.$/],
    ['StartStream', undefined, 604, /^Streaming is not available\.$/],
    ['GetInputDefaultSettings', { inputKind: 'browser_source' }, 605],
    ['SetSceneItemTransform', { sceneName: '大厅', sceneItemId: 1, sceneItemTransform: { positionX: 1 } }, 606],
    [
      'GetSourceFilter',
      { sourceName: '前台', filterName: 'x' },
      600,
      /^No filter was found in the source `前台` with the name `x`\.$/,
    ],
    ['SetCurrentProfile', { profileName: 'other' }, 600],
    ['GetSourceScreenshot', { sourceName: '综合窗口', imageFormat: 'png' }, 702, /^no-picture: /],
    ['GetSourceScreenshot', { sourceName: 'ticker', imageFormat: 'png' }, 702, /^Failed to render screenshot/],
  ])('%s %j answers %i', async (requestType, requestData, code, comment) => {
    const client = await hall.identified();
    const response = await client.request(requestType, requestData);
    expect(response['requestType']).toBe(requestType);
    const [answered, words] = statusOf(response);
    expect(answered).toBe(code);
    if (comment !== undefined) expect(words).toMatch(comment);
    expect(hall.current.engine.state().revision).toBe(1);
  });

  test('preview and take need studio mode (506)', async () => {
    const client = await hall.identified();
    await client.request('SetStudioModeEnabled', { studioModeEnabled: false });
    for (const [requestType, data] of [
      ['GetCurrentPreviewScene', undefined],
      ['SetCurrentPreviewScene', { sceneName: '大厅' }],
      ['TriggerStudioModeTransition', undefined],
      ['TriggerHotkeyByName', { hotkeyName: 'OBSBasic.Transition' }],
    ] as const) {
      expect(statusOf(await client.request(requestType, data))[0]).toBe(506);
    }
    const list = (await client.request('GetSceneList'))['responseData'] as Record<string, unknown>;
    expect(list['currentPreviewSceneName']).toBeNull();
  });

  test('a scene can be named by its UUID; a camera named like a scene gets its id into the name', async () => {
    const client = await hall.identified();
    const list = (await client.request('GetSceneList'))['responseData'] as { scenes: Record<string, unknown>[] };
    const scene = list.scenes.find(({ sceneName }) => sceneName === '窗口');
    await client.request('SetCurrentProgramScene', { sceneUuid: scene?.['sceneUuid'] });
    expect(hall.current.engine.state().program).toBe('windows');
    const inputs = (await client.request('GetInputList'))['responseData'] as { inputs: Record<string, unknown>[] };
    expect(inputs.inputs.map(({ inputName }) => inputName)).toEqual([
      '前台',
      '综合窗口',
      '窗口 (window-b)',
      'ticker',
      'clock',
    ]);
  });

  test('GetVersion lists what is answered, and everything listed is answered', async () => {
    const client = await hall.identified();
    const version = (await client.request('GetVersion'))['responseData'] as { availableRequests: string[] };
    expect(version.availableRequests).toContain('TriggerStudioModeTransition');
    for (const requestType of version.availableRequests) {
      expect(statusOf(await client.request(requestType))[0]).not.toBe(204);
    }
  });

  test('a screenshot shows the picture in the asked size', async () => {
    const client = await hall.identified(tokens.viewer);
    const sharp = (await import('sharp')).default;
    for (const [sourceName, colour] of [
      ['大厅', [200, 30, 30]],
      ['窗口', [30, 160, 60]],
    ] as const) {
      const response = await client.request('GetSourceScreenshot', { sourceName, imageFormat: 'png', imageWidth: 32 });
      const { imageData } = response['responseData'] as { imageData: string };
      const { data, info } = await sharp(Buffer.from(imageData.split(',')[1] ?? '', 'base64'))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([32, 16]);
      expect([...data.subarray(0, 3)]).toEqual(colour);
    }
  });
});

describe('batches', () => {
  const batch = async (client: RawClient, d: Record<string, unknown>): Promise<Record<string, unknown>[]> => {
    client.send(8, { requestId: 'b', ...d });
    const response = await client.next(({ op }) => op === 9);
    return response.d['results'] as Record<string, unknown>[];
  };

  test('run in order, with the ids of those that have one, and go on after a failure', async () => {
    const client = await hall.identified();
    const results = await batch(client, {
      executionType: 0,
      requests: [
        { requestType: 'SetCurrentPreviewScene', requestData: { sceneName: '大厅' } },
        { requestType: 'Sleep', requestData: { sleepMillis: 5 } },
        { requestType: 'Nope', requestId: 'x' },
        { requestType: 'TriggerStudioModeTransition' },
        'not an object',
      ],
    });
    expect(results.map(statusOf).map(([code]) => code)).toEqual([100, 100, 204, 100, 203]);
    expect(results.map(({ requestId }) => requestId)).toEqual([undefined, undefined, 'x', undefined, undefined]);
  });

  test.each([
    { title: 'in real time', executionType: 0, sleep: 'sleepMillis', other: 'sleepFrames' },
    { title: 'by frames', executionType: 1, sleep: 'sleepFrames', other: 'sleepMillis' },
  ])('$title sleep by $sleep', async ({ executionType, sleep, other }) => {
    const client = await hall.identified();
    const results = await batch(client, {
      executionType,
      requests: [
        { requestType: 'Sleep', requestData: { [sleep]: 1 } },
        { requestType: 'Sleep', requestData: { [other]: 1 } },
        { requestType: 'Sleep', requestData: { [sleep]: 50_001 } },
        { requestType: 'Sleep' },
      ],
    });
    expect(results.map(statusOf)).toEqual([
      [100, undefined],
      [300, `Your request is missing the \`${sleep}\` field.`],
      [402, expect.stringContaining('is above the maximum')],
      [301, 'Your request data is missing or invalid (non-object)'],
    ]);
  });

  test('run side by side when asked to: all of them, in their order, without sleep', async () => {
    const client = await hall.identified();
    const results = await batch(client, {
      executionType: 2,
      haltOnFailure: true,
      requests: [
        { requestType: 'GetSourceScreenshot', requestData: { sourceName: '大厅', imageFormat: 'png' } },
        { requestType: 'Sleep', requestData: { sleepMillis: 1 } },
        { requestType: 'Nope', requestId: 'x' },
        { requestType: 'GetVersion' },
      ],
    });
    expect(results.map(({ requestType }) => requestType)).toEqual([
      'GetSourceScreenshot',
      'Sleep',
      'Nope',
      'GetVersion',
    ]);
    expect(results.map(statusOf).map(([code]) => code)).toEqual([100, 206, 204, 100]);
    expect(results.map(({ requestId }) => requestId)).toEqual([undefined, undefined, 'x', undefined]);
  });

  test('end at the first failure when asked to, and sleep by frames', async () => {
    const client = await hall.identified();
    const results = await batch(client, {
      executionType: 1,
      haltOnFailure: true,
      requests: [
        { requestType: 'Sleep', requestData: { sleepFrames: 1 } },
        { requestType: 'Nope' },
        { requestType: 'GetVersion' },
      ],
    });
    expect(results.map(statusOf).map(([code]) => code)).toEqual([100, 204]);
  });

  test('hand values on through variables', async () => {
    const client = await hall.identified();
    const results = await batch(client, {
      variables: { scene: '大厅' },
      requests: [
        {
          requestType: 'GetSceneItemId',
          requestData: { sourceName: '前台' },
          inputVariables: { sceneName: 'scene' },
          outputVariables: { item: 'sceneItemId' },
        },
        {
          requestType: 'SetSceneItemEnabled',
          requestData: { sceneItemEnabled: false },
          inputVariables: { sceneName: 'scene', sceneItemId: 'item' },
        },
      ],
    });
    expect(results.map(statusOf).map(([code]) => code)).toEqual([100, 100]);
    expect(hall.current.engine.state().hiddenCells).toEqual({ hall: ['lobby'] });
  });

  test('a batch that sleeps holds up neither other requests nor the end of the server', async () => {
    const client = await hall.identified();
    client.send(8, { requestId: 'b', requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 50_000 } }] });
    expect(statusOf(await client.request('GetVersion'))[0]).toBe(100);
    await hall.current.control.close();
    expect((await client.closed).code).toBe(1001);
  });
});
