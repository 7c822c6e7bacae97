import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { ddpOptions } from '../../src/output/drivers/ddp/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { Sender } from '../../src/output/sender.js';
import { eventually } from '../eventually.js';
import { closedPort, picture } from './pictures.js';
import { run } from './scripted-driver.js';

const WALL = { widthPx: 60, heightPx: 40 };
const PARTS = 5;
/** The broadcast address of loopback reaches sockets that are bound to it. */
const BROADCAST = '127.255.255.255';
const BARE_PUSH = '41000001000000000000';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** What arrived at these addresses of one port, in order, as `who:header`. */
async function listen(addresses: readonly string[], port: number): Promise<string[]> {
  const arrived: string[] = [];
  for (const address of addresses) {
    const socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    socket.on('message', (datagram) => arrived.push(`${address}:${datagram.subarray(0, 10).toString('hex')}`));
    await new Promise<void>((resolve) => socket.bind(port, address, resolve));
    opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  }
  return arrived;
}

async function drivers(port: number, hosts: readonly string[]): Promise<OutputDriver[]> {
  const made = hosts.map((host) => {
    const options = ddpOptions.parse({ id: 'screen', type: 'ddp', host, port, pushTo: BROADCAST });
    return createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
  });
  for (const driver of made) {
    opened.push(() => driver.close('silent'));
    await driver.start();
  }
  return made;
}

const pushes = (arrived: readonly string[]): string[] => arrived.filter((each) => each.endsWith(BARE_PUSH));
const data = (arrived: readonly string[]): string[] => arrived.filter((each) => !each.endsWith(BARE_PUSH));

describe('DDP outputs that push together', () => {
  it('send all data without push, then one push to all a frame', async () => {
    const port = await closedPort();
    const arrived = await listen(['127.0.0.2', '127.0.0.3', BROADCAST], port);
    const made = await drivers(port, ['127.0.0.2', '127.0.0.3']);
    const sender = new Sender(
      made.map((driver, index) => ({
        id: `screen-${index}`,
        driver,
        log: silentLogger,
        onReachability: () => undefined,
      })),
      { framesPerSecond: 25 },
    );
    for (let tick = 1; tick <= 3; tick += 1) {
      sender.offer(picture(WALL, tick), tick * 40);
      run(sender, [], tick * 40);
    }
    await eventually(() => {
      expect(data(arrived)).toHaveLength(2 * 3 * PARTS);
      expect(pushes(arrived)).toEqual(Array(3).fill(`${BROADCAST}:${BARE_PUSH}`));
    });
    // Version 1 and no flag at all.
    expect(data(arrived).every((each) => /:40/.test(each))).toBe(true);
  });

  it('wait for whoever has the frame, and for nobody else', async () => {
    const port = await closedPort();
    const arrived = await listen([BROADCAST], port);
    const [first, second] = await drivers(port, ['127.0.0.2', '127.0.0.3']);
    if (first === undefined || second === undefined) throw new Error('two drivers');
    for (const driver of [first, second]) driver.prepare(picture(WALL, 1));
    first.send(0, PARTS);
    second.send(0, PARTS - 1);
    // A datagram sent afterwards is there: the push was not sent before it.
    const mark = createSocket('udp4');
    opened.push(() => new Promise<void>((resolve) => mark.close(() => resolve())));
    await new Promise<void>((resolve) => mark.bind(0, '127.0.0.1', resolve));
    mark.setBroadcast(true);
    mark.send(Buffer.from('mark'), port, BROADCAST);
    await eventually(() => expect(arrived).toHaveLength(1));
    second.send(PARTS - 1, PARTS);
    await eventually(() => expect(pushes(arrived)).toHaveLength(1));
    // One that has not this frame is not waited for.
    first.prepare(picture(WALL, 2));
    first.send(0, PARTS);
    await eventually(() => expect(pushes(arrived)).toHaveLength(2));
    // One that comes too late does not keep the others' picture back for longer than a frame.
    for (const driver of [first, second]) driver.prepare(picture(WALL, 3));
    first.send(0, PARTS);
    first.prepare(picture(WALL, 4));
    await eventually(() => expect(pushes(arrived)).toHaveLength(3));
    // Nor does one that leaves.
    second.prepare(picture(WALL, 4));
    first.send(0, PARTS);
    await second.close('silent');
    await eventually(() => expect(pushes(arrived)).toHaveLength(4));
  });
});
