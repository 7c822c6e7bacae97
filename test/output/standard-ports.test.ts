/** What needs ports 5568 and 6454 for itself stands in this file, because files run side by side. */
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { OutputReport } from '../../src/output/channel.js';
import { groupOf } from '../../src/output/drivers/sacn/multicast-link.js';
import { outputOptions } from '../../src/output/options.js';
import type { CanvasFrame, OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { Sender } from '../../src/output/sender.js';
import { eventually } from '../eventually.js';
import { ArtnetNode } from './artnet-node.js';
import { DatagramReceiver } from './datagram-receiver.js';
import { canHaveNamespaces, NetworkNamespace } from './network-namespace.js';
import { Olad } from './olad.js';
import { picture } from './pictures.js';
import { readSacn } from './sacn-packets.js';

const CONTROLLER = '127.0.0.30';
const FRAMES_PER_SECOND = 30;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

function output(options: object, frame: CanvasFrame): OutputDriver {
  const parsed = outputOptions.parse({ id: 'roof', ...options });
  return createOutput(parsed, { wall: frame, framesPerSecond: FRAMES_PER_SECOND, log: silentLogger });
}

function senderOf(driver: OutputDriver): Sender {
  const channel = { id: 'roof', driver, log: silentLogger, onReachability: (_report: OutputReport) => undefined };
  const made = new Sender([channel], { framesPerSecond: FRAMES_PER_SECOND });
  opened.push(made);
  return made;
}

/** Sends frames at the wall's rate; the last one is `frame`. */
async function play(sender: Sender, frames: readonly CanvasFrame[]): Promise<void> {
  const startMs = monotonicMs();
  for (const [index, frame] of frames.entries()) {
    const untilMs = startMs + (index * 1_000) / FRAMES_PER_SECOND;
    while (monotonicMs() < untilMs) await new Promise((resolve) => setTimeout(resolve, 1));
    sender.offer(frame, monotonicMs());
    while (sender.handOut(monotonicMs()) !== Number.POSITIVE_INFINITY)
      await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const UNIVERSES = Array.from({ length: 300 }, (_, index) => 101 + index);
const WALL = { widthPx: 170, heightPx: 300 };

describe('300 universes of sACN', () => {
  it('are all there, in order, and announced', async () => {
    const groups = [...UNIVERSES, 64_214].map(groupOf);
    const there = await DatagramReceiver.open({ port: 5568, groups, reuseAddr: true });
    opened.push(there);
    const frames = Array.from({ length: 60 }, (_, tick) => picture(WALL, tick));
    const sender = senderOf(output({ type: 'sacn', universe: 101, interface: '127.0.0.1' }, frames[0]!));
    await sender.start();
    await play(sender, frames);
    expect(sender.reports()[0]).toMatchObject({ frames: 60, packets: 18_000, failedParts: 0 });
    // The first packet of each universe goes out twice, 20 numbers apart.
    const packets = (await there.first(18_301)).map(readSacn);
    const next = new Map(UNIVERSES.map((universe) => [universe, -20]));
    for (const packet of packets) {
      if (packet.kind !== 'data') continue;
      const expected = next.get(packet.universe) ?? Number.NaN;
      expect(packet.sequence).toBe(expected & 0xff);
      next.set(packet.universe, expected < 0 ? 0 : expected + 1);
    }
    expect([...next.values()].every((sequence) => sequence === 60)).toBe(true);
    const announced = packets.flatMap((packet) => (packet.kind === 'discovery' ? [packet.universes] : []));
    expect(announced[0]).toEqual(UNIVERSES);
  }, 60_000);
});

describe.skipIf(!canHaveNamespaces)('OLA', () => {
  async function network(): Promise<NetworkNamespace> {
    const made = await NetworkNamespace.open();
    opened.push(made);
    return made;
  }

  async function ola(...given: Parameters<typeof Olad.start>): Promise<Olad> {
    const made = await Olad.start(...given);
    opened.push(made);
    return made;
  }

  it('sees 32 of 300 universes of sACN by multicast exactly, and notices their end', async () => {
    const cable = await network();
    const sampled = UNIVERSES.filter((_, index) => index % 15 === 14).concat(UNIVERSES.slice(0, 12));
    expect(new Set(sampled).size).toBe(32);
    const olad = await ola(cable, { sacn: sampled, artnet: [] });
    const frames = Array.from({ length: 30 }, (_, tick) => picture(WALL, tick));
    const last = picture(WALL, 29);
    const sender = senderOf(output({ type: 'sacn', universe: 101, interface: cable.ownAddress }, last));
    await sender.start();
    await play(sender, frames);
    for (const universe of sampled) {
      const from = (universe - 101) * 510;
      // A receiver without a free core loses some: the next frame brings the same again.
      await eventually(async () => {
        await play(sender, [last]);
        expect((await olad.slots(universe)).equals(last.pixels.subarray(from, from + 510))).toBe(true);
      });
    }
    expect(sender.reports()[0]).toMatchObject({ failedParts: 0, droppedFrames: 0 });
    await sender.close(last);
    await eventually(() => {
      for (const universe of [115, 400]) expect(olad.log).toContain(`sent a termination for universe ${universe}`);
    });
  }, 60_000);

  it('takes every picture from one sender of sACN after another', async () => {
    const cable = await network();
    const olad = await ola(cable, { sacn: [101], artnet: [] });
    const size = { widthPx: 170, heightPx: 1 };
    const options = { type: 'sacn', universe: 101, interface: cable.ownAddress };
    // Some are within reach of the last count's end, where a count that begins at 0 would be taken for late packets.
    for (const [turn, frames] of [1, 5, 19, 40, 240].entries()) {
      const shown = picture(size, turn + 1);
      const sender = senderOf(output(options, shown));
      await sender.start();
      await play(sender, [shown]);
      await eventually(async () => expect((await olad.slots(101)).equals(Buffer.from(shown.pixels))).toBe(true));
      for (let more = 1; more < frames; more += 1) await play(sender, [shown]);
      await sender.close('silent');
    }
  }, 60_000);

  it('sees four universes of Art-Net exactly, and says that it is there', async () => {
    const cable = await network();
    const olad = await ola(cable, { sacn: [], artnet: [4, 5, 6, 7] });
    const frame = picture({ widthPx: 170, heightPx: 4 }, 5);
    const { ownAddress, peerAddress } = cable;
    const driver = output({ type: 'artnet', host: peerAddress, universe: 0x124, interface: ownAddress }, frame);
    const sender = senderOf(driver);
    await sender.start();
    await play(sender, [frame]);
    for (const index of [0, 1, 2, 3]) {
      await eventually(async () => {
        const slots = await olad.slots(4 + index);
        expect(slots.equals(frame.pixels.subarray(index * 510, (index + 1) * 510))).toBe(true);
      });
    }
    await eventually(() => expect(sender.reports()[0]?.reachability).toEqual({ state: 'reachable', reason: null }));
  }, 90_000);
});

describe('Art-Net where another program holds port 6454', () => {
  it('sends from another port, says so, and comes back when the port is free', async () => {
    const holder = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      holder.once('error', reject);
      holder.bind(6454, CONTROLLER, () => resolve());
    });
    const node = await ArtnetNode.open('127.0.0.31');
    opened.push(node);
    const frame = picture({ widthPx: 2, heightPx: 1 }, 1);
    const options = { type: 'artnet', host: '127.0.0.31', port: node.port, interface: CONTROLLER };
    const driver = output(options, frame);
    opened.push(driver);
    await driver.start();
    const ask = (): ReturnType<OutputDriver['probe']> => {
      const ending = new AbortController();
      setTimeout(() => ending.abort(), 100);
      return driver.probe(ending.signal);
    };
    expect(await ask()).toEqual({ state: 'unconfirmed', reason: 'port-taken' });
    driver.send(0, driver.prepare(frame));
    await eventually(() => expect(node.shown).toHaveLength(1));
    await new Promise<void>((resolve) => void holder.close(() => resolve()));
    await eventually(async () => expect(await ask()).toEqual({ state: 'unconfirmed', reason: 'no-answer' }));
    driver.send(0, driver.prepare(frame));
    await eventually(() => expect(node.shown).toHaveLength(2));
  });
});
