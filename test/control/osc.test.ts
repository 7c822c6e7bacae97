import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { fromBuffer, toBuffer, type OscPacketInput } from 'osc-min';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandDesk, type CommandRecord } from '../../src/control/commands/desk.js';
import { commandOfMessage, oscAddresses } from '../../src/control/osc/addresses.js';
import { oscOptions } from '../../src/control/osc/options.js';
import { OscReceiver } from '../../src/control/osc/receiver.js';
import { Tally } from '../../src/control/tally.js';
import { silentLogger } from '../../src/core/logger.js';
import { SERVICE } from '../../src/switcher/actor.js';
import { eventually } from '../eventually.js';
import { FakeEngine } from './fake-engine.js';

let engine: FakeEngine;
let receiver: OscReceiver;
let console: Socket;
let port: number;
const records: CommandRecord[] = [];
const answers: unknown[] = [];

beforeEach(async () => {
  records.length = 0;
  answers.length = 0;
  engine = new FakeEngine();
  const desk = new CommandDesk({ engine, onCommand: (record) => records.push(record) });
  port = await freePort();
  const osc = oscOptions.parse({ port, desks: [{ name: '灯光台', host: '127.0.0.1' }] });
  receiver = await OscReceiver.open({ osc, desk, tally: new Tally(), log: silentLogger });
  console = createSocket('udp4');
  console.on('message', (bytes) => answers.push(fromBuffer(bytes)));
  console.bind(0, '127.0.0.1');
  await once(console, 'listening');
});

afterEach(async () => {
  console.close();
  await receiver.close();
});

function send(packet: OscPacketInput | Buffer): void {
  console.send(Buffer.isBuffer(packet) ? packet : toBuffer(packet), port, '127.0.0.1');
}

describe('a lighting desk', () => {
  test('puts layouts on air, prepares, takes and writes, under its own name', async () => {
    send({ address: '/wall/1/layout', args: ['windows'] });
    await eventually(() => expect(engine.state().program).toBe('windows'));
    send({ address: '/wall/1/ticker', args: ['今日休息'] });
    await eventually(() => expect(engine.state().tickerText).toBe('今日休息'));
    send({ address: '/wall/1/preview', args: ['hall'] });
    send({ address: '/wall/1/take', args: [1] });
    await eventually(() => expect(engine.state().program).toBe('hall'));
    expect(records[0]?.actor).toEqual({ name: '灯光台', role: 'operator', via: 'osc', from: '127.0.0.1' });
  });

  test('hides, and can in no way show again what was hidden', async () => {
    send({ address: '/wall/1/blackout', args: [1] });
    send({ address: '/wall/1/hide', args: ['hall', 'lobby'] });
    await eventually(() => expect(engine.state().hiddenCells).toEqual({ hall: ['lobby'] }));
    for (const args of [[0], [false], ['OFF'], []]) send({ address: '/wall/1/blackout', args });
    for (const address of ['/wall/1/undo', '/wall/1/show', '/wall/1/cell', '/wall/1/freeze'])
      send({ address, args: [] });
    await eventually(() => expect(answers).toHaveLength(4));
    expect(engine.state()).toMatchObject({ blackout: true, hiddenCells: { hall: ['lobby'] } });
  });

  test('no address reveals: each is tried with every kind of value on a wall where everything is hidden', () => {
    const values = [[], [0], [1], [false], [true], ['hall'], ['hall', 'lobby'], ['hall', 'lobby', 'window-a'], [null]];
    for (const address of Object.keys(oscAddresses)) {
      for (const given of values) {
        let asked: ReturnType<typeof commandOfMessage> = null;
        try {
          asked = commandOfMessage(address, given);
        } catch {
          continue;
        }
        if (asked !== null) expect(asked.command, address).not.toMatch(/undo|set-cell-source|set-freeze/);
        if (asked?.command === 'set-blackout') expect(asked.data).toEqual({ on: true });
        if (asked?.command === 'set-cell-enabled') expect(asked.data).toMatchObject({ enabled: false });
      }
    }
  });

  test('is told why something was refused; rubbish is answered, too, and harms nothing', async () => {
    send({ address: '/wall/1/layout', args: ['moon'] });
    send(Buffer.from('no OSC at all'));
    send(Buffer.alloc(0));
    send(Buffer.alloc(5_000, 1));
    send({ address: '/constructor', args: [] });
    await eventually(() => expect(answers).toHaveLength(4));
    const codes = (answers as { args: { value: string }[] }[]).map(({ args }) => args[0]?.value).sort();
    expect(codes).toEqual(['unknown-address', 'unknown-layout', 'unreadable', 'unreadable']);
    expect(engine.commands.filter(({ kind }) => kind !== 'set-program')).toEqual([]);
  });

  test('may say several things in one bundle', async () => {
    send({
      timetag: new Date(),
      elements: [
        { address: '/wall/1/preview', args: ['windows'] },
        { address: '/wall/1/take', args: [] },
      ],
    });
    await eventually(() => expect(engine.state().program).toBe('windows'));
  });
});

test('whoever is not named is not heard', async () => {
  const desk = new CommandDesk({ engine, onCommand: (record) => records.push(record) });
  const tally = new Tally();
  const strangers = await freePort();
  const osc = oscOptions.parse({ port: strangers, desks: [{ name: 'x', host: '192.0.2.1' }] });
  const deaf = await OscReceiver.open({ osc, desk, tally, log: silentLogger });
  console.send(toBuffer({ address: '/wall/1/take', args: [] }), strangers, '127.0.0.1');
  await eventually(() => expect(JSON.stringify([...tally.entries()])).toContain('stranger'));
  await engine.execute({ kind: 'set-blackout', on: true }, { actor: SERVICE });
  expect(records).toEqual([]);
  await deaf.close();
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port: free } = socket.address();
  socket.close();
  return free;
}
