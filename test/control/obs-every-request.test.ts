import OBSWebSocketJson from 'obs-websocket-js/json';
import OBSWebSocketMessagePack, { OBSWebSocketError } from 'obs-websocket-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { definitionOfRequest, requestTypes } from '../../src/control/obs/registry.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { openHall, tokens, type Hall } from './open-hall.js';

type Exchange = readonly [data: Record<string, unknown> | undefined, code?: number];

const scene = { sceneName: '大厅' };
const item = { ...scene, sceneItemId: 1 };
const camera = { inputName: '前台' };

/** What a client sends, and the status when it is not success. Requests without data are answered without, too. */
const exchanges: Readonly<Record<string, Exchange>> = {
  GetVersion: [undefined],
  GetStats: [undefined],
  BroadcastCustomEvent: [{ eventData: { hello: 1 } }],
  Sleep: [{ sleepMillis: 1 }, 206],
  GetHotkeyList: [undefined],
  TriggerHotkeyByName: [{ hotkeyName: 'OBSBasic.Transition' }],
  CallVendorRequest: [{ vendorName: 'glasshall', requestType: 'GetWall', requestData: {} }],

  GetVideoSettings: [undefined],
  GetProfileList: [undefined],
  SetCurrentProfile: [{ profileName: '西墙' }],
  GetSceneCollectionList: [undefined],
  SetCurrentSceneCollection: [{ sceneCollectionName: '西墙' }],
  GetPersistentData: [{ realm: 'OBS_WEBSOCKET_DATA_REALM_GLOBAL', slotName: 'x' }],
  GetMonitorList: [undefined],
  GetRecordDirectory: [undefined, 604],
  GetStreamServiceSettings: [undefined, 604],

  GetSceneList: [undefined],
  GetGroupList: [undefined],
  GetCurrentProgramScene: [undefined],
  SetCurrentProgramScene: [{ sceneName: '窗口' }],
  GetCurrentPreviewScene: [undefined],
  SetCurrentPreviewScene: [{ sceneName: '窗口' }],
  GetSceneSceneTransitionOverride: [scene],
  GetStudioModeEnabled: [undefined],
  SetStudioModeEnabled: [{ studioModeEnabled: true }],
  TriggerStudioModeTransition: [undefined],

  GetSceneItemList: [scene],
  GetGroupSceneItemList: [scene, 602],
  GetSceneItemId: [{ ...scene, sourceName: '前台' }],
  GetSceneItemSource: [item],
  GetSceneItemEnabled: [item],
  SetSceneItemEnabled: [{ ...item, sceneItemEnabled: false }],
  GetSceneItemTransform: [item],
  SetSceneItemTransform: [{ ...item, sceneItemTransform: { positionX: 3 } }, 606],
  GetSceneItemLocked: [item],
  SetSceneItemLocked: [{ ...item, sceneItemLocked: false }, 606],
  GetSceneItemIndex: [item],
  SetSceneItemIndex: [{ ...item, sceneItemIndex: 1 }, 606],
  GetSceneItemBlendMode: [item],
  SetSceneItemBlendMode: [{ ...item, sceneItemBlendMode: 'OBS_BLEND_SCREEN' }, 606],

  GetInputList: [undefined],
  GetInputKindList: [{ unversioned: true }],
  GetInputDefaultSettings: [{ inputKind: 'ffmpeg_source' }],
  GetSpecialInputs: [undefined],
  GetInputSettings: [camera],
  SetInputSettings: [{ inputName: 'ticker', inputSettings: { text: '新' }, overlay: true }],

  GetInputMute: [camera, 604],
  SetInputMute: [{ ...camera, inputMuted: true }, 604],
  ToggleInputMute: [camera, 604],
  GetInputVolume: [camera, 604],
  SetInputVolume: [{ ...camera, inputVolumeDb: -3 }, 604],
  GetInputAudioBalance: [camera, 604],
  SetInputAudioBalance: [{ ...camera, inputAudioBalance: 0.5 }, 604],
  GetInputAudioSyncOffset: [camera, 604],
  SetInputAudioSyncOffset: [{ ...camera, inputAudioSyncOffset: 20 }, 604],
  GetInputAudioMonitorType: [camera, 604],
  SetInputAudioMonitorType: [{ ...camera, monitorType: 'OBS_MONITORING_TYPE_NONE' }, 604],
  GetInputAudioTracks: [camera, 604],
  SetInputAudioTracks: [{ ...camera, inputAudioTracks: { '1': true } }, 604],

  GetMediaInputStatus: [camera],
  TriggerMediaInputAction: [{ ...camera, mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART' }, 604],
  SetMediaInputCursor: [{ ...camera, mediaCursor: 0 }, 604],
  OffsetMediaInputCursor: [{ ...camera, mediaCursorOffset: -100 }, 604],

  GetSourceActive: [{ sourceName: '前台' }],
  GetSourceScreenshot: [{ sourceName: '前台', imageFormat: 'png', imageWidth: 16 }],

  GetSourceFilterKindList: [undefined],
  GetSourceFilterList: [{ sourceName: '大厅' }],
  GetSourceFilter: [{ sourceName: '前台', filterName: 'x' }, 600],
  SetSourceFilterEnabled: [{ sourceName: '前台', filterName: 'x', filterEnabled: true }, 600],

  GetTransitionKindList: [undefined],
  GetSceneTransitionList: [undefined],
  GetCurrentSceneTransition: [undefined],
  SetCurrentSceneTransition: [{ transitionName: 'Fade' }],
  SetCurrentSceneTransitionDuration: [{ transitionDuration: 500 }],
  GetCurrentSceneTransitionCursor: [undefined],

  GetOutputList: [undefined],
  GetOutputStatus: [{ outputName: 'screen' }],
  StartOutput: [{ outputName: 'screen' }, 500],
  StopOutput: [{ outputName: 'screen' }, 604],
  ToggleOutput: [{ outputName: 'screen' }, 604],

  GetStreamStatus: [undefined],
  StartStream: [undefined, 604],
  ToggleStream: [undefined, 604],
  StopStream: [undefined, 501],
  SendStreamCaption: [{ captionText: 'x' }, 501],
  GetRecordStatus: [undefined],
  StartRecord: [undefined, 604],
  ToggleRecord: [undefined, 604],
  StopRecord: [undefined, 501],
  PauseRecord: [undefined, 501],
  ResumeRecord: [undefined, 501],
  ToggleRecordPause: [undefined, 501],
  SplitRecordFile: [undefined, 501],
  CreateRecordChapter: [undefined, 501],
  GetVirtualCamStatus: [undefined, 604],
  StartVirtualCam: [undefined, 604],
  StopVirtualCam: [undefined, 604],
  ToggleVirtualCam: [undefined, 604],
  GetReplayBufferStatus: [undefined, 604],
  StartReplayBuffer: [undefined, 604],
  StopReplayBuffer: [undefined, 604],
  ToggleReplayBuffer: [undefined, 604],
  SaveReplayBuffer: [undefined, 604],
  GetLastReplayBufferReplay: [undefined, 604],
};

const vendorExchanges: Readonly<Record<string, Record<string, unknown>>> = {
  GetWall: {},
  GetTiles: {},
  GetCounts: {},
  GetOutputs: {},
  GetControllers: {},
  GetPixelMaps: {},
  GetTestPatterns: {},
  GetSchedule: {},
  GetBrightness: {},
  SetBrightness: { percent: 40 },
  ShowTestPattern: { pattern: 'grid', target: { kind: 'wall' }, seconds: 5, confirm: true },
  StopTestPattern: {},
  GetCameraPresets: { camera: 'lobby' },
  MoveCamera: { camera: 'lobby', pan: 0.5, tilt: -0.25 },
  StopCamera: { camera: 'lobby' },
  HomeCamera: { camera: 'lobby' },
  RecallCameraPreset: { camera: 'lobby', preset: '1' },
  SaveCameraPreset: { camera: 'lobby', name: '窗口' },
  RemoveCameraPreset: { camera: 'lobby', preset: '1' },
  SetCellSource: { layout: 'hall', cell: 'lobby', source: 'window-a' },
  SetTicker: { text: '你好' },
  ShowUrgentMessage: { text: '请从西门离开', untilMs: Date.now() + 60_000 },
  EndUrgentMessage: {},
  SetBlackout: { on: true },
  SetFreeze: { on: true },
  Undo: {},
  StartTour: { tour: 'round' },
  Hold: { untilMs: null },
  FollowSchedule: {},
  GetLayouts: {},
  SaveLayout: { layout: { id: 'new', name: '新', cells: [] }, replaces: null, fileRevision: 'first' },
  DeleteLayout: { layout: 'new', fileRevision: 'second' },
  SaveLayoutDraft: { id: 'draft', layout: { id: 'new', name: '新', cells: [] } },
  GetLayoutDrafts: {},
  DeleteLayoutDraft: { draft: 'draft' },
  GetService: {},
  ReloadConfiguration: {},
};

test('the tables name every request that is answered', () => {
  expect(Object.keys(exchanges).sort()).toEqual([...requestTypes].sort());
  expect(Object.keys(vendorExchanges).sort()).toEqual(Object.keys(vendorRequests).sort());
});

describe.each([
  { encoding: 'JSON', Client: OBSWebSocketJson },
  { encoding: 'MessagePack', Client: OBSWebSocketMessagePack },
])('obs-websocket-js in $encoding', ({ Client }) => {
  let hall: Hall;
  let client: InstanceType<typeof Client>;

  beforeEach(async () => {
    hall = await openHall({ withOperators: true });
    client = new Client();
    await client.connect(`ws://127.0.0.1:${hall.control.obsPort}`, tokens.admin, { eventSubscriptions: 0 });
  });

  afterEach(async () => {
    await client.disconnect();
    await hall.close();
  });

  // Names come from a table, so that the client's types cannot be followed.
  const call = (name: string, data: Record<string, unknown> | undefined): Promise<unknown> =>
    client.call(name as never, data as never);

  test('every request is answered with its status and the declared data', async () => {
    for (const [name, [data, code = 100]] of Object.entries(exchanges)) {
      const answer = await call(name, data).catch((error: unknown) => error);
      if (answer instanceof OBSWebSocketError) {
        expect([name, answer.code]).toEqual([name, code]);
      } else {
        expect([name, 100]).toEqual([name, code]);
        const { response } = definitionOfRequest(name);
        // Undefined in JSON, null in MessagePack.
        if (response === null) expect(answer ?? null, name).toBeNull();
        else expect(response.strict().safeParse(answer), name).toMatchObject({ success: true });
      }
    }
  });

  test('every vendor request is answered with the declared data', async () => {
    for (const [requestType, requestData] of Object.entries(vendorExchanges)) {
      const answer = await client.call('CallVendorRequest', {
        vendorName: 'glasshall',
        requestType,
        requestData: requestData as never,
      });
      const { response } = vendorRequests[requestType as keyof typeof vendorRequests];
      const checked = response.strict().safeParse(answer.responseData);
      expect([requestType, checked.error]).toEqual([requestType, undefined]);
    }
  });
});
