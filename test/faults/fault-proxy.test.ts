import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../scripts/bench/fault-proxy.js';
import { InterleavedFilter } from '../../scripts/bench/interleaved-filter.js';
import { eventually } from '../eventually.js';

function packet(channel: number, text: string): Buffer {
  const head = Buffer.from([0x24, channel, 0, text.length]);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe('a line with faults', () => {
  let server: Server;
  let proxy: FaultProxy;
  let sides: Socket[];
  let heard: string;

  beforeEach(async () => {
    sides = [];
    heard = '';
    server = createServer((socket) => {
      sides.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => (heard += bytes.toString()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await FaultProxy.start((server.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await proxy.close();
    for (const side of sides) side.destroy();
    server.close();
  });

  async function client(): Promise<{ socket: Socket; received: () => Buffer }> {
    const socket = connect(proxy.port, '127.0.0.1');
    const parts: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => parts.push(bytes));
    const count = sides.length;
    await once(socket, 'connect');
    await eventually(() => expect(sides.length).toBe(count + 1));
    return { socket, received: () => Buffer.concat(parts) };
  }

  it('passes both ways, and ends with either side', async () => {
    const { socket, received } = await client();
    socket.write('to the server');
    sides[0]?.write('to the client');
    await eventually(() => expect([heard, received().toString()]).toEqual(['to the server', 'to the client']));
    const ended = once(socket, 'close');
    sides[0]?.destroy();
    await ended;
  });

  it('as a black hole swallows what is open and what is new, and what was open stays lost', async () => {
    const before = await client();
    await proxy.fault({ kind: 'black-hole' });
    const during = await client();
    for (const side of sides) side.write('hello');
    before.socket.write('hello');
    await proxy.fault({ kind: 'pass' });
    for (const side of sides) side.write('hello');
    await sleep(200);
    expect([before.received().length, during.received().length, heard]).toEqual([0, 0, '']);
    expect(before.socket.destroyed).toBe(false);
    const after = await client();
    sides.at(-1)?.write('hello');
    await eventually(() => expect(after.received().toString()).toBe('hello'));
  });

  it('refuses, and takes connections at the same port again', async () => {
    const { port } = proxy;
    await proxy.fault({ kind: 'refuse' });
    const [failure] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(failure.code).toBe('ECONNREFUSED');
    await proxy.fault({ kind: 'pass' });
    expect(proxy.port).toBe(port);
    await client();
  });

  it('leaves pictures out and lets reports through', async () => {
    const { received } = await client();
    sides[0]?.write(packet(0, 'first'));
    await eventually(() => expect(received().toString()).toContain('first'));
    await proxy.fault({ kind: 'no-video' });
    sides[0]?.write(Buffer.concat([packet(0, 'picture'), packet(1, 'report')]));
    await eventually(() => expect(received().toString()).toContain('report'));
    expect(received().toString()).not.toContain('picture');
  });

  it('corrupts bytes, and neither adds nor loses any', async () => {
    const { received } = await client();
    await proxy.fault({ kind: 'corrupt' });
    const sent = Buffer.alloc(40_000, 'a');
    sides[0]?.write(sent);
    await eventually(() => expect(received().length).toBe(sent.length));
    expect(received().equals(sent)).toBe(false);
  });

  it('is slow, and quick again', async () => {
    const { received } = await client();
    await proxy.fault({ kind: 'slow', bytesPerSecond: 1_000 });
    const sent = Buffer.alloc(1_000_000, 'a');
    sides[0]?.write(sent);
    await eventually(() => expect(received().length).toBeGreaterThan(0));
    await sleep(300);
    expect(received().length).toBeLessThan(sent.length);
    await proxy.fault({ kind: 'pass' });
    await eventually(() => expect(received().length).toBe(sent.length));
  });
});

describe('taking pictures out of an RTSP connection', () => {
  const answer = 'RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 5\r\n\r\n$body';
  const whole = Buffer.concat([
    Buffer.from(answer),
    packet(0, 'picture'),
    packet(1, 'report'),
    packet(0, 'picture'),
    Buffer.from(answer),
  ]);
  const expected = Buffer.concat([Buffer.from(answer), packet(1, 'report'), Buffer.from(answer)]).toString();

  it.each([1, 2, 3, 7, 50, 1_000])('works however the bytes are cut: %i at a time', (size) => {
    const filter = new InterleavedFilter();
    let kept = '';
    for (let at = 0; at < whole.length; at += size) {
      kept += filter.withoutPictures(whole.subarray(at, at + size)).toString();
    }
    expect(kept).toBe(expected);
  });
});
