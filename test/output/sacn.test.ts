import { afterEach, describe, expect, it } from 'vitest';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { sacnOptions } from '../../src/output/drivers/sacn/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { DatagramReceiver, type ReceiverOptions } from './datagram-receiver.js';
import { dissect } from './dissect.js';
import { closedPort, picture } from './pictures.js';
import { readSacn, type SacnPacket } from './sacn-packets.js';

const DISCOVERY_GROUP = '239.255.250.214';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function receiver(options?: ReceiverOptions): Promise<DatagramReceiver> {
  const made = await DatagramReceiver.open(options);
  opened.push(made);
  return made;
}

async function driver(wall: Size, more: object): Promise<OutputDriver> {
  const options = sacnOptions.parse({ id: 'roof', type: 'sacn', interface: '127.0.0.1', ...more });
  const made = createOutput(options, { wall, framesPerSecond: 25, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

const unicast = { host: '127.0.0.1' };
type Data = Extract<SacnPacket, { kind: 'data' }>;
const dataOf = (packets: readonly SacnPacket[]): Data[] =>
  packets.flatMap((packet) => (packet.kind === 'data' ? [packet] : []));

/** Data without the very first packet of each universe, which goes out twice. */
function afterForerunners(packets: readonly SacnPacket[]): Data[] {
  const previous = new Map<number, number>();
  return dataOf(packets).filter(({ universe, sequence }) => {
    const isForerunner = sequence === 236 && previous.get(universe) !== 235;
    previous.set(universe, sequence);
    return !isForerunner;
  });
}

/** Whether a receiver takes a packet: the rule of E1.31-2018, 6.7.2, for every universe. */
function inOrder(): (packet: Data) => boolean {
  const last = new Map<number, number>();
  return ({ universe, sequence }) => {
    const before = last.get(universe);
    const ahead = before === undefined ? 1 : ((sequence - before) << 24) >> 24;
    if (ahead <= 0 && ahead > -20) return false;
    last.set(universe, sequence);
    return true;
  };
}

describe('sACN data packets', () => {
  const wall = { widthPx: 171, heightPx: 1 };

  it('are in every field what a dissector of another author reads', async () => {
    const there = await receiver({ address: '127.0.0.1' });
    const options = { port: there.port, universe: 300, priority: 0, sourceName: '西墙', syncAddress: 7_962 };
    const larger = { widthPx: 270, heightPx: 1 };
    const output = await driver(larger, { ...unicast, ...options });
    const frame = picture(larger, 1);
    for (let time = 0; time < 2; time += 1) output.send(0, output.prepare(frame));
    const datagrams = (await there.first(9)).filter(({ length }) => length !== 49);
    const layers = ['acn.pdu.length', 'acn.cid', 'acn.dmx_vector', 'acn.dmp_vector', '_ws.malformed'];
    const framing = ['source_name', 'priority', 'reserved', 'seq_number', 'options', 'universe'];
    const slots = ['first_property_address', 'increment', 'count'];
    const names = [...layers, ...[...framing, ...slots].map((name) => `acn.dmx.${name}`)];
    const read = await dissect(datagrams, 5568, names, ['--enable-heuristic', 'acn', '-o', 'acn.dmx_enable:TRUE']);
    const cid = readSacn(datagrams[0]!).cid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const lines = read.map((fields) => Object.values(fields).join(' '));
    expect(lines).toEqual([
      `620,598,521 ${cid} 2 2  西墙 0 7962 236 0 300 0 1 511`,
      `620,598,521 ${cid} 2 2  西墙 0 7962 0 0 300 0 1 511`,
      `410,388,311 ${cid} 2 2  西墙 0 7962 236 0 301 0 1 301`,
      `410,388,311 ${cid} 2 2  西墙 0 7962 0 0 301 0 1 301`,
      `620,598,521 ${cid} 2 2  西墙 0 7962 1 0 300 0 1 511`,
      `410,388,311 ${cid} 2 2  西墙 0 7962 1 0 301 0 1 301`,
    ]);
    const shown = afterForerunners(datagrams.map(readSacn));
    expect(Buffer.concat(shown.map(({ slots }) => slots)).subarray(0, 810)).toEqual(Buffer.from(frame.pixels));
  });

  it('carry 170 pixels each, the rest in a shorter last one, and a sequence of their own that goes from 255 to 0', async () => {
    const there = await receiver({ address: '127.0.0.1' });
    const output = await driver(wall, { ...unicast, port: there.port });
    for (let tick = 1; tick <= 258; tick += 1) {
      output.send(0, output.prepare(picture(wall, tick)));
      await there.first(2 + tick * 2);
    }
    const packets = afterForerunners(there.datagrams.map(readSacn));
    for (const [universe, length] of [
      [1, 510],
      [2, 3],
    ]) {
      const mine = packets.filter((packet) => packet.universe === universe);
      expect(mine.map(({ sequence }) => sequence)).toEqual(mine.map((_, index) => index % 256));
      expect(new Set(mine.map(({ slots }) => slots.length))).toEqual(new Set([length]));
    }
  });

  it('have the same sender over restarts, and another for another output', async () => {
    const there = await receiver({ address: '127.0.0.1' });
    for (const id of ['roof', 'roof', 'door']) {
      const output = await driver({ widthPx: 1, heightPx: 1 }, { ...unicast, port: there.port, id });
      output.send(0, output.prepare(picture({ widthPx: 1, heightPx: 1 }, 1)));
      await output.close('silent');
    }
    const cids = (await there.first(6)).map((packet) => readSacn(packet).cid);
    const [first, second, third] = cids.filter((_, index) => index % 2 === 1);
    expect(first).toMatch(/^.{12}5.{3}[89ab]/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe('sACN synchronisation', () => {
  it('comes last, numbered by itself, and its address stands in the data', async () => {
    const wall = { widthPx: 200, heightPx: 2 };
    const there = await receiver({ address: '127.0.0.1' });
    const output = await driver(wall, { ...unicast, port: there.port, syncAddress: 9 });
    for (let tick = 1; tick <= 2; tick += 1) {
      const parts = output.prepare(picture(wall, tick));
      expect(parts).toBe(4);
      for (let part = 0; part < parts; part += 1) output.send(part, part + 1);
    }
    const packets = (await there.first(12)).map(readSacn);
    const first = ['data', 'data', 'data', 'data', 'data', 'data', 'sync', 'sync'];
    expect(packets.map(({ kind }) => kind)).toEqual([...first, 'data', 'data', 'data', 'sync']);
    expect(packets[6]).toMatchObject({ sequence: 236, syncAddress: 9 });
    expect(packets[7]).toMatchObject({ sequence: 0, syncAddress: 9 });
    expect(packets[11]).toMatchObject({ sequence: 1, syncAddress: 9 });
    expect(dataOf(packets).every(({ syncAddress }) => syncAddress === 9)).toBe(true);
  });
});

describe('sACN by multicast', () => {
  it('goes to the group of each universe, and announces all of them in pages', async () => {
    const port = await closedPort();
    // 600 universes: two pages. Only the groups of three of them are joined.
    const groups = [DISCOVERY_GROUP, '239.255.1.44', '239.255.1.45', '239.255.3.131'];
    const there = await receiver({ port, groups });
    const wall = { widthPx: 170, heightPx: 600 };
    const output = await driver(wall, { port, universe: 300 });
    const frame = picture(wall, 1);
    output.send(0, output.prepare(frame));
    const packets = (await there.first(8)).map(readSacn);
    for (const { universe, slots } of dataOf(packets)) {
      const from = (universe - 300) * 510;
      expect(slots.equals(frame.pixels.subarray(from, from + 510))).toBe(true);
    }
    expect(afterForerunners(packets).map(({ universe }) => universe)).toEqual([300, 301, 899]);
    const pages = packets.flatMap((packet) => (packet.kind === 'discovery' ? [packet] : []));
    expect(pages.map(({ page, lastPage, name }) => [page, lastPage, name])).toEqual([
      [0, 1, 'glasshall'],
      [1, 1, 'glasshall'],
    ]);
    expect(pages[0]?.universes).toHaveLength(512);
    const all = pages.flatMap(({ universes }) => universes);
    expect(all).toEqual(Array.from({ length: 600 }, (_, index) => 300 + index));
    expect(await output.probe(new AbortController().signal)).toEqual({ state: 'unconfirmed', reason: 'one-way' });
  });

  it('says what is wrong with the interface', async () => {
    const output = await driver({ widthPx: 1, heightPx: 1 }, { interface: '192.0.2.77' });
    expect(output.prepare(picture({ widthPx: 1, heightPx: 1 }, 1))).toBe(0);
    const answer = await output.probe(new AbortController().signal);
    expect(answer).toEqual({ state: 'unreachable', reason: 'bad-address' });
  });
});

describe('sACN that ends', () => {
  const wall = { widthPx: 171, heightPx: 1 };
  const lastFrame = picture(wall, 7);

  it.each([
    { goodbye: 'black', slots: Buffer.alloc(513) },
    { goodbye: lastFrame, slots: Buffer.from(lastFrame.pixels) },
  ] as const)('shows the last frame and then says three times that it ends: %#', async ({ goodbye, slots }) => {
    const there = await receiver({ address: '127.0.0.1' });
    const output = await driver(wall, { ...unicast, port: there.port });
    output.send(0, output.prepare(picture(wall, 1)));
    await output.close(goodbye);
    const packets = afterForerunners((await there.first(12)).map(readSacn));
    expect(packets.map(({ universe }) => universe)).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    expect(packets.map(({ options }) => options)).toEqual([0, 0, 0, 0, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40]);
    expect(packets.map(({ sequence }) => sequence)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(Buffer.concat(packets.slice(2, 4).map((packet) => packet.slots))).toEqual(slots);
  });

  it('says nothing where somebody else goes on', async () => {
    const there = await receiver({ address: '127.0.0.1' });
    const output = await driver(wall, { ...unicast, port: there.port });
    output.send(0, output.prepare(picture(wall, 1)));
    await output.close('silent');
    const next = await driver(wall, { ...unicast, port: there.port });
    next.send(0, next.prepare(picture(wall, 2)));
    const packets = afterForerunners((await there.first(8)).map(readSacn));
    expect(packets.map(({ options, sequence }) => [options, sequence])).toEqual(Array(4).fill([0, 0]));
  });

  it.each([1, 2, 10, 19, 20, 21, 40, 236, 237, 255, 256, 257])(
    'loses no picture at a receiver that drops late packets when another goes on after %i frames',
    async (frames) => {
      const there = await receiver({ address: '127.0.0.1' });
      let sent = 0;
      for (const count of [frames, 3]) {
        const output = await driver(wall, { ...unicast, port: there.port });
        for (let tick = 1; tick <= count; tick += 1) output.send(0, output.prepare(picture(wall, (sent += 1))));
        await output.close('silent');
      }
      const packets = dataOf((await there.first((sent + 2) * 2)).map(readSacn)).filter(inOrder());
      for (const universe of [1, 2]) {
        const shown = packets.filter((packet) => packet.universe === universe).map(({ slots }) => slots[0]);
        const wanted = [1, 2, 3].map((tick) => picture(wall, frames + tick).pixels[(universe - 1) * 510]);
        expect(shown.filter((value, index) => value !== shown[index - 1]).slice(-3)).toEqual(wanted);
      }
    },
  );
});

describe('sACN reachability', () => {
  const wall = { widthPx: 170, heightPx: 4 };

  it('names a refusal, before anything is sent and after, and goes on by itself', async () => {
    const port = await closedPort();
    const options = sacnOptions.parse({ id: 'roof', type: 'sacn', ...unicast, port });
    const asked = createOutput(options, { wall, framesPerSecond: 25, log: silentLogger });
    opened.push(asked);
    const refused = { state: 'unreachable', reason: 'refused' };
    expect(await asked.probe(new AbortController().signal)).toEqual(refused);
    const output = await driver(wall, { ...unicast, port });
    await eventually(async () => {
      output.send(0, output.prepare(picture(wall, 1)));
      expect(await output.probe(new AbortController().signal)).toEqual(refused);
    });
    const there = await receiver({ address: '127.0.0.1', port });
    await eventually(() => {
      output.send(0, output.prepare(picture(wall, 2)));
      expect(there.datagrams.length).toBeGreaterThan(8);
    });
    await eventually(async () => {
      expect(await output.probe(new AbortController().signal)).toEqual({ state: 'unconfirmed', reason: 'one-way' });
    });
  });

  it('names an address that cannot be', async () => {
    const output = await driver(wall, { host: '255.255.255.255' });
    expect(await output.probe(new AbortController().signal)).toEqual({ state: 'unreachable', reason: 'forbidden' });
  });
});

describe('sACN frames', () => {
  it.each([
    { more: {}, frames: 440 },
    { more: { refreshRateHz: 30 }, frames: 300 },
    { more: { refreshRateHz: 60 }, frames: 600 },
  ])('are no more a second than DMX has, unless more are asked for: %o', async ({ more, frames }) => {
    const wall = { widthPx: 1, heightPx: 1 };
    const options = sacnOptions.parse({ id: 'roof', type: 'sacn', ...unicast, interface: '127.0.0.1', ...more });
    const output = createOutput(options, { wall, framesPerSecond: 60, log: silentLogger });
    opened.push(output);
    await output.start();
    let taken = 0;
    for (let tick = 0; tick < 600; tick += 1) taken += output.prepare(picture(wall, tick));
    expect(taken).toBe(frames);
  });
});
