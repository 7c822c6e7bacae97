import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { LiveFragment, LiveStream, LiveWatcher } from '../../src/camera/camera-pool.js';
import { monotonicMs } from '../../src/core/clock.js';
import {
  LIVE_HEADER_BYTES,
  readLiveHeader,
  writeLiveHeader,
  type LiveHeader,
} from '../../src/control/pictures/live-header.js';
import { liveMessage, type LiveMessage } from '../../src/control/pictures/subscription.js';
import { openHall, tokens, type Hall } from './open-hall.js';

const h264: LiveStream = {
  name: 'SubStream',
  widthPx: 640,
  heightPx: 360,
  codec: 'avc1.64001e',
  family: 'h264',
  ticksPerSecond: 90_000,
};
const segment = Buffer.from('the initialisation segment');

function picture(isKey: boolean, bytes = 1_000): LiveFragment {
  return { bytes: Buffer.alloc(bytes, isKey ? 'K' : 'p'), isKey, decodeTicks: 135_000n, arrivedAtMs: monotonicMs() };
}

type Received = { readonly header: LiveHeader; readonly bytes: Buffer };

/** A client of live views that says what it received when it is told to. */
class LiveClient {
  readonly socket: WebSocket;
  readonly received: Received[] = [];
  readonly said: LiveMessage[] = [];
  acknowledges = true;

  constructor(hall: Hall, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${hall.control.port}/pictures`, { headers });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return void this.said.push(liveMessage.parse(JSON.parse(data.toString())).live);
      const header = readLiveHeader(data);
      if (header === null) throw new Error('a message without a header');
      this.received.push({ header, bytes: data.subarray(LIVE_HEADER_BYTES) });
      if (this.acknowledges) this.acknowledge();
    });
  }

  async opened(): Promise<this> {
    await new Promise((resolve) => this.socket.on('open', resolve));
    return this;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  acknowledge(): void {
    this.say({ received: this.received.at(-1)?.header.sequence ?? 0 });
  }

  /** Resolves when the server has taken in what was said. */
  async heard(): Promise<void> {
    const pong = new Promise((resolve) => this.socket.once('pong', resolve));
    this.socket.ping();
    await pong;
  }

  get kinds(): string {
    return this.received.map(({ header }) => header.kind[0]).join('');
  }

  async has(count: number): Promise<void> {
    await expect.poll(() => this.received.length, { timeout: 5_000, interval: 10 }).toBeGreaterThanOrEqual(count);
  }
}

let hall: Hall;
const clients: LiveClient[] = [];

async function open(headers?: Record<string, string>): Promise<LiveClient> {
  const client = new LiveClient(hall, headers);
  clients.push(client);
  return client.opened();
}

/** The watchers that the engine was given by now, when there are so many. */
async function watchers(count: number): Promise<LiveWatcher[]> {
  await expect.poll(() => hall.engine.cameras.watchers.size).toBe(count);
  return [...hall.engine.cameras.watchers];
}

async function follow(client: LiveClient): Promise<LiveWatcher> {
  const before = hall.engine.cameras.watchers.size;
  client.say({ live: [{ camera: 'lobby' }] });
  const watcher = (await watchers(before + 1)).at(-1);
  if (watcher === undefined) throw new Error('nobody watches');
  return watcher;
}

beforeEach(async () => {
  hall = await openHall();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  await hall.close();
});

describe('the header of live pictures', () => {
  test('is laid out as documented, big-endian', () => {
    const message = new Uint8Array(LIVE_HEADER_BYTES).fill(255);
    const header = {
      index: 3,
      subscription: 0x0102,
      sequence: 0x0a0b0c0d,
      kind: 'picture',
      timeMs: 2,
      mediaSeconds: 1,
    } as const;
    writeLiveHeader(message, header);
    expect(Buffer.from(message).toString('hex')).toBe(
      '02030102' + '0a0b0c0d' + '0200000000000000' + '4000000000000000' + '3ff0000000000000',
    );
    expect(readLiveHeader(message)).toEqual(header);
  });

  test('of a JPEG, of an unknown kind or cut short is not read', () => {
    const message = new Uint8Array(LIVE_HEADER_BYTES);
    writeLiveHeader(message, { index: 0, subscription: 1, sequence: 1, kind: 'key', timeMs: 0, mediaSeconds: 0 });
    expect(readLiveHeader(message.subarray(0, LIVE_HEADER_BYTES - 1))).toBeNull();
    expect(readLiveHeader(Uint8Array.from(message, (byte, at) => (at === 0 ? 1 : byte)))).toBeNull();
    expect(readLiveHeader(Uint8Array.from(message, (byte, at) => (at === 8 ? 7 : byte)))).toBeNull();
  });
});

describe('live pictures', () => {
  test('begin with the stream, its segment and what is kept, and go on picture by picture, byte for byte', async () => {
    const client = await open();
    const watcher = await follow(client);
    await expect.poll(() => client.said).toEqual([{ index: 0, subscription: 1, stream: null, reason: 'no-stream' }]);
    const kept = [picture(true, 3_000), picture(false)];
    watcher.begin(h264, segment, kept);
    const next = picture(false, 2_000);
    watcher.fragment(next);
    await client.has(4);
    expect(client.said.at(-1)).toEqual({
      index: 0,
      subscription: 1,
      stream: { name: 'SubStream', widthPx: 640, heightPx: 360, codec: 'avc1.64001e' },
      reason: null,
    });
    expect(client.kinds).toBe('ikpp');
    expect(client.received.map(({ bytes }) => bytes)).toEqual([segment, ...[...kept, next].map(({ bytes }) => bytes)]);
    const came = client.received.at(-1)?.header.timeMs ?? 0;
    expect(client.received.map(({ header }) => header.mediaSeconds)).toEqual([0, 1.5, 1.5, 1.5]);
    expect(Math.abs(came - (Date.now() - (monotonicMs() - next.arrivedAtMs)))).toBeLessThan(5);
  });

  test('begin at the next key picture where none is kept', async () => {
    const client = await open();
    const watcher = await follow(client);
    watcher.begin(h264, segment, []);
    for (const isKey of [false, false, true, false]) watcher.fragment(picture(isKey));
    await client.has(3);
    expect(client.kinds).toBe('ikp');
  });

  test('of another stream in the middle begin anew with its segment', async () => {
    const client = await open();
    const watcher = await follow(client);
    watcher.begin(h264, segment, [picture(true)]);
    watcher.begin({ ...h264, name: 'MainStream', widthPx: 1_920, heightPx: 1_080 }, Buffer.from('another'), [
      picture(true),
    ]);
    await client.has(4);
    expect(client.kinds).toBe('ikik');
    expect(client.said.at(-1)?.stream?.widthPx).toBe(1_920);
    watcher.end();
    await expect.poll(() => client.said.at(-1)).toMatchObject({ stream: null, reason: 'no-stream' });
  });

  test('that a browser cannot play are said so, and not sent', async () => {
    const client = await open();
    const watcher = await follow(client);
    watcher.begin({ ...h264, family: 'h265', codec: 'hvc1' }, segment, [picture(true)]);
    watcher.fragment(picture(true));
    await expect.poll(() => client.said.at(-1)?.reason).toBe('unsupported');
    client.say({ live: [{ camera: 'none' }] });
    await expect.poll(() => client.said.at(-1)?.reason).toBe('unknown-camera');
    expect(client.received).toEqual([]);
  });

  test('pass over a client that does not say what it received, up to a key picture, and hold up no other', async () => {
    const [slow, quick] = [await open(), await open()];
    slow.acknowledges = false;
    const [behind, ahead] = [await follow(slow), await follow(quick)];
    for (const watcher of [behind, ahead]) watcher.begin(h264, segment, [picture(true)]);
    await slow.has(2);
    slow.acknowledge();
    await quick.has(2);
    const send = (isKey: boolean, bytes?: number): void => {
      const one = picture(isKey, bytes);
      behind.fragment(one);
      ahead.fragment(one);
    };
    await slow.heard();
    for (let count = 0; count < 60; count += 1) {
      send(false, 50_000);
      await quick.has(3 + count);
    }
    const sent = slow.received.length;
    expect(sent).toBeLessThan(60);
    // A key picture helps only when what went before has arrived.
    send(true);
    await quick.has(63);
    expect(slow.received).toHaveLength(sent);
    slow.acknowledge();
    await slow.heard();
    send(false);
    send(true);
    send(false);
    await quick.has(66);
    await slow.has(sent + 2);
    expect(slow.kinds.slice(sent)).toBe('kp');
    expect(quick.received).toHaveLength(66);
    const metrics = await (await fetch(`${hall.url}/metrics`)).text();
    const skipped = /refused_total\{kind="pictures",reason="live-skipped"\} (\d+)/.exec(metrics)?.[1];
    expect(Number(skipped)).toBe(66 - (sent + 2));
  });

  test('pass over a client on a thin line, whose pictures would be old', async () => {
    const client = await open();
    const watcher = await follow(client);
    watcher.begin(h264, segment, [picture(true)]);
    await client.has(2);
    await client.heard();
    client.acknowledges = false;
    watcher.fragment(picture(false));
    await client.has(3);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    watcher.fragment(picture(false));
    client.acknowledge();
    await client.heard();
    watcher.fragment(picture(false));
    watcher.fragment(picture(true));
    await client.has(4);
    expect(client.kinds).toBe('ikpk');
  });

  test('are watched by nobody when the list is replaced or the client is gone', async () => {
    const client = await open();
    client.say({ live: [{ camera: 'lobby' }, { camera: 'window-a' }] });
    await watchers(2);
    client.say({ live: [{ camera: 'lobby' }] });
    await watchers(1);
    client.say({ live: [] });
    await watchers(0);
    await follow(client);
    client.socket.terminate();
    await watchers(0);
  });

  test('are for whoever may look, at most four a connection', async () => {
    await hall.close();
    hall = await openHall({ withOperators: true });
    const nobody = new LiveClient(hall);
    await new Promise((resolve) => nobody.socket.once('unexpected-response', resolve));
    nobody.socket.terminate();
    const viewer = await open({ Authorization: `Bearer ${tokens.viewer}` });
    await follow(viewer);
    const closed = new Promise((resolve) => viewer.socket.on('close', resolve));
    viewer.say({ live: Array.from({ length: 5 }, () => ({ camera: 'lobby' })) });
    expect(await closed).toBe(1007);
    await watchers(0);
  });
});
