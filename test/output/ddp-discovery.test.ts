import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { broadcastAddressOf } from '../../src/core/own-networks.js';
import { readAnswer } from '../../src/output/drivers/ddp/answer.js';
import { discoverDdp } from '../../src/output/drivers/ddp/discovery.js';
import { ddpOptions } from '../../src/output/drivers/ddp/options.js';
import { DdpReceiver } from '../../src/rehearsal/led-screen/ddp-receiver.js';

/** An address of this machine that nobody else has: displays listen at a fixed port. */
const HOST = '127.48.4.8';
const STATUS = '{"status":{"man":"ESPixelStick","mod":"V4","ver":"4.0","mac":"aa:bb","push":true,"ntp":false}}';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function answerOf(id: number, body: string, length = Buffer.byteLength(body)): Buffer {
  const header = Buffer.from([0x45, 0, 0, id, 0, 0, 0, 0, length >> 8, length & 0xff]);
  return Buffer.concat([header, Buffer.from(body)]);
}

async function listen(
  answer: (datagram: Buffer, socket: Socket, port: number, address: string) => void,
): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram, { port, address }) => answer(datagram, socket, port, address));
  await new Promise<void>((resolve) => socket.bind(4_048, HOST, resolve));
  opened.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
}

const scope = { interfaces: [HOST], timeoutMs: 700 };
const never = new AbortController().signal;

describe('DDP discovery', () => {
  it('finds the simulated LED screen, and says what it is', async () => {
    const identity = { manufacturer: 'Maker', model: 'Model', version: '1', mac: '02:00', name: 'West' };
    const receiver = new DdpReceiver({ widthPx: 20, heightPx: 10 }, identity, () => undefined);
    await listen((datagram, socket, port, address) => {
      const answer = receiver.receive(datagram);
      if (answer !== null) socket.send(answer, port, address);
    });
    const found = await discoverDdp(scope, never);
    expect(found.filter(({ address }) => address === HOST)).toEqual([
      { address: HOST, description: 'Maker Model 1 02:00, West, 200 pixels', entry: { type: 'ddp', host: HOST } },
    ]);
    expect(ddpOptions.safeParse({ id: 'screen', ...found[0]?.entry }).error).toBeUndefined();
  });

  it('finds nobody where nobody listens, and does not mind nonsense', async () => {
    expect((await discoverDdp(scope, never)).filter(({ address }) => address === HOST)).toEqual([]);
    await listen((_datagram, socket, port, address) => {
      for (const nonsense of [answerOf(251, '[1]'), answerOf(251, '{"sta', 900), Buffer.from([0x45]), Buffer.alloc(0)])
        socket.send(nonsense, port, address);
    });
    expect((await discoverDdp(scope, never)).filter(({ address }) => address === HOST)).toEqual([]);
  });

  it('says when no interface can be used', async () => {
    await expect(discoverDdp({ ...scope, interfaces: ['203.0.113.7'] }, never)).rejects.toMatchObject({
      code: 'no-interface',
    });
  });

  it('ends when it is told to', async () => {
    await discoverDdp({ ...scope, timeoutMs: 600_000 }, AbortSignal.abort());
  });
});

describe('DDP answers', () => {
  it('are read with whatever fields they have', () => {
    expect(readAnswer(answerOf(251, STATUS))).toEqual({ kind: 'status', description: 'ESPixelStick V4 4.0 aa:bb' });
    expect(readAnswer(answerOf(251, '{"status":{"mod":7,"man":[],"ver":null}}'))).toEqual({
      kind: 'status',
      description: '7',
    });
    expect(readAnswer(answerOf(250, '{"config":{"nm":"West","ports":[{"l":100},{"l":50},{"port":2}]}}'))).toEqual({
      kind: 'config',
      name: 'West',
      pixelCount: 150,
    });
    expect(readAnswer(answerOf(250, '{"config":{"hostname":"esps-1","ports":"none"}}'))).toEqual({
      kind: 'config',
      name: 'esps-1',
      pixelCount: 0,
    });
  });

  it('are one printable line of limited length', () => {
    const body = JSON.stringify({ status: { man: 'A\nB\u202e\u001b[31m', mod: 'x'.repeat(256) } });
    const answer = readAnswer(answerOf(251, body));
    if (answer?.kind !== 'status') throw new Error('a status');
    expect(answer.description).toMatch(/^A B {1,2}\[31m x+$/);
    expect(answer.description.length).toBeLessThanOrEqual(120);
  });

  it.each([
    ['a question', Buffer.from('420000fb000000000000', 'hex')],
    ['another id', answerOf(1, STATUS)],
    ['no JSON', answerOf(251, '{"status"')],
    ['another shape', answerOf(251, '{"status":3}')],
    ['a short datagram', Buffer.from([0x45, 0, 0])],
    ['something much too long', answerOf(251, JSON.stringify({ status: 'x'.repeat(60_000) }))],
  ])('are not found in %s', (_name, datagram) => {
    expect(readAnswer(datagram)).toBeNull();
  });
});

describe('broadcast addresses', () => {
  it('are those of the network in which an address lies', () => {
    expect(broadcastAddressOf('127.0.0.1')).toBe('127.255.255.255');
    expect(broadcastAddressOf(HOST)).toBe('127.255.255.255');
    expect(broadcastAddressOf('203.0.113.7')).toBeNull();
  });
});
