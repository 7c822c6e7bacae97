import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { hasUsualLayout, systemCalls } from '../../src/core/c-library.js';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import { DatagramTable } from '../../src/output/datagram-table.js';
import { SendTally } from '../../src/output/send-tally.js';
import { openUdpSocket, sendRange, UdpBatch } from '../../src/output/udp-batch.js';
import { connectUdp, UdpLink } from '../../src/output/udp-link.js';
import { eventually } from '../eventually.js';
import { canHaveNamespaces, NetworkNamespace } from './network-namespace.js';
import { closedPort } from './pictures.js';

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

type Listener = { readonly socket: Socket; readonly port: number; readonly arrived: Buffer[] };

async function listen(address = '127.0.0.1'): Promise<Listener> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
  const arrived: Buffer[] = [];
  socket.on('message', (datagram) => arrived.push(datagram));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { socket, port: socket.address().port, arrived };
}

async function linkTo(port: number, log: Logger = silentLogger): Promise<UdpLink> {
  const link = new UdpLink({ host: '127.0.0.1', port, sendBufferBytes: 1 << 20, log });
  opened.push(() => link.close());
  await link.start();
  return link;
}

/** Datagrams of these lengths, each full of a number of its own. */
const datagrams = (...lengths: number[]): Buffer[] => lengths.map((length, index) => Buffer.alloc(length, index + 1));

/** A log that keeps the ways it is told of. */
function wayLog(ways: string[]): Logger {
  const log: Logger = {
    ...silentLogger,
    info: (details) => ways.push((details as { way: string }).way),
    child: () => log,
  };
  return log;
}

/** A socket whose datagrams carry no checksum: the kernel makes no segments for it (`SO_NO_CHECK`, udp_send_skb). */
function descriptorWithoutChecksums(): number {
  const [AF_INET, SOCK_DGRAM_CLOEXEC, SOL_SOCKET, SO_NO_CHECK] = [2, 0o2000002, 1, 11];
  const calls = systemCalls({
    socket: 'int socket(int domain, int type, int protocol)',
    setOption: 'int setsockopt(int fd, int level, int name, int *value, uint32_t bytes)',
  });
  const fd = calls?.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0) ?? -1;
  expect(calls?.setOption(fd, SOL_SOCKET, SO_NO_CHECK, [1], 4)).toBe(0);
  return fd;
}

describe('a table of datagrams', () => {
  it('knows which can go out as segments of one', () => {
    expect(new DatagramTable(datagrams(100, 100, 40)).segmentBytes).toBe(100);
    expect(new DatagramTable(datagrams(100, 100)).segmentBytes).toBe(100);
    expect(new DatagramTable(datagrams(100, 101)).segmentBytes).toBe(0);
    expect(new DatagramTable(datagrams(100, 40, 100)).segmentBytes).toBe(0);
    expect(new DatagramTable(datagrams(100)).segmentBytes).toBe(0);
    const destination = { address: '127.0.0.1', port: 9 };
    const other = { address: '127.0.0.2', port: 9 };
    expect(new DatagramTable(datagrams(100, 100), [destination, { ...destination }]).segmentBytes).toBe(100);
    expect(new DatagramTable(datagrams(100, 100), [destination, other]).segmentBytes).toBe(0);
    expect(new DatagramTable(datagrams(1_450, 1_450)).segmentsAtOnce).toBe(45);
    expect(new DatagramTable(datagrams(100, 100)).segmentsAtOnce).toBe(64);
    expect(new DatagramTable([]).segmentBytes).toBe(0);
  });

  it('refuses what is no IPv4 address', () => {
    expect(() => new DatagramTable(datagrams(10), [{ address: '::1', port: 9 }])).toThrow(RangeError);
    expect(() => new DatagramTable(datagrams(10), [{ address: '1.2.3.256', port: 9 }])).toThrow(RangeError);
  });
});

describe('a range of datagrams', () => {
  it.each([
    ['equally long', datagrams(...Array.from({ length: 130 }, () => 1_450), 7)],
    ['short', datagrams(...Array.from({ length: 200 }, () => 20))],
    ['of different lengths', datagrams(...Array.from({ length: 130 }, (_, index) => 600 + (index % 5)))],
    ['alone', datagrams(33)],
  ])('arrives one by one, in order and whole: %s', async (_name, sent) => {
    const listener = await listen();
    const link = await linkTo(listener.port);
    const table = new DatagramTable(sent);
    for (const length of [sent.length, 1, 7]) {
      listener.arrived.length = 0;
      for (let from = 0; from < sent.length; from += length) {
        link.sendRange(table, from, from + length);
        // So that the receiver's buffer holds them.
        if (from % 28 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await eventually(() => expect(listener.arrived).toHaveLength(sent.length));
      expect(listener.arrived.every((datagram, index) => datagram.equals(sent[index] ?? Buffer.alloc(0)))).toBe(true);
    }
    // What is in them may change between two sends.
    sent[0]?.fill(0xee);
    link.sendRange(table, 0, 1);
    await eventually(() => expect(listener.arrived.at(-1)?.[0]).toBe(0xee));
    expect(link.takeFailed()).toBe(0);
    expect(link.takeProblem()).toBeNull();
  });

  it('keeps to the table, whatever range is asked for', async () => {
    const listener = await listen();
    const link = await linkTo(listener.port);
    const table = new DatagramTable(datagrams(10, 10, 10));
    link.sendRange(table, -5, 1);
    link.sendRange(table, 2, 99);
    link.sendRange(table, 2, 1);
    link.sendRange(table, 3, 9);
    await eventually(() => expect(listener.arrived.map(([first]) => first)).toEqual([1, 3]));
  });

  it('is refused with a reason and a count, and goes out again when somebody listens', async () => {
    const port = await closedPort();
    const link = await linkTo(port);
    const table = new DatagramTable(datagrams(100, 100, 100));
    await eventually(() => {
      link.sendRange(table, 0, 3);
      expect(link.takeProblem()).toBe('refused');
    });
    expect(link.takeFailed()).toBeGreaterThan(0);
  });

  it('is counted as failed while there is no socket', () => {
    const link = new UdpLink({ host: '127.0.0.1', port: 9, sendBufferBytes: 1_000 });
    link.sendRange(new DatagramTable(datagrams(10, 10, 10)), 0, 2);
    expect(link.takeFailed()).toBe(2);
  });

  it.skipIf(!hasUsualLayout)('goes out as segments, in batches where those cannot be had', async () => {
    const listener = await listen();
    const fd = descriptorWithoutChecksums();
    const socket = createSocket('udp4');
    socket.bind({ fd, exclusive: true });
    opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
    socket.connect(listener.port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const batch = new UdpBatch(fd);
    expect(batch.way).toBe('segments');
    expect(batch.send(new DatagramTable(datagrams(500, 500, 30)), 0, 3)).toBe(3);
    expect(batch.way).toBe('batches');
    await eventually(() => expect(listener.arrived.map(({ length }) => length)).toEqual([500, 500, 30]));
  });

  it.skipIf(!hasUsualLayout)('tells once in which way it goes out', async () => {
    const listener = await listen();
    const ways: string[] = [];
    const link = await linkTo(listener.port, wayLog(ways));
    const table = new DatagramTable(datagrams(500, 500));
    for (let frame = 0; frame < 3; frame += 1) link.sendRange(table, 0, 2);
    await eventually(() => expect(listener.arrived).toHaveLength(6));
    expect(ways).toEqual(['segments']);
  });

  it.skipIf(!hasUsualLayout)('goes out as segments to one destination without a connection', async () => {
    const listener = await listen();
    const { batch, socket } = await openUdpSocket(4);
    opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
    const sent = datagrams(528, 528, 528, 22);
    const destinations = sent.map(() => ({ address: '127.0.0.1', port: listener.port }));
    expect(batch?.send(new DatagramTable(sent, destinations), 0, 4)).toBe(4);
    await eventually(() => expect(listener.arrived).toHaveLength(4));
    expect(listener.arrived.every((datagram, index) => datagram.equals(sent[index] ?? Buffer.alloc(0)))).toBe(true);
    expect(batch?.way).toBe('segments');
  });

  it.skipIf(!hasUsualLayout)('goes to a destination of its own each, from an address of choice', async () => {
    const listeners = [await listen('127.0.0.2'), await listen('127.0.0.3')];
    const port = await closedPort();
    const { batch, socket } = await openUdpSocket(4, { address: '127.0.0.4', port, reuseAddress: true });
    opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
    expect(socket.address()).toMatchObject({ address: '127.0.0.4', port });
    const destinations = listeners.map((listener, index) => ({ address: `127.0.0.${index + 2}`, port: listener.port }));
    const table = new DatagramTable(datagrams(14, 638), destinations);
    expect(batch?.send(table, 0, 2)).toBe(2);
    await eventually(() =>
      expect(listeners.map(({ arrived }) => arrived.map(({ length }) => length))).toEqual([[14], [638]]),
    );
  });

  it.skipIf(!canHaveNamespaces || !hasUsualLayout)('fails at once, and whole, where nothing leaves', async () => {
    const cable = await NetworkNamespace.open();
    opened.push(() => cable.close());
    const connected = await connectUdp({ host: cable.peerAddress, port: 9 });
    opened.push(() => new Promise<void>((resolve) => connected.socket.close(() => resolve())));
    await cable.setHere('down');
    let failures = 0;
    const tally = new SendTally(() => (failures += 1));
    for (const table of [new DatagramTable(datagrams(20, 30, 40, 50)), new DatagramTable(datagrams(20, 20, 20, 20))]) {
      failures = 0;
      sendRange(connected, table, 0, 4, tally);
      expect(failures).toBe(1);
      expect(tally.takeFailed()).toBe(4);
      expect(tally.takeProblem()).toBe('network-unreachable');
    }
  });

  it('says which address is taken', async () => {
    const { port } = await listen();
    await expect(openUdpSocket(4, { address: '127.0.0.1', port, reuseAddress: false })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
