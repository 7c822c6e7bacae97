import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { rfc4175Options } from '../../src/output/drivers/rfc4175/options.js';
import { timestampOf } from '../../src/output/drivers/rfc4175/packet.js';
import { segmentsOf } from '../../src/output/drivers/rfc4175/segments.js';
import { packUyvp, packUyvy } from '../../src/output/drivers/rfc4175/ycbcr.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { picture } from './pictures.js';
import { pairOf } from './ycbcr-reference.js';

const run = promisify(execFile);

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** Keeps every datagram that comes. */
async function receiver(group: string | null = null): Promise<{ port: number; datagrams: Buffer[] }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
  const datagrams: Buffer[] = [];
  socket.on('message', (datagram) => datagrams.push(datagram));
  await new Promise<void>((resolve) => socket.bind(0, group ?? '127.0.0.1', resolve));
  if (group !== null) socket.addMembership(group, '127.0.0.1');
  opened.push({ close: () => new Promise((resolve) => socket.close(() => resolve())) });
  return { port: socket.address().port, datagrams };
}

const optionsOf = (more: object): ReturnType<typeof rfc4175Options.parse> =>
  rfc4175Options.parse({ id: 'screen', type: 'rfc4175', host: '127.0.0.1', ...more });

async function driver(wall: Size, more: object, framesPerSecond = 30): Promise<OutputDriver> {
  const made = createOutput(optionsOf(more), { wall, framesPerSecond, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'glasshall-rtp-'));
  opened.push({ close: () => rm(path, { recursive: true }) });
  return path;
}

describe('segments', () => {
  const rgb = { groupBytes: 3, groupPx: 1 };
  const uyvp = { groupBytes: 5, groupPx: 2 };

  it.each([
    [rgb, 477, [477]],
    [rgb, 478, [239, 239]],
    [rgb, 960, [320, 320, 320]],
    [rgb, 1_000, [334, 334, 332]],
    [rgb, 1_920, [384, 384, 384, 384, 384]],
    [uyvp, 1_920, [480, 480, 480, 480]],
    [uyvp, 2, [2]],
  ])('of %j and %i pixels are %j', (group, widthPx, expected) => {
    const segments = segmentsOf({ widthPx, heightPx: 2 }, group, 1_432);
    expect(segments.filter(({ line }) => line === 0).map((segment) => segment.widthPx)).toEqual(expected);
    expect(segments.map(({ line }) => line)).toEqual([...expected.map(() => 0), ...expected.map(() => 1)]);
    for (const { bytes, widthPx: width } of segments) {
      expect(bytes).toBe((width / group.groupPx) * group.groupBytes);
      expect(bytes).toBeLessThanOrEqual(1_432);
    }
  });

  it('cover every width that a wall can have, once', () => {
    for (let widthPx = 16; widthPx <= 7_680; widthPx += 2) {
      let next = 0;
      for (const { offsetPx, widthPx: width } of segmentsOf({ widthPx, heightPx: 1 }, uyvp, 1_432)) {
        expect(offsetPx).toBe(next);
        next += width;
      }
      expect(next).toBe(widthPx);
    }
  });
});

describe('timestamps', () => {
  it.each([
    [25, 3_600],
    [30, 3_000],
    [50, 1_800],
    [60, 1_500],
  ])('at %i frames a second rise by %i and do not drift', (rate, step) => {
    expect(timestampOf(1, rate, 7) - timestampOf(0, rate, 7)).toBe(step);
    const year = rate * 86_400 * 365;
    expect(timestampOf(year, rate, 7)).toBe(Number((BigInt(year) * BigInt(step) + 7n) % 2n ** 32n));
    expect(timestampOf(1, rate, 2 ** 32 - 1)).toBe(step - 1);
  });
});

describe('Y′CbCr', () => {
  /** Colours at the edges of everything, and a lattice between them. */
  const levels = [0, 1, 2, 15, 16, 31, 54, 76, 97, 127, 128, 129, 150, 181, 203, 224, 235, 240, 253, 254, 255];
  const colours = levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => [r, g, b])));

  it('is the exact value of BT.709, correctly rounded, in 8 and in 10 bits', () => {
    const [pixels, bytes] = [new Uint8Array(6), new Uint8Array(5)];
    colours.forEach((colour, index) => {
      pixels.set(colour, 0);
      pixels.set(colours[(index * 7_919) % colours.length] ?? [], 3);
      const narrow = pairOf(pixels, 0, 8);
      packUyvy(pixels, 0, 2, bytes, 0);
      expect([...bytes.subarray(0, 4)]).toEqual([narrow.cb, narrow.y[0], narrow.cr, narrow.y[1]]);
      const { cb, cr, y } = pairOf(pixels, 0, 10);
      packUyvp(pixels, 0, 2, bytes, 0);
      const word = [...bytes].reduce((sum, byte) => sum * 256 + byte, 0);
      expect([30, 20, 10, 0].map((shift) => Math.floor(word / 2 ** shift) % 1_024)).toEqual([cb, y[0], cr, y[1]]);
    });
  });

  it.each([
    ['black', [0, 0, 0], [128, 16, 128, 16], [512, 64, 512, 64]],
    ['white', [255, 255, 255], [128, 235, 128, 235], [512, 940, 512, 940]],
    ['blue', [0, 0, 255], [240, 32, 118, 32], [960, 127, 471, 127]],
    ['red', [255, 0, 0], [102, 63, 240, 63], [409, 250, 960, 250]],
  ])('of %s is what the tables of colour bars say', (_name, colour, eight, ten) => {
    const [pixels, bytes] = [Uint8Array.from([...colour, ...colour]), new Uint8Array(5)];
    packUyvy(pixels, 0, 2, bytes, 0);
    expect([...bytes.subarray(0, 4)]).toEqual(eight);
    packUyvp(pixels, 0, 2, bytes, 0);
    const word = [...bytes].reduce((sum, byte) => sum * 256 + byte, 0);
    expect([30, 20, 10, 0].map((shift) => Math.floor(word / 2 ** shift) % 1_024)).toEqual(ten);
  });
});

describe('RTP packets', () => {
  it('are byte for byte as specified', async () => {
    const { port, datagrams } = await receiver();
    const output = await driver({ widthPx: 478, heightPx: 2 }, { port });
    const frame = picture({ widthPx: 478, heightPx: 2 }, 1);
    output.send(0, output.prepare(frame));
    await eventually(() => expect(datagrams).toHaveLength(4));
    // 239 pixels are 717 = 0x2cd bytes; the second segment begins at pixel 239 = 0xef.
    expect(datagrams.map((datagram) => datagram.subarray(0, 2).toString('hex'))).toEqual([
      ...['8060', '8060', '8060'],
      '80e0',
    ]);
    expect(datagrams.map((datagram) => datagram.subarray(14, 20).toString('hex'))).toEqual([
      ...['02cd00000000', '02cd000000ef', '02cd00010000', '02cd000100ef'],
    ]);
    expect(Buffer.concat(datagrams.map((datagram) => datagram.subarray(20))).equals(frame.pixels)).toBe(true);
    expect(Math.max(...datagrams.map(({ length }) => length + 8))).toBeLessThanOrEqual(1_460);
  });

  it('are read by Wireshark: marker, payload type, numbers and source', async () => {
    const { port, datagrams } = await receiver();
    const wall = { widthPx: 64, heightPx: 48 };
    const output = await driver(wall, { port });
    for (let tick = 5; tick < 25; tick += 1) output.send(0, output.prepare(picture(wall, tick)));
    await eventually(() => expect(datagrams).toHaveLength(20 * 48));
    const base = await folder();
    const dump = datagrams.map((datagram) => `0000 ${datagram.toString('hex').replaceAll(/../g, '$& ')}\n`).join('');
    const text2pcap = run('text2pcap', ['-q', '-u', '40000,5004', '-', join(base, 'rtp.pcap')]);
    text2pcap.child.stdin?.end(dump);
    await text2pcap;
    const fields = ['version', 'padding', 'ext', 'cc', 'marker', 'p_type', 'seq', 'timestamp', 'ssrc'];
    const { stdout } = await run('tshark', [
      ...['-r', join(base, 'rtp.pcap'), '-d', 'udp.port==5004,rtp', '-T', 'fields'],
      ...fields.flatMap((field) => ['-e', `rtp.${field}`]),
    ]);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows).toHaveLength(datagrams.length);
    const column = (name: string): number[] => rows.map((row) => Number(row[fields.indexOf(name)]));
    for (const [name, value] of [
      ['version', 2],
      ['padding', 0],
      ['ext', 0],
      ['cc', 0],
      ['p_type', 96],
    ] as const) {
      expect(new Set(column(name))).toEqual(new Set([value]));
    }
    expect(new Set(column('ssrc')).size).toBe(1);
    expect(column('marker')).toEqual(rows.map((_, index) => (index % 48 === 47 ? 1 : 0)));
    const [sequences, timestamps] = [column('seq'), column('timestamp')];
    expect(sequences).toEqual(rows.map((_, index) => ((sequences[0] ?? NaN) + index) % 65_536));
    expect(timestamps).toEqual(
      rows.map((_, index) => ((timestamps[0] ?? NaN) + Math.floor(index / 48) * 3_000) % 2 ** 32),
    );
    // The high half of the counter, which Wireshark takes for payload, is continued where the low half begins anew.
    const counters = datagrams.map((datagram) => datagram.readUInt16BE(12) * 65_536 + datagram.readUInt16BE(2));
    expect(counters).toEqual(counters.map((_, index) => ((counters[0] ?? NaN) + index) % 2 ** 32));
  });

  it('begin at random, and say another source for another output', async () => {
    const { port, datagrams } = await receiver();
    const wall = { widthPx: 16, heightPx: 1 };
    for (const _ of [1, 2]) {
      const output = await driver(wall, { port });
      output.send(0, output.prepare(picture(wall, 1)));
    }
    await eventually(() => expect(datagrams).toHaveLength(2));
    // Timestamp and source.
    for (const [from, to] of [
      [4, 8],
      [8, 12],
    ] as const) {
      const [first, second] = datagrams.map((datagram) => datagram.subarray(from, to).toString('hex'));
      expect(first).not.toBe(second);
    }
  });

  it('end with a black frame, later than all others, or with silence', async () => {
    const wall = { widthPx: 20, heightPx: 10 };
    const { port, datagrams } = await receiver();
    const output = await driver(wall, { port });
    output.send(0, output.prepare(picture(wall, 8)));
    await output.close();
    await eventually(() => expect(datagrams).toHaveLength(20));
    expect(datagrams.slice(10).every((datagram) => datagram.subarray(20).every((byte) => byte === 0))).toBe(true);
    const [before, after] = [datagrams[0], datagrams[10]].map((datagram) => datagram?.readUInt32BE(4) ?? NaN);
    expect(((after ?? NaN) - (before ?? NaN) + 2 ** 32) % 2 ** 32).toBe(3_000);
    const silent = await driver(wall, { port });
    silent.send(0, silent.prepare(picture(wall, 1)));
    await silent.close('silent');
    const marker = await driver({ widthPx: 16, heightPx: 1 }, { port });
    marker.send(0, marker.prepare(picture({ widthPx: 16, heightPx: 1 }, 1)));
    await eventually(() => expect(datagrams).toHaveLength(31));
  });

  it('reach a multicast group by the interface that was asked for', async () => {
    const group = '239.255.77.9';
    const { port, datagrams } = await receiver(group);
    const wall = { widthPx: 16, heightPx: 4 };
    const output = await driver(wall, { host: group, port, interface: '127.0.0.1', timeToLive: 3 });
    const frame = picture(wall, 1);
    output.send(0, output.prepare(frame));
    await eventually(() => expect(datagrams).toHaveLength(4));
    expect(Buffer.concat(datagrams.map((datagram) => datagram.subarray(20))).equals(frame.pixels)).toBe(true);
    expect(await output.probe(AbortSignal.timeout(1_000))).toEqual({ state: 'unconfirmed', reason: 'no-answer' });
    const lost = await driver(wall, { host: group, port, interface: '192.0.2.77' });
    expect(lost.prepare(frame)).toBe(0);
    expect(await lost.probe(AbortSignal.timeout(1_000))).toEqual({ state: 'unreachable', reason: 'bad-address' });
  });
});

describe('options', () => {
  it.each([
    [{ depth: 10 }, 'depth'],
    [{ interface: '192.168.1.2' }, 'interface'],
    [{ timeToLive: 4 }, 'timeToLive'],
    [{ colorimetry: 'BT601' }, 'colorimetry'],
    [{ sdpFile: 'here.sdp' }, 'sdpFile'],
  ])('%j are refused where the mistake is', (more, path) => {
    const checked = rfc4175Options.safeParse({ id: 'screen', type: 'rfc4175', host: '127.0.0.1', ...more });
    expect(checked.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('for pairs of columns do not fit an odd width', () => {
    const make = (): OutputDriver =>
      createOutput(optionsOf({ sampling: 'YCbCr-4:2:2' }), {
        wall: { widthPx: 17, heightPx: 16 },
        framesPerSecond: 25,
        log: silentLogger,
      });
    expect(make).toThrow(expect.objectContaining({ code: 'odd-width' }));
  });
});
