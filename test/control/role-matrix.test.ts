import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { toBuffer } from 'osc-min';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { AuditLog } from '../../src/audit/audit-log.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import type { CommandRecord } from '../../src/control/commands/desk.js';
import { commandNames, isCommandName } from '../../src/control/commands/registry.js';
import { commandTopics } from '../../src/control/mqtt/topics.js';
import { requestTypes } from '../../src/control/obs/registry.js';
import { controlOptions, type Role } from '../../src/control/options.js';
import { oscAddresses } from '../../src/control/osc/addresses.js';
import { vendorCommands, vendorRequests } from '../../src/control/vendor.js';
import { CloseStack } from '../../src/core/closing.js';
import { AuditFolder } from '../audit/audit-folder.js';
import { eventually } from '../eventually.js';
import { errorOf } from './error-of.js';
import { Mosquitto } from './mosquitto.js';
import { exchanges, vendorExchanges } from './obs-exchanges.js';
import { openHall, operators, tokens, type Hall } from './open-hall.js';
import { RawClient, statusOf } from './raw-client.js';
import { asking, bearer, EVERYBODY, everythingOf, may } from './somebody.js';
import {
  addressRows,
  commandRows,
  hotkeyRows,
  routeRows,
  sensorTopicRows,
  topicRows,
  upgradeRows,
  type Route,
} from './role-table.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

const open = async (options: Parameters<typeof openHall>[0] = { withOperators: true }): Promise<Hall> =>
  closing.add(await openHall(options));

const commandList = commandNames.flatMap((name) => commandRows[name].map(([role, data]) => ({ name, role, data })));

describe('the role table', () => {
  test('names everything that can be asked for, on every way', async () => {
    expect(Object.keys(commandRows).sort()).toEqual([...commandNames].sort());
    expect(Object.keys(exchanges).sort()).toEqual([...requestTypes].sort());
    expect(Object.keys(vendorExchanges).sort()).toEqual(Object.keys(vendorRequests).sort());
    expect(Object.keys(addressRows).sort()).toEqual(Object.keys(oscAddresses).sort());
    const topics = [...Object.keys(topicRows), ...Object.keys(sensorTopicRows), 'wall/1/command/set'];
    expect(topics.sort()).toEqual([...commandTopics].sort());
    const { directory, log } = await openAudit();
    const reader = new AuditReader({ directory, settled: () => log.settled() });
    const hall = await open({ withOperators: true, audit: { reader, status: () => log.status } });
    const known = [...Object.keys(routeRows), ...Object.keys(upgradeRows)];
    const commands = commandNames.map((name) => `POST /api/v1/commands/${name}`);
    const routes = hall.control.routes.map((route) => route.replace(/^HEAD /, 'GET '));
    expect([...new Set(routes)].sort()).toEqual([...known, ...commands].sort());
  });

  test('says nothing else of vendor requests than of their commands', () => {
    for (const [name, command] of Object.entries(vendorCommands)) {
      const [role, data] = vendorExchanges[name] ?? [];
      const rows = commandRows[command].filter(([, given]) => !('on' in given) || given['on'] === data?.['on']);
      expect(rows.map(([needed]) => needed)).toContain(role);
    }
  });
});

async function openAudit(): Promise<{ readonly directory: string; readonly log: AuditLog }> {
  const folder = await AuditFolder.make();
  closing.defer(() => folder.remove());
  const log = closing.add(folder.open());
  return { directory: folder.directory, log };
}

describe.each(EVERYBODY)('%s', (who) => {
  const connect = async (hall: Hall): Promise<RawClient> => {
    const client = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`);
    closing.defer(() => client.socket.terminate());
    if (who !== 'nobody') await client.identify(tokens[who], { eventSubscriptions: 0 });
    else await client.next();
    return client;
  };
  /** The status of an answer; null when the connection was ended instead, as it is to whoever has not said who he is. */
  const request = async (client: RawClient, type: string, data: unknown): Promise<readonly [number, string] | null> => {
    if (who !== 'nobody') {
      const [code, comment = ''] = statusOf(await client.request(type, data));
      return [code, comment];
    }
    client.send(6, { requestType: type, requestId: '1', requestData: data });
    expect((await client.closed).code).toBe(4007);
    return null;
  };
  const expectStatus = async (hall: Hall, type: string, data: unknown, needed: Role, code = 100): Promise<void> => {
    const isAllowed = may(who, needed);
    const client = who === 'nobody' || clientOf.get(hall) === undefined ? await connect(hall) : clientOf.get(hall);
    if (client === undefined) throw new Error('nobody is connected');
    clientOf.set(hall, client);
    const answer = await asking(hall, isAllowed, () => request(client, type, data));
    if (who === 'nobody') return;
    expect([type, data, answer?.[0]]).toEqual([type, data, isAllowed ? code : 205]);
    if (!isAllowed) expect(answer?.[1]).toContain(`\`${who}\` may not do this`);
  };
  const clientOf = new WeakMap<Hall, RawClient>();

  test('obs-websocket: every request', async () => {
    const hall = await open();
    for (const [type, [role, data, code]] of Object.entries(exchanges))
      await expectStatus(hall, type, data, role, code);
    const shown = { sceneName: '大厅', sceneItemId: 1, sceneItemEnabled: true };
    await expectStatus(hall, 'SetSceneItemEnabled', shown, 'operator');
  });

  test('obs-websocket: every hotkey', async () => {
    const hall = await open();
    for (const [role, hotkeyName] of hotkeyRows) await expectStatus(hall, 'TriggerHotkeyByName', { hotkeyName }, role);
    if (who === 'nobody') return;
    const { responseData } = await (await connect(hall)).request('GetHotkeyList');
    expect((responseData as { hotkeys: string[] }).hotkeys.sort()).toEqual(hotkeyRows.map(([, name]) => name).sort());
  });

  test('obs-websocket: every vendor request', async () => {
    const hall = await open();
    const call = (requestType: string, requestData: unknown, role: Role): Promise<void> =>
      expectStatus(hall, 'CallVendorRequest', { vendorName: 'glasshall', requestType, requestData }, role);
    const commands: Readonly<Record<string, string>> = vendorCommands;
    for (const [name, [role, data]] of Object.entries(vendorExchanges)) {
      const command = commands[name] ?? '';
      if (!isCommandName(command)) await call(name, data, role);
    }
    for (const { name, role, data } of commandList) {
      const type = Object.keys(commands).find((each) => commands[each] === name);
      if (type !== undefined) await call(type, data, role);
      // Something to take back, whoever asks.
      if (name === 'set-program') await hall.engine.execute({ kind: 'set-ticker', text: '新' }, { actor: PERSON });
    }
  });

  test('HTTP: every route', async () => {
    const { directory, log } = await openAudit();
    const reader = new AuditReader({ directory, settled: () => log.settled() });
    const hall = await open({ withOperators: true, audit: { reader, status: () => log.status } });
    const commands = commandList.map(
      ({ name, role, data }) => [`POST /api/v1/commands/${name}`, { role, body: data }] as const,
    );
    const rows: (readonly [string, Route])[] = [...Object.entries(routeRows), ...commands];
    for (const [route, { role, path, body, status = 200 }] of rows) {
      const [method = '', pattern = ''] = route.split(' ');
      const isAllowed = may(who, role);
      const answer = await asking(hall, isAllowed, () =>
        fetch(hall.url + (path ?? pattern), {
          method,
          headers: { ...bearer(who), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      const refusal = who === 'nobody' ? [401, 'not-identified'] : [403, 'not-allowed'];
      if (isAllowed) expect([route, body, answer.status]).toEqual([route, body, status]);
      else expect([route, body, ...(await errorOf(answer))]).toEqual([route, body, ...refusal]);
      if (!answer.bodyUsed) await answer.arrayBuffer();
    }
  });

  test('HTTP: every WebSocket', async () => {
    const hall = await open();
    for (const [route, role] of Object.entries(upgradeRows)) {
      const socket = new WebSocket(`ws://127.0.0.1:${hall.control.port}${route.replace('UPGRADE ', '')}`, {
        headers: bearer(who),
      });
      const opened = await new Promise<number>((resolve) => {
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('error', () => undefined);
      });
      expect([route, opened]).toEqual([route, may(who, role) ? 101 : 401]);
      socket.terminate();
    }
  });
});

const PERSON = { name: '李', role: 'operator', via: 'obs', from: null } as const;

describe('OSC', () => {
  test.each([
    ['a desk that is named', '127.0.0.1'],
    ['somebody who is not', '127.0.0.2'],
  ])('%s: every address', async (_who, from) => {
    const records: CommandRecord[] = [];
    const port = await freePort();
    const osc = { port, desks: [{ name: '灯光台', host: '127.0.0.1' }] };
    const control = controlOptions.parse({ operators, osc });
    const hall = await open({ control, onCommand: (record) => records.push(record) });
    const socket = createSocket('udp4');
    closing.defer(() => void socket.close());
    socket.bind(0, from);
    await once(socket, 'listening');
    const isNamed = from === '127.0.0.1';
    for (const [address, args] of Object.entries(addressRows)) {
      records.length = 0;
      await asking(hall, isNamed, async () => {
        socket.send(toBuffer({ address, args: [...args] }), port, '127.0.0.1');
        if (isNamed) await eventually(() => expect(records).toHaveLength(1));
        else
          await eventually(async () =>
            expect(await strangersOf(hall)).toBe(Object.keys(addressRows).indexOf(address) + 1),
          );
      });
      expect([address, records.map(({ outcome }) => outcome.kind)]).toEqual([address, isNamed ? ['done'] : []]);
    }
  });
});

async function strangersOf(hall: Hall): Promise<number> {
  const text = await (await fetch(`${hall.url}/metrics`)).text();
  return Number(/refused_total\{kind="osc",reason="stranger"\} (\d+)/.exec(text)?.[1] ?? 0);
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Every message that can be sent, and who may. */
const messages = [
  ...Object.entries(topicRows).flatMap(([topic, rows]) => rows.map(([role, payload]) => ({ topic, role, payload }))),
  ...commandList.map(({ name, role, data }) => ({
    topic: 'wall/1/command/set',
    role,
    payload: JSON.stringify({ command: name, data }),
  })),
];

describe('MQTT', () => {
  // At a broker everybody is what the configuration says; where there is no broker in it, nobody is heard.
  test.each(EVERYBODY)(
    '%s: every topic',
    async (who) => {
      const broker = closing.add(await Mosquitto.start());
      const records: CommandRecord[] = [];
      const mqtt = who === 'nobody' ? {} : { mqtt: { url: broker.url, role: who } };
      const control = controlOptions.parse({ operators, ...mqtt });
      const hall = await open({ control, onCommand: (record) => records.push(record) });
      const client = await connectAsync(broker.url);
      closing.defer(() => client.endAsync(true));
      const refusals: unknown[] = [];
      let isThere = false;
      client.on('message', (topic, payload) => {
        if (topic === 'glasshall/available') isThere = payload.toString() === 'online';
        else refusals.push(JSON.parse(payload.toString()));
      });
      await client.subscribeAsync(['glasshall/available', 'glasshall/wall/1/refused']);
      if (who !== 'nobody') await eventually(() => expect(isThere).toBe(true));
      const before = everythingOf(hall);
      for (const { topic, role, payload } of messages) {
        const isAllowed = may(who, role);
        records.length = 0;
        refusals.length = 0;
        await asking(hall, isAllowed, async () => {
          await client.publishAsync(`glasshall/${topic}`, payload, { qos: 1 });
          // No faster than the link listens.
          if (who === 'nobody') return;
          await sleep(55);
          await eventually(() => expect(records).toHaveLength(1));
        });
        const outcomes = records.map(({ outcome }) => (outcome.kind === 'done' ? 'done' : outcome.code));
        const expected = who === 'nobody' ? [] : [isAllowed ? 'done' : 'not-allowed'];
        expect([topic, payload, outcomes]).toEqual([topic, payload, expected]);
        if (who !== 'nobody' && !isAllowed)
          await eventually(() => expect(refusals).toMatchObject([{ topic, code: 'not-allowed' }]));
      }
      for (const [topic, [role, payload]] of Object.entries(sensorTopicRows)) {
        const isAllowed = may(who, role);
        await asking(hall, isAllowed, async () => {
          const unread = everythingOf(hall);
          refusals.length = 0;
          await client.publishAsync(`glasshall/${topic}`, payload, { qos: 1 });
          if (isAllowed) await eventually(() => expect(everythingOf(hall)).not.toBe(unread));
          else if (who !== 'nobody')
            await eventually(() => expect(refusals).toMatchObject([{ topic, code: 'not-allowed' }]));
        });
      }
      if (who === 'nobody') expect(everythingOf(hall)).toBe(before);
    },
    60_000,
  );
});
