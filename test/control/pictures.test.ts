import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import {
  FRAME_HEADER_BYTES,
  readFrameHeader,
  writeFrameHeader,
  type FrameHeader,
} from '../../src/control/pictures/frame-header.js';
import { openHall, tokens, type Hall } from './open-hall.js';

type Frame = { readonly header: FrameHeader; readonly jpeg: Buffer };

/** A client of `/pictures` that acknowledges when it is told to. */
class PictureClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  readonly texts: unknown[] = [];
  readonly closed: Promise<number>;
  acknowledges = true;

  constructor(hall: Hall, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${hall.control.port}/pictures`, { headers });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return void this.texts.push(JSON.parse(data.toString()));
      const header = readFrameHeader(data);
      if (header === null) throw new Error('a frame without a header');
      this.frames.push({ header, jpeg: data.subarray(FRAME_HEADER_BYTES) });
      if (this.acknowledges) this.say({ painted: header.sequence });
    });
  }

  async opened(): Promise<this> {
    await new Promise((resolve) => this.socket.on('open', resolve));
    return this;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  async framesOf(viewIndex: number, count: number): Promise<Frame[]> {
    const found = (): Frame[] => this.frames.filter(({ header }) => header.viewIndex === viewIndex);
    await expect.poll(() => found().length, { timeout: 10_000, interval: 10 }).toBeGreaterThanOrEqual(count);
    return found();
  }
}

let hall: Hall;
const clients: PictureClient[] = [];

function open(headers?: Record<string, string>, at: Hall = hall): Promise<PictureClient> {
  const client = new PictureClient(at, headers);
  clients.push(client);
  return client.opened();
}

beforeEach(async () => {
  hall = await openHall();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  await hall.close();
  // Nobody keeps a picture that was lent.
  await expect.poll(() => hall.engine.returnedPictureCount).toBe(hall.engine.pictureCount);
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the header', () => {
  test('is laid out as documented, big-endian', () => {
    const message = new Uint8Array(FRAME_HEADER_BYTES + 1);
    const header = {
      viewIndex: 2,
      subscription: 0x0102,
      sequence: 0x0a0b0c0d,
      tick: 1,
      timeMs: 2,
      widthPx: 480,
      heightPx: 270,
    };
    writeFrameHeader(message, header);
    expect(Buffer.from(message).toString('hex')).toBe(
      '01' + '02' + '0102' + '0a0b0c0d' + '3ff0000000000000' + '4000000000000000' + '01e0' + '010e' + '00',
    );
    expect(readFrameHeader(message)).toEqual(header);
  });

  test('of another version or cut short is not read', () => {
    expect(readFrameHeader(Uint8Array.of(2, ...new Uint8Array(40)))).toBeNull();
    expect(readFrameHeader(new Uint8Array(27))).toBeNull();
  });
});

describe('pictures', () => {
  test('of every subscribed view arrive as JPEG of the asked width, never enlarged, rising in sequence', async () => {
    const client = await open();
    client.say({
      subscribe: [
        { view: 'program', widthPx: 48, framesPerSecond: 12 },
        { view: 'preview', widthPx: 480, framesPerSecond: 12 },
        { view: 'camera', camera: 'lobby', widthPx: 160, framesPerSecond: 5 },
      ],
    });
    const sizes: Record<number, [number, number]> = { 0: [48, 24], 1: [96, 48], 2: [160, 90] };
    const colours: Record<number, number[]> = { 0: [200, 30, 30], 1: [30, 160, 60], 2: [40, 60, 220] };
    for (const viewIndex of [0, 1, 2]) {
      const [frame] = await client.framesOf(viewIndex, 2);
      if (frame === undefined) throw new Error('no frame');
      const { data, info } = await sharp(frame.jpeg).raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual(sizes[viewIndex]);
      expect([frame.header.widthPx, frame.header.heightPx]).toEqual(sizes[viewIndex]);
      const off = [...data.subarray(0, 3)].map((value, channel) =>
        Math.abs(value - (colours[viewIndex]?.[channel] ?? 0)),
      );
      expect(Math.max(...off)).toBeLessThanOrEqual(3);
      expect(frame.header.subscription).toBe(1);
      expect(frame.header.tick).toBeGreaterThan(1_000);
    }
    const sequences = client.frames.map(({ header }) => header.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(sequences.length);
  });

  test('a client that never acknowledges is sent two of each view, and costs nothing more', async () => {
    const client = await open();
    client.acknowledges = false;
    client.say({
      subscribe: [
        { view: 'program', framesPerSecond: 12 },
        { view: 'preview', framesPerSecond: 12 },
      ],
    });
    await client.framesOf(0, 2);
    await client.framesOf(1, 2);
    const encoded = hall.engine.pictureCount;
    await pause(600);
    expect(client.frames).toHaveLength(4);
    expect(hall.engine.pictureCount).toBe(encoded);
    const [, second] = client.frames.filter(({ header }) => header.viewIndex === 0);
    client.say({ painted: second?.header.sequence });
    // The second being painted, the first does not count any more either.
    await client.framesOf(0, 4);
    await pause(300);
    expect(client.frames.filter(({ header }) => header.viewIndex === 0)).toHaveLength(4);
    expect(client.frames.filter(({ header }) => header.viewIndex === 1)).toHaveLength(2);
  });

  test('one slow client does not hold up another', async () => {
    const [slow, quick] = [await open(), await open()];
    slow.acknowledges = false;
    for (const client of [slow, quick]) client.say({ subscribe: [{ view: 'program', framesPerSecond: 12 }] });
    await quick.framesOf(0, 6);
    expect(slow.frames).toHaveLength(2);
  });

  test('the same view for many is encoded once', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => open()));
    for (const client of many) client.say({ subscribe: [{ view: 'program', widthPx: 48, framesPerSecond: 10 }] });
    await Promise.all(many.map((client) => client.framesOf(0, 5)));
    const received = many.reduce((sum, client) => sum + client.frames.length, 0);
    expect(received).toBeGreaterThan(hall.engine.pictureCount * 3);
  });

  test('a new list replaces the old one, and an empty one ends all encoding', async () => {
    const client = await open();
    client.say({ subscribe: [{ view: 'program' }] });
    await client.framesOf(0, 1);
    client.say({ subscribe: [{ view: 'camera', camera: 'lobby', framesPerSecond: 5 }] });
    await expect.poll(() => client.frames.at(-1)?.header.subscription).toBe(2);
    expect(client.frames.at(-1)?.header.widthPx).toBe(240);
    client.say({ subscribe: [] });
    await pause(300);
    const encoded = hall.engine.pictureCount;
    await pause(500);
    expect(hall.engine.pictureCount).toBe(encoded);
  });

  test('nothing is encoded when the last client has gone', async () => {
    const client = await open();
    client.say({ subscribe: [{ view: 'program', framesPerSecond: 12 }] });
    await client.framesOf(0, 1);
    client.socket.terminate();
    await expect
      .poll(async () => (await fetch(`${hall.url}/metrics`)).text())
      .toContain('connections{kind="pictures"} 0');
    await pause(100);
    const encoded = hall.engine.pictureCount;
    await pause(300);
    expect(hall.engine.pictureCount).toBe(encoded);
  });

  test('a camera that does not exist is said so, one without a picture is silent, the others go on', async () => {
    const client = await open();
    client.say({
      subscribe: [{ view: 'camera', camera: 'none' }, { view: 'camera', camera: 'window-a' }, { view: 'program' }],
    });
    await client.framesOf(2, 2);
    expect(client.texts).toEqual([
      { error: { code: 'unknown-camera', message: 'there is no camera none', parameters: { camera: 'none' } } },
    ]);
    expect(client.frames.every(({ header }) => header.viewIndex === 2)).toBe(true);
  });

  test.each([
    ['not JSON', 'hello'],
    ['another shape', '{"subscribe": "program"}'],
    ['a rate above the bound', '{"subscribe": [{"view": "program", "framesPerSecond": 13}]}'],
    ['a camera rate above the bound', '{"subscribe": [{"view": "camera", "camera": "lobby", "framesPerSecond": 6}]}'],
    ['both at once', '{"subscribe": [], "painted": 1}'],
    ['binary', Buffer.of(1)],
  ])('%s ends the connection with 1007', async (_title, text) => {
    const client = await open();
    client.socket.send(text);
    expect(await client.closed).toBe(1007);
  });

  test('an acknowledgement of what was never sent changes nothing', async () => {
    const client = await open();
    client.acknowledges = false;
    client.say({ painted: 77 });
    client.say({ subscribe: [{ view: 'program', framesPerSecond: 12 }] });
    await client.framesOf(0, 2);
    client.say({ painted: 4_000_000_000 });
    await pause(300);
    expect(client.frames).toHaveLength(2);
  });
});

describe('the door', () => {
  test('when there are operators, a cookie or a token opens it', async () => {
    const guarded = await openHall({ withOperators: true });
    const stranger = new PictureClient(guarded);
    clients.push(stranger);
    expect(await stranger.closed).toBe(1006);
    const client = await open({ authorization: `Bearer ${tokens.viewer}` }, guarded);
    client.say({ subscribe: [{ view: 'program' }] });
    await client.framesOf(0, 1);
    const begun = await fetch(`${guarded.url}/api/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ token: tokens.viewer }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    await open({ cookie, origin: guarded.url }, guarded);
    const foreign = new PictureClient(guarded, { cookie, origin: 'https://evil.example' });
    clients.push(foreign);
    expect(await foreign.closed).toBe(1006);
    await guarded.close();
  });
});
