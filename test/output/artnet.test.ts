import { afterEach, describe, expect, it } from 'vitest';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { artnet } from '../../src/output/drivers/artnet/index.js';
import { artnetOptions } from '../../src/output/drivers/artnet/options.js';
import { parsePollReply } from '../../src/output/drivers/artnet/poll-reply.js';
import type { OutputDriver, Reachability } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { ArtnetNode, type NodeReply } from './artnet-node.js';
import { dissect } from './dissect.js';
import { closedPort, picture } from './pictures.js';

/** An address of its own for the controller, so that nothing else on this machine gets its answers. */
const CONTROLLER = '127.0.0.20';
const NODE = '127.0.0.21';
const TWO_UNIVERSES = { widthPx: 171, heightPx: 1 };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function node(replies: readonly NodeReply[] = [], port = 0): Promise<ArtnetNode> {
  const made = await ArtnetNode.open(NODE, replies, port);
  opened.push(made);
  return made;
}

async function driver(port: number, more: object = {}, wall: Size = TWO_UNIVERSES, fps = 25): Promise<OutputDriver> {
  const options = artnetOptions.parse({ id: 'door', type: 'artnet', host: NODE, port, interface: CONTROLLER, ...more });
  const made = createOutput(options, { wall, framesPerSecond: fps, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

const until = (condition: () => boolean): Promise<void> =>
  eventually(() => expect(condition()).toBe(true), { interval: 2 });

async function ask(output: OutputDriver): Promise<Reachability> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), 300);
  return output.probe(ending.signal).finally(() => clearTimeout(timer));
}

const isPoll = (datagram: Buffer): boolean => datagram.readUInt16LE(8) === 0x2000;

describe('Art-Net packets', () => {
  it('are in every field what a dissector of another author reads', async () => {
    const there = await node();
    const output = await driver(there.port, { universe: 0x1ff, sync: 'host' });
    output.send(0, output.prepare(picture(TWO_UNIVERSES, 1)));
    await until(() => there.datagrams.length >= 4);
    const header = ['artnet.header.id', 'artnet.header.opcode', 'artnet.header.protver'];
    const data = ['sequence', 'physical', 'universe', 'length'].map((name) => `artnet.output.${name}`);
    const read = await dissect(there.datagrams.slice(0, 4), 6454, [...header, ...data, '_ws.malformed']);
    expect(read.map((fields) => Object.values(fields).join(' ').trimEnd())).toEqual([
      'Art-Net 0x2000 14',
      'Art-Net 0x5000 14 1 0 511 510',
      'Art-Net 0x5000 14 1 0 512 4',
      'Art-Net 0x5200 14',
    ]);
    expect(there.problems).toEqual([]);
  });
});

describe('Art-Net frames', () => {
  it('arrive exactly, numbered from 1 to 255 and on from 1', async () => {
    const there = await node();
    const output = await driver(there.port, { universe: 40 });
    for (let tick = 1; tick <= 258; tick += 1) {
      const frame = picture(TWO_UNIVERSES, tick);
      output.send(0, output.prepare(frame));
      await until(() => there.shown.length === tick * 2);
      const [first, second] = there.shown.slice(-2);
      expect(first?.get(40)?.equals(frame.pixels.subarray(0, 510))).toBe(true);
      // Three bytes of a pixel, and one that makes the length even.
      expect(second?.get(41)).toEqual(Buffer.from([...frame.pixels.subarray(510), 0]));
    }
    expect(there.problems).toEqual([]);
  });

  it('with sync are shown whole, and only after the second ArtSync', async () => {
    const there = await node();
    const output = await driver(there.port, { sync: 'host' });
    const frames = [1, 2, 3].map((tick) => picture(TWO_UNIVERSES, tick));
    for (const [index, frame] of frames.entries()) {
      const parts = output.prepare(frame);
      expect(parts).toBe(3);
      for (let part = 0; part < parts; part += 1) output.send(part, part + 1);
      await until(() => there.datagrams.filter((datagram) => !isPoll(datagram)).length === (index + 1) * 3);
    }
    // Before the first ArtSync, each universe was shown as it came.
    expect(there.shown.map((shown) => [...shown.keys()])).toEqual([[0], [1], [0, 1], [0, 1]]);
    expect(there.shown[3]?.get(0)?.equals(frames[2]!.pixels.subarray(0, 510))).toBe(true);
    expect(there.problems).toEqual([]);
  });

  it('end with a black one', async () => {
    const there = await node();
    const output = await driver(there.port);
    output.send(0, output.prepare(picture(TWO_UNIVERSES, 1)));
    await output.close();
    await until(() => there.shown.length === 4);
    expect(there.shown[2]?.get(0)).toEqual(Buffer.alloc(510));
  });

  it.each([
    {
      replies: [
        { bindIndex: 1, refreshRateHz: 40 },
        { bindIndex: 2, refreshRateHz: 30 },
      ],
      more: {},
      frames: 300,
    },
    { replies: [{ bindIndex: 1, refreshRateHz: 120 }], more: {}, frames: 600 },
    { replies: [{ bindIndex: 1 }], more: {}, frames: 600 },
    { replies: [{ bindIndex: 1, refreshRateHz: 30 }], more: { refreshRateHz: 45 }, frames: 450 },
  ])('are no more a second than the node can show: %o', async ({ replies, more, frames }) => {
    const there = await node(replies);
    const output = await driver(there.port, more, { widthPx: 1, heightPx: 1 }, 60);
    await eventually(async () => expect((await ask(output)).state).toBe('reachable'));
    // One of several replies may still be on its way.
    await eventually(() => {
      let taken = 0;
      for (let tick = 0; tick < 600; tick += 1) taken += output.prepare(picture({ widthPx: 1, heightPx: 1 }, tick));
      expect(taken).toBe(frames);
    });
  });
});

describe('Art-Net reachability', () => {
  it('is what the node answers, also one of the old kind', async () => {
    const there = await node([{ bindIndex: 0, bytes: 207 }]);
    const output = await driver(there.port);
    expect(await ask(output)).toEqual({ state: 'reachable', reason: null });
  });

  it('is unconfirmed while a node is silent, and a refusal is told', async () => {
    const silent = await node([{ bindIndex: 0, bytes: 206 }]);
    expect(await ask(await driver(silent.port))).toEqual({ state: 'unconfirmed', reason: 'no-answer' });
    const port = await closedPort();
    const alone = await driver(port, { host: '127.0.0.1' });
    expect(await ask(alone)).toEqual({ state: 'unreachable', reason: 'refused' });
    opened.push(await ArtnetNode.open('127.0.0.1', [{ bindIndex: 1 }], port));
    await eventually(async () => expect((await ask(alone)).state).toBe('reachable'));
  });

  it('names what is wrong with an address, of the node and of this machine', async () => {
    const nowhere = await driver(6454, { host: 'no-such-host.invalid' });
    await eventually(async () => {
      const { state, reason } = await ask(nowhere);
      expect(state).toBe('unreachable');
      expect(['unknown-host', 'name-service']).toContain(reason);
    });
    const foreign = await driver(6454, { interface: '192.0.2.77' });
    expect(foreign.prepare(picture(TWO_UNIVERSES, 1))).toBe(0);
    expect(await ask(foreign)).toEqual({ state: 'unreachable', reason: 'bad-address' });
  });
});

describe('ArtPollReply', () => {
  it('is refused where it is short, and read in bounds where its numbers lie', () => {
    const lying = Buffer.alloc(239, 0xff);
    lying.write('Art-Net\0', 'latin1');
    lying.writeUInt16LE(0x2100, 8);
    expect(parsePollReply(lying)).toMatchObject({ outputs: [32_767, 32_767, 32_767, 32_767], bindIndex: 255 });
    for (let length = 0; length < 207; length += 1) expect(parsePollReply(lying.subarray(0, length))).toBeNull();
    for (let length = 207; length < 239; length += 1) expect(parsePollReply(lying.subarray(0, length))).not.toBeNull();
  });

  it('finds nodes, their replies put together', async () => {
    const there = await ArtnetNode.open('0.0.0.0', [{ bindIndex: 1 }, { bindIndex: 2 }], 6454);
    opened.push(there);
    const scope = { interfaces: ['127.0.0.1'], timeoutMs: 500 };
    const found = await artnet.discover?.(scope, new AbortController().signal);
    expect(found).toContainEqual({
      address: '127.0.0.1',
      description: 'A node of the tests, Roof node, 2 Art-Net outputs',
      entry: { type: 'artnet', host: '127.0.0.1', universe: 0x124 },
    });
  });
});
