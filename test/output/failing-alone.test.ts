/**
 * What happens on a network, to outputs of every driver that it can happen to: they say why (within 3 s, but for devices that
 * never answer and vanish behind a switch), the others on the same wall go on as if nothing was, and all is well by itself
 * afterwards. How long it took is printed; nothing rests on it.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { eventually } from '../eventually.js';
import { CabledWall, WALL } from './cabled-wall.js';
import { CardChain } from './colorlight-line.js';
import { FarDevices, type FarDevice } from './far-devices.js';
import { canHaveNamespaces, NetworkNamespace } from './network-namespace.js';

const DEVICES: Readonly<Record<string, FarDevice>> = {
  ddp: { port: 4048 },
  artnet: { port: 6454 },
  sacn: { port: 5568 },
  'sacn-multicast': { port: 5569, group: '239.255.0.101' },
  rfc4175: { port: 5004 },
  'rfc4175-multicast': { port: 5006, group: '239.1.2.3' },
  'flaschen-taschen': { port: 1337 },
};
/** Whoever waits for a network misses most ticks; what a busy machine costs, of which an idle thread shows a part, is less than one in so many. */
const BLOCKED_SHARE = 3;
const PATIENCE = { timeout: 20_000, interval: 20 };

/** Outputs to all devices at the other end of a cable. */
function outputsOver({ ownAddress: local, peerAddress }: NetworkNamespace, host = peerAddress): object[] {
  return [
    { id: 'ddp', type: 'ddp', host },
    { id: 'artnet', type: 'artnet', host, interface: local },
    { id: 'sacn', type: 'sacn', host, interface: local },
    { id: 'sacn-multicast', type: 'sacn', port: 5569, universe: 101, interface: local },
    { id: 'rfc4175', type: 'rfc4175', host, port: 5004 },
    { id: 'rfc4175-multicast', type: 'rfc4175', host: '239.1.2.3', port: 5006, interface: local },
    { id: 'flaschen-taschen', type: 'flaschen-taschen', host },
  ];
}

/** Those whose work is done by ffmpeg: one pushes to the other end, one waits for players from there. */
function encodersOver({ ownAddress }: NetworkNamespace, host: string): object[] {
  return [
    { id: 'stream', type: 'stream', url: `udp://${host}:5008` },
    { id: 'rtsp', type: 'rtsp', host: ownAddress, port: 18_557 },
  ];
}

/** The same outputs over a cable to which nothing happens. */
const soundOutputs = (cable: NetworkNamespace): object[] =>
  outputsOver(cable).map((entry) => ({ ...entry, id: `sound-${(entry as { id: string }).id}` }));

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  delete process.env['GLASSHALL_RAW_ETHERNET_NODE'];
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

function later<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
  opened.push(thing);
  return thing;
}

async function cableWithDevices(): Promise<NetworkNamespace> {
  const cable = later(await NetworkNamespace.open());
  // Several devices live in this one, and one alone is never asked for more than it may answer.
  await cable.run('sysctl', '-qw', 'net.ipv4.icmp_ratelimit=0');
  return cable;
}

/** Reason by the id of the output; whoever is not named must not notice anything. */
type Reasons = Readonly<Record<string, RegExp>>;
const allOf = (reason: RegExp, ids: readonly string[] = [...Object.keys(DEVICES), 'stream', 'rtsp']): Reasons =>
  Object.fromEntries(ids.map((id) => [id, reason]));
const UNICAST = ['ddp', 'artnet', 'sacn', 'rfc4175', 'flaschen-taschen'];

type Fault = {
  readonly name: string;
  readonly reasons: Reasons;
  /** Null where it is there from the start. */
  readonly strike: (() => Promise<void>) | null;
  readonly mend: () => Promise<void>;
};

/** Waits for what the fault does to the outputs, then for its end; the others must not notice. */
async function observe(wall: CabledWall, sound: FarDevices, { name, reasons, strike, mend }: Fault): Promise<void> {
  const touched = Object.keys(reasons);
  const others = wall.ids.filter((id) => reasons[id] === undefined);
  const isBad = (id: string): boolean => {
    const { state, reason } = wall.of(id).reachability;
    return state === 'unreachable' && reasons[id]?.test(reason ?? '') === true;
  };
  const isWell = (id: string): boolean => {
    const { frames, reachability } = wall.of(id);
    return frames > 0 && reachability.state !== 'unreachable' && !/not-asked|starting/.test(reachability.reason ?? '');
  };
  /** @returns how long the slowest took, seconds */
  const all = async (ids: readonly string[], isSo: (id: string) => boolean, sinceMs: number): Promise<string> => {
    const unlike = (): unknown[] => ids.filter((id) => !isSo(id)).map((id) => [id, wall.of(id).reachability]);
    await eventually(() => expect(unlike()).toEqual([]), PATIENCE);
    const last = wall.changes.filter(({ id }) => ids.includes(id)).at(-1);
    return `${(((last?.atMs ?? 0) - sinceMs) / 1_000).toFixed(2)} s (${last?.id ?? ''})`;
  };

  await all(strike === null ? others : wall.ids, isWell, 0);
  const missedBefore = await wall.missed();
  const before = { sound: sound.counts, changes: wall.changes.length, ticks: wall.ticks, reports: others.map(wall.of) };
  const struckAtMs = strike === null ? wall.openedAtMs : monotonicMs();
  await strike?.();
  const noticed = await all(touched, isBad, struckAtMs);
  const mendedAtMs = monotonicMs();
  await mend();
  const well = await all(touched, isWell, mendedAtMs);
  const ticks = wall.ticks - before.ticks;
  const after = before.reports.map(({ id }) => wall.of(id));
  const missed = await wall.missed();
  const [mine, machine] = [missed.wall - missedBefore.wall, missed.idle - missedBefore.idle];
  process.stdout.write(
    `${name}: noticed by all in ${noticed}, well again in ${well}; ${ticks} ticks, ${mine} missed, ${machine} by an idle thread\n`,
  );
  for (const [index, { id, frames, droppedFrames, failedParts }] of before.reports.entries()) {
    expect(after[index]).toMatchObject({ id, failedParts });
    const dropped = (after[index]?.droppedFrames ?? 0) - droppedFrames;
    // A tick that the machine makes late comes close before the next one, while its frame is still being paced out.
    expect(dropped).toBeLessThanOrEqual(mine);
    // The frame of a tick may be on its way when it is looked.
    expect(Math.abs((after[index]?.frames ?? 0) - frames + dropped - ticks)).toBeLessThanOrEqual(1);
  }
  expect(wall.changes.slice(before.changes).filter(({ id }) => others.includes(id))).toEqual([]);
  for (const id of Object.keys(DEVICES)) expect(sound.counts[id]).toBeGreaterThan(before.sound[id] ?? 0);
  expect(mine).toBeLessThanOrEqual(machine + ticks / BLOCKED_SHARE);
}

describe.skipIf(!canHaveNamespaces)('outputs over a network fail alone, say why, and recover', () => {
  async function setUp(
    entries: (cable: NetworkNamespace) => readonly object[],
    prepare: (cable: NetworkNamespace) => Promise<void> = () => Promise.resolve(),
  ): Promise<{ cable: NetworkNamespace; devices: FarDevices; sound: FarDevices; wall: CabledWall }> {
    const [cable, other] = [await cableWithDevices(), await cableWithDevices()];
    await prepare(cable);
    const [devices, sound] = await Promise.all([FarDevices.start(cable, DEVICES), FarDevices.start(other, DEVICES)]);
    later(devices);
    later(sound);
    const wall = later(await CabledWall.open([...entries(cable), ...soundOutputs(other)]));
    return { cable, devices, sound, wall };
  }

  const arriveAtAll = (devices: FarDevices): Promise<void> =>
    eventually(() => expect(Object.values(devices.counts)).not.toContain(0), PATIENCE);

  const everything = (cable: NetworkNamespace): object[] => [
    ...outputsOver(cable),
    ...encodersOver(cable, cable.peerAddress),
  ];

  it('where the cable is pulled out, the interface switched off, the network card taken away', async () => {
    const { cable, devices, sound, wall } = await setUp(everything);
    await observe(wall, sound, {
      name: 'cable pulled out',
      reasons: allOf(/^no-carrier$/),
      strike: () => cable.setThere('down'),
      mend: () => cable.setThere('up'),
    });
    await observe(wall, sound, {
      name: 'interface switched off',
      reasons: allOf(/^network-unreachable$/),
      strike: () => cable.setHere('down'),
      mend: () => cable.setHere('up'),
    });
    await observe(wall, sound, {
      name: 'network card taken away',
      reasons: allOf(/^(no-interface|network-unreachable)$/),
      strike: () => cable.unplug(),
      mend: () => cable.plugIn(),
    });
    // With the other end of the cable, too, the groups are gone that were joined there.
    await devices.close();
    await arriveAtAll(later(await FarDevices.start(cable, DEVICES)));
  }, 90_000);

  it('where nobody listens at the port', async () => {
    const { cable, devices, sound, wall } = await setUp(outputsOver);
    let again = devices;
    await observe(wall, sound, {
      name: 'port unreachable',
      reasons: allOf(/^refused$/, UNICAST),
      strike: () => devices.close(),
      mend: async () => void (again = later(await FarDevices.start(cable, DEVICES))),
    });
    await arriveAtAll(again);
  }, 60_000);

  it('where a controller is unplugged and the line to its switch is not', async () => {
    // Without an answer, the system asks anew who has the address; only after half a minute unless it is told otherwise.
    const { cable, sound, wall } = await setUp(outputsOver, (made) => made.askNeighboursOften());
    await observe(wall, sound, {
      name: 'controller unplugged from its switch',
      reasons: {
        ...allOf(/^host-unreachable$/, UNICAST),
        ...allOf(/^(no-answer|host-unreachable)$/, ['ddp', 'artnet']),
      },
      strike: () => cable.forgetAddressesThere(),
      mend: () => cable.addressThere(cable.peerAddress),
    });
  }, 60_000);

  it('where nobody has the address', async () => {
    const entries = (cable: NetworkNamespace): object[] => [
      ...outputsOver(cable, cable.freeAddress),
      ...encodersOver(cable, cable.freeAddress),
    ];
    const { cable, sound, wall } = await setUp(entries);
    await observe(wall, sound, {
      name: 'wrong address',
      reasons: allOf(/^host-unreachable$/, [...UNICAST, 'stream']),
      strike: null,
      mend: () => cable.addressThere(cable.freeAddress),
    });
  }, 60_000);

  it('where this machine has not the address that they are to send from', async () => {
    const entries = (cable: NetworkNamespace): object[] => [
      ...outputsOver(cable).map((entry) => ('interface' in entry ? { ...entry, interface: cable.freeAddress } : entry)),
      { id: 'rtsp', type: 'rtsp', host: cable.freeAddress, port: 18_557 },
    ];
    const { cable, sound, wall } = await setUp(entries);
    await observe(wall, sound, {
      name: 'wrong own address',
      reasons: allOf(/^bad-address$/, ['artnet', 'sacn-multicast', 'rfc4175-multicast', 'rtsp']),
      strike: null,
      mend: () => cable.addressHere(cable.freeAddress),
    });
  }, 60_000);

  it('where frames are too long for the interface, which fragments hide from all but raw Ethernet', async () => {
    const entries = (cable: NetworkNamespace): object[] => [
      ...outputsOver(cable),
      { id: 'colorlight', type: 'colorlight', interface: cable.here },
    ];
    const { cable, sound, wall } = await setUp(entries);
    await observe(wall, sound, {
      name: 'EMSGSIZE',
      reasons: allOf(/^packet-too-long$/, ['colorlight']),
      strike: () => cable.setHere('mtu', '400'),
      mend: () => cable.setHere('mtu', '1500'),
    });
  }, 60_000);

  it('where the capability for raw Ethernet is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-'));
    later({ close: () => rm(folder, { recursive: true }) });
    const program = join(folder, 'node');
    await writeFile(program, `#!/bin/sh\nexec setpriv --bounding-set -net_raw '${process.execPath}' "$@"\n`);
    await chmod(program, 0o755);
    process.env['GLASSHALL_RAW_ETHERNET_NODE'] = program;
    const entries = (cable: NetworkNamespace): object[] => [
      ...outputsOver(cable),
      { id: 'colorlight', type: 'colorlight', interface: cable.here },
    ];
    const { cable, sound, wall } = await setUp(entries);
    const size = [`${WALL.widthPx}`, `${WALL.heightPx}`];
    const cards = later(new CardChain(cable.name, [cable.there, ...size, '11', 'answers']));
    await observe(wall, sound, {
      name: 'capability missing',
      reasons: allOf(/^forbidden$/, ['colorlight']),
      strike: null,
      mend: async () => {
        delete process.env['GLASSHALL_RAW_ETHERNET_NODE'];
      },
    });
    await eventually(() => expect(cards.frames.length).toBeGreaterThan(0), PATIENCE);
  }, 60_000);
});
