import OBSWebSocketJson from 'obs-websocket-js/json';
import OBSWebSocketMessagePack, { EventSubscription, OBSWebSocketError } from 'obs-websocket-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../eventually.js';
import { WallFollower } from './wall-follower.js';
import { openHall, tokens, type Hall } from './open-hall.js';
import { oneOf, randomNumbers } from './random.js';

type Client = Pick<OBSWebSocketJson, 'call' | 'callBatch'>;
type Random = (below: number) => number;

const scenes = ['大厅', '窗口'] as const;
const sources = ['lobby', 'window-a', 'window-b', 'clock'] as const;
const cells = [
  ['hall', 'lobby'],
  ['hall', 'ticker'],
  ['windows', 'window-a'],
  ['windows', 'window-b'],
] as const;

const vendor = (client: Client, requestType: string, requestData: Record<string, string | boolean | null>) =>
  client.call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData });

/** What operators do, by every request that changes something. */
const doings: readonly ((client: Client, random: Random) => Promise<unknown>)[] = [
  (client, random) => client.call('SetCurrentPreviewScene', { sceneName: oneOf(random, scenes) }),
  (client, random) => client.call('SetCurrentProgramScene', { sceneName: oneOf(random, scenes) }),
  (client) => client.call('TriggerStudioModeTransition'),
  (client, random) => client.call('SetStudioModeEnabled', { studioModeEnabled: random(3) > 0 }),
  (client, random) =>
    client.call('SetSceneItemEnabled', {
      sceneName: oneOf(random, scenes),
      sceneItemId: 1 + random(2),
      sceneItemEnabled: random(2) === 0,
    }),
  (client, random) => client.call('SetInputSettings', { inputName: 'ticker', inputSettings: { text: `${random(9)}` } }),
  (client, random) => client.call('SetCurrentSceneTransition', { transitionName: oneOf(random, ['Cut', 'Fade']) }),
  (client, random) => client.call('SetCurrentSceneTransitionDuration', { transitionDuration: 50 + random(3) }),
  (client, random) =>
    client.call('TriggerHotkeyByName', {
      hotkeyName: oneOf(random, ['OBSBasic.Transition', 'glasshall.Undo', 'OBSBasic.TogglePreviewProgram']),
    }),
  (client, random) => {
    const [layout, cell] = oneOf(random, cells);
    return vendor(client, 'SetCellSource', { layout, cell, source: oneOf(random, sources) });
  },
  (client, random) => vendor(client, oneOf(random, ['SetBlackout', 'SetFreeze']), { on: random(2) === 0 }),
  (client) => vendor(client, 'Undo', {}),
  (client, random) => vendor(client, 'SetTicker', { text: `第 ${random(9)}` }),
  (client, random) =>
    random(2) === 0 ? vendor(client, 'StartTour', { tour: 'round' }) : vendor(client, 'Hold', { untilMs: null }),
  (client, random) =>
    client.callBatch(
      [
        { requestType: 'SetCurrentPreviewScene', requestData: { sceneName: oneOf(random, scenes) } },
        { requestType: 'Sleep', requestData: { sleepMillis: 1 } },
        { requestType: 'TriggerStudioModeTransition' },
      ],
      { haltOnFailure: true },
    ),
];

/** Studio mode may be off, and there may be nothing to take back. */
const refusals = [506, 604];

let hall: Hall;
const operators = [new OBSWebSocketJson(), new OBSWebSocketMessagePack()];
const follower = new OBSWebSocketJson();

beforeEach(async () => {
  hall = await openHall({ withOperators: true, limits: { messagesPerSecond: 10_000, burst: 10_000 } });
  const address = `ws://127.0.0.1:${hall.control.obsPort}`;
  for (const client of operators) await client.connect(address, tokens.operator, { eventSubscriptions: 0 });
  await follower.connect(address, tokens.viewer, {
    eventSubscriptions: EventSubscription.All | EventSubscription.InputActiveStateChanged,
  });
});

afterEach(async () => {
  for (const client of [...operators, follower]) await client.disconnect();
  await hall.close();
});

test('after 200 commands the engine, the answers, and whoever followed only the events agree on the wall', async () => {
  const random = randomNumbers(20_261_125);
  const wall = await WallFollower.start(follower);
  const before = hall.engine.state().revision;
  const codes: number[] = [];
  const under: Promise<unknown>[] = [];
  for (let command = 0; command < 200; command += 1) {
    const client = oneOf(random, operators);
    // Some are given without waiting for the one before.
    const given = oneOf(random, doings)(client, random).catch((error: unknown) => {
      if (error instanceof OBSWebSocketError) codes.push(error.code);
      else throw error;
    });
    under.push(given);
    if (random(4) > 0) await given;
  }
  await Promise.all(under);
  expect(codes.filter((code) => !refusals.includes(code))).toEqual([]);
  expect(hall.engine.state().revision - before).toBeGreaterThan(80);
  const { responseData: asked } = await vendor(operators[0] ?? follower, 'GetWall', {});
  const state = hall.engine.state();
  expect(asked).toMatchObject({
    revision: state.revision,
    program: state.program,
    preview: state.preview,
    studioMode: state.studioMode,
    tickerText: state.tickerText,
    blackout: state.blackout,
    freeze: state.freeze,
    automation: state.automation,
  });
  const afresh = await WallFollower.start(follower);
  // While it cuts, a wall does not answer how long a fade takes.
  const expected = { ...afresh.wall, durationMs: state.fadeMs };
  await eventually(() => expect(wall.wall).toEqual(expected));
  await eventually(() => expect({ ...wall.vendorWall, statistics: null }).toEqual({ ...asked, statistics: null }));
});
