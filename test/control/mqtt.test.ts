import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandRecord } from '../../src/control/commands/desk.js';
import { controlOptions } from '../../src/control/options.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { eventually } from '../eventually.js';
import { Mosquitto } from './mosquitto.js';
import { openHall, operators, type Hall } from './open-hall.js';

let broker: Mosquitto;
let hall: Hall;
let client: MqttClient;
const records: CommandRecord[] = [];
/** Topic → latest text, and whether the broker had kept it. */
const heard = new Map<string, { text: string; retained: boolean }>();

const configured = (more: Record<string, unknown> = {}) =>
  controlOptions.parse({ operators, mqtt: { url: broker.url, homeAssistant: 'homeassistant', ...more } });

async function listen(): Promise<MqttClient> {
  heard.clear();
  const listener = await connectAsync(broker.url);
  listener.on('message', (topic, payload, { retain }) =>
    heard.set(topic, { text: payload.toString(), retained: retain }),
  );
  await listener.subscribeAsync('#');
  return listener;
}

const valueAt = (topic: string): unknown => JSON.parse(heard.get(topic)?.text ?? 'null');

async function say(topic: string, payload: string, retain = false): Promise<void> {
  await client.publishAsync(`glasshall/wall/1/${topic}/set`, payload, { qos: 1, retain });
}

beforeEach(async () => {
  records.length = 0;
  broker = await Mosquitto.start();
  hall = await openHall({ control: configured(), onCommand: (record) => records.push(record) });
  client = await listen();
  await eventually(() => expect(heard.get('glasshall/available')?.text).toBe('online'));
});

afterEach(async () => {
  await client.endAsync(true);
  await hall.close();
  await broker.close();
});

describe('at a broker', () => {
  test('the state is kept: whoever comes later knows it, too', async () => {
    await client.endAsync(true);
    client = await listen();
    await eventually(() => expect(valueAt('glasshall/wall/1/program/state')).toMatchObject({ layout: 'hall' }));
    expect(heard.get('glasshall/wall/1/program/state')?.retained).toBe(true);
    expect(valueAt('glasshall/wall/1/blackout/state')).toEqual({ on: false, reason: null });
    expect(valueAt('glasshall/camera/window-a/state')).toMatchObject({ state: 'retrying', reason: 'timeout' });
    expect(valueAt('glasshall/output/screen/state')).toMatchObject({ state: 'reachable' });
  });

  test('commands are taken, by id and by name, and what comes of them is told', async () => {
    await say('program', '窗口');
    await eventually(() => expect(valueAt('glasshall/wall/1/program/state')).toMatchObject({ layout: 'windows' }));
    await say('blackout', 'ON');
    await eventually(() => expect(valueAt('glasshall/wall/1/blackout/state')).toEqual({ on: true, reason: null }));
    await say('command', JSON.stringify({ command: 'set-preview', data: { layout: 'hall' } }));
    await eventually(() => expect(hall.engine.state().preview).toBe('hall'));
    await eventually(() =>
      expect(records.map(({ actor }) => [actor.name, actor.via])).toEqual(Array(3).fill(['mqtt', 'mqtt'])),
    );
  });

  test('a command that was kept is not obeyed', async () => {
    await say('blackout', 'ON', true);
    await say('take', '');
    await eventually(() => expect(hall.engine.state().program).toBe('windows'));
    // The broker hands a kept message on as a new one to whoever was there already; it is the next connection that sees it kept.
    const { blackout } = hall.engine.state();
    expect(blackout).toBe(true);
    await hall.engine.execute({ kind: 'set-blackout', on: false }, { actor: SERVICE });
    // What was heard of the connection before says nothing of the next one.
    heard.delete('glasshall/available');
    hall.control.reconfigure(configured({ role: 'admin' }));
    await eventually(() => expect(heard.get('glasshall/available')?.text).toBe('online'));
    await say('take', '');
    await eventually(() => expect(hall.engine.state().program).toBe('hall'));
    expect(hall.engine.state().blackout).toBe(false);
  });

  test.each([
    ['program', 'moon', 'unknown-layout'],
    ['blackout', 'perhaps', 'bad-command'],
    ['command', '{"command"', 'bad-command'],
    ['command', '{"data": {}}', 'bad-command'],
    ['command', '{"command": "take", "ifRevision": 99}', 'conflict'],
    ['command', '{"command": "reload-configuration"}', 'not-allowed'],
  ])('%s with %s is refused, and told once', async (topic, payload, code) => {
    const before = hall.engine.state();
    await say(topic, payload);
    await eventually(() => expect(valueAt('glasshall/wall/1/refused')).toMatchObject({ code }));
    expect(hall.engine.state()).toBe(before);
  });

  test('a home automation finds the wall by itself', async () => {
    // The last of what it is told.
    await eventually(() => expect(valueAt('homeassistant/sensor/glasshall/count_queue/config')).not.toBeNull());
    const select = valueAt('homeassistant/select/glasshall/program/config');
    expect(select).toMatchObject({
      unique_id: 'glasshall_program',
      state_topic: 'glasshall/wall/1/program/state',
      command_topic: 'glasshall/wall/1/program/set',
      availability_topic: 'glasshall/available',
      options: ['大厅', '窗口'],
      device: { name: '西墙' },
    });
    expect(valueAt('homeassistant/switch/glasshall/blackout/config')).toMatchObject({ name: '黑场 Blackout' });
    expect(valueAt('homeassistant/binary_sensor/glasshall/camera_lobby/config')).toMatchObject({ name: '前台' });
  });

  test('what a reload took away is kept no longer, for people and for a home automation', async () => {
    const topics = (): string[] =>
      [...heard].filter(([topic, { text }]) => /window-a|lobby/.test(topic) && text !== '').map(([topic]) => topic);
    const of = (camera: string): string[] => [
      `glasshall/camera/${camera}/state`,
      `homeassistant/binary_sensor/glasshall/camera_${camera}/config`,
    ];
    await eventually(() => expect(topics().sort()).toEqual([...of('lobby'), ...of('window-a')].sort()));
    const remove = (camera: string): void => {
      hall.engine.configuredTiles = hall.engine.tiles().filter((tile) => tile.camera !== camera);
      hall.engine.emit('reloaded');
    };
    remove('window-a');
    await eventually(() => expect(topics().sort()).toEqual(of('lobby').sort()));
    await client.endAsync(true);
    client = await listen();
    await eventually(() => expect(valueAt('glasshall/camera/window-b/state')).not.toBeNull());
    expect([...heard.keys()].filter((topic) => topic.includes('window-a'))).toEqual([]);
  });

  test('what went while the service was stopped is kept no longer, either', async () => {
    await eventually(() => expect(valueAt('homeassistant/sensor/glasshall/count_queue/config')).not.toBeNull());
    await hall.close();
    const gone = [
      'glasshall/camera/gone/state',
      'glasshall/count/gone/state',
      'glasshall/output/gone/state',
      'homeassistant/binary_sensor/glasshall/camera_gone/config',
    ];
    const foreign = ['glasshall/note', 'homeassistant/light/garden/lamp/config'];
    for (const topic of [...gone, ...foreign]) await client.publishAsync(topic, '{}', { qos: 1, retain: true });
    hall = await openHall({ control: configured() });
    await eventually(() => expect(gone.map((topic) => heard.get(topic)?.text)).toEqual(gone.map(() => '')));
    await client.endAsync(true);
    client = await listen();
    await eventually(() => expect(valueAt('glasshall/camera/window-a/state')).not.toBeNull());
    await eventually(() => expect([...heard.keys()]).toEqual(expect.arrayContaining(foreign)));
    expect([...heard.keys()].filter((topic) => topic.includes('gone'))).toEqual([]);
  });

  test('the brightness is told, set within the law, and left to a sensor that says how much light there is', async () => {
    const told = (): unknown => valueAt('glasshall/wall/1/brightness/state');
    await eventually(() => expect(told()).toMatchObject({ percent: 50, wishPercent: null, ceilingPercent: 50 }));
    await say('brightness', '30');
    await eventually(() => expect(told()).toMatchObject({ percent: 30, wishPercent: 30, reason: 'operator' }));
    await say('brightness', '80');
    await eventually(() => expect(valueAt('glasshall/wall/1/refused')).toMatchObject({ code: 'above-ceiling' }));
    await say('brightness', 'AUTO');
    await client.publishAsync('glasshall/lux/set', ' 0 ', { qos: 1 });
    await eventually(() => expect(told()).toMatchObject({ percent: 10, wishPercent: null, reason: 'lux' }));
    await client.publishAsync('glasshall/lux/set', '5000', { qos: 1 });
    await eventually(() => expect(told()).toMatchObject({ percent: 47, reason: 'lux' }));
    expect(records.map(({ command }) => command)).toEqual(Array(3).fill('set-brightness'));
    for (const reading of ['', 'bright', 'Infinity', '0x10', '-5', '1e999']) {
      heard.delete('glasshall/wall/1/refused');
      await client.publishAsync('glasshall/lux/set', reading, { qos: 1 });
      await eventually(() => expect(valueAt('glasshall/wall/1/refused')).toMatchObject({ topic: 'lux/set' }));
    }
    expect(hall.engine.brightness().light).toMatchObject({ lux: 5_000 });
  });

  test('a broker that goes and comes back is told everything anew, and is told goodbye', async () => {
    await broker.stop();
    await hall.engine.execute({ kind: 'set-ticker', text: '新' }, { actor: SERVICE });
    await broker.resume();
    await client.endAsync(true);
    client = await listen();
    await eventually(() => expect(valueAt('glasshall/wall/1/ticker/state')).toEqual({ text: '新' }));
    await hall.control.close();
    await eventually(() => expect(heard.get('glasshall/available')?.text).toBe('offline'));
  });
});

test.each(['mqtt://user:secret@127.0.0.1', 'http://127.0.0.1', 'nonsense'])('%s is no address of a broker', (url) => {
  expect(controlOptions.safeParse({ mqtt: { url } }).success).toBe(false);
});
