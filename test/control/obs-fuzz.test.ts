import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encode, decode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { definitionOfRequest, requestTypes } from '../../src/control/obs/registry.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { eventually } from '../eventually.js';
import { openHall, tokens, type Hall } from './open-hall.js';
import { oneOf, randomNumbers } from './random.js';

/** How many messages are sent; `GLASSHALL_FUZZ_MESSAGES=100000` for a long look. */
const MESSAGES = Number(process.env['GLASSHALL_FUZZ_MESSAGES'] ?? 3_000);
const SEED = Number(process.env['GLASSHALL_FUZZ_SEED'] ?? 20_261_125);
/** Growth that is no leak: what the run itself keeps, and code that was compiled. */
const TOLERATED_GROWTH_BYTES = 8 * 1_048_576;

type Random = (below: number) => number;
type Fields = Record<string, unknown>;

const fields = [
  ...new Set([
    ...requestTypes.flatMap((name) => Object.keys(definitionOfRequest(name).request.shape)),
    ...Object.values(vendorRequests).flatMap(({ request }) => Object.keys(request.shape)),
  ]),
  '__proto__',
  'constructor',
  'toString',
  '',
];
const names = [
  ...['大厅', '窗口', '前台', 'ticker', 'clock', 'screen', 'hall', 'lobby', 'window-a', 'windows', 'round', 'queue'],
  ...['Fade', 'Cut', 'png', 'jpg', 'glasshall', 'OBSBasic.Transition', 'glasshall.Undo', '西墙', 'ffmpeg_source'],
];
const odd = [
  ...[null, true, false, -1, 0, 0.5, 1, 2, 8, 50, 255, 2_147_483_648, 4_294_967_296, 1e308, -1e308, 5e-324],
  ...[Number.MAX_SAFE_INTEGER, '', ' ', '\u0000', '\ud800', '{}', '${HOME}', '{queue.waiting}', '../../etc/passwd'],
  ...['__proto__', 'constructor', 'hasOwnProperty', '\u202e倒', '💡'.repeat(50), 'x'.repeat(5_000)],
];

/** Anything that JSON can hold, often with the names that requests know. */
function anything(random: Random, depth = 0): unknown {
  const kind = random(depth > 4 ? 2 : 5);
  if (kind === 0) return oneOf(random, odd);
  if (kind === 1) return oneOf(random, names);
  if (kind === 2) return Array.from({ length: random(4) }, () => anything(random, depth + 1));
  return someFields(random, depth);
}

function someFields(random: Random, depth = 0): Fields {
  // By definition, so that `__proto__` is a field as it is in JSON.
  const entries = Array.from(
    { length: random(5) },
    () => [oneOf(random, fields), anything(random, depth + 1)] as const,
  );
  return Object.fromEntries(entries);
}

/** A request whose data are nearly those that it wants. */
function request(random: Random): Fields {
  if (random(4) === 0) {
    const requestType = random(8) === 0 ? anything(random) : oneOf(random, Object.keys(vendorRequests));
    const requestData = {
      vendorName: 'glasshall',
      requestType,
      requestData: nearly(random, Object.keys(vendorRequests)),
    };
    return { requestType: 'CallVendorRequest', requestData };
  }
  const requestType =
    random(10) === 0 ? oneOf(random, ['', 'Nope', '__proto__', 'constructor']) : oneOf(random, requestTypes);
  const known = requestTypes.includes(requestType) ? Object.keys(definitionOfRequest(requestType).request.shape) : [];
  return { requestType, requestData: random(6) === 0 ? anything(random) : nearly(random, known) };
}

function nearly(random: Random, known: readonly string[]): Fields {
  const given = known
    .filter(() => random(4) > 0)
    .map((field): [string, unknown] => [
      field,
      random(3) === 0 ? anything(random) : oneOf(random, [...names, 1, 2, true, false]),
    ]);
  const fitting: Fields = Object.fromEntries(given);
  return { ...fitting, ...(random(4) === 0 ? someFields(random) : {}) };
}

/** A message that is taken apart without a complaint, whatever is asked in it. */
function polite(random: Random, requestId: string): Fields {
  if (random(20) === 0) return { op: 3, d: { eventSubscriptions: random(1_048_576) } };
  if (random(6) > 0) return { op: 6, d: { ...request(random), requestId } };
  const executionType = random(3);
  const requests = Array.from({ length: random(6) }, () => ({
    ...request(random),
    ...(random(3) === 0 ? { inputVariables: anything(random), outputVariables: anything(random) } : {}),
  }));
  const variables = executionType === 2 ? {} : { variables: someFields(random) };
  return { op: 8, d: { requestId, requests, executionType, haltOnFailure: random(2) === 0, ...variables } };
}

/** A message that somebody who means no good would send. */
function rude(random: Random, encoding: Encoding): string | Buffer {
  switch (random(6)) {
    case 0:
      return Buffer.from(Array.from({ length: random(300) }, () => random(256)));
    case 1:
      return encoding.encode(anything(random));
    case 2: {
      const depth = 1 + random(20_000);
      if (encoding.isText)
        return `{"op":6,"d":{"requestId":"1","requestType":"x","requestData":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
      return Buffer.alloc(depth, 0x91);
    }
    case 3:
      return encoding.encode({ op: oneOf(random, [...odd, 1, 3, 5, 6, 8, 9]), d: anything(random) });
    case 4:
      return `{"op":6,"d":{"requestId":1e999,"requestType":"Sleep","requestData":{"sleepMillis":${'9'.repeat(random(400))}}}}`;
    default:
      return mutated(random, encoding.encode(polite(random, 'm')));
  }
}

function mutated(random: Random, message: string | Buffer): string | Buffer {
  const bytes = Buffer.from(message as string);
  for (let change = 0; change <= random(4); change += 1) bytes.writeUInt8(random(256), random(bytes.length));
  const part = bytes.subarray(0, random(3) === 0 ? random(bytes.length) : bytes.length);
  return typeof message === 'string' ? part.toString('latin1') : part;
}

type Encoding = {
  readonly name: string;
  readonly isText: boolean;
  readonly encode: (message: unknown) => string | Buffer;
  readonly decode: (bytes: Buffer) => unknown;
};
const encodings: readonly Encoding[] = [
  {
    name: 'obswebsocket.json',
    isText: true,
    encode: (message) => JSON.stringify(message),
    decode: (bytes) => JSON.parse(bytes.toString('utf8')) as unknown,
  },
  {
    name: 'obswebsocket.msgpack',
    isText: false,
    encode: (message) => Buffer.from(encode(withoutPrototype(message))),
    decode: (bytes) => decode(bytes),
  },
];

/** The library that reads MessagePack refuses the name, and with it the message. */
function withoutPrototype(message: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(message), (key, value: unknown) =>
    key === '__proto__' ? undefined : value,
  );
  return copy;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** A client that forgets what it receives, apart from figures. */
class Stranger {
  readonly socket: WebSocket;
  readonly encoding: Encoding;
  readonly closed: Promise<number>;
  readonly #waiting = new Map<number | string, (data: Fields) => void>();

  constructor(hall: Hall, encoding: Encoding) {
    this.encoding = encoding;
    this.socket = new WebSocket(`ws://127.0.0.1:${hall.control.obsPort}`, [encoding.name]);
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
    this.socket.on('error', () => undefined);
    this.socket.on('message', (bytes) => {
      const { op, d } = encoding.decode(bytes as Buffer) as { op: number; d: Fields };
      const waited = op === 7 ? String(d['requestId']) : op;
      this.#waiting.get(waited)?.(d);
      this.#waiting.delete(waited);
    });
  }

  /** Data of the next message of an op code, or of the response with an id; null when the connection ends before it. */
  async next(what: number | string): Promise<Fields | null> {
    const message = new Promise<Fields>((resolve) => this.#waiting.set(what, resolve));
    return Promise.race([message, this.closed.then(() => null)]);
  }

  send(message: string | Buffer): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
  }

  async identify(): Promise<void> {
    const hello = await this.next(0);
    const { challenge, salt } = hello?.['authentication'] as { challenge: string; salt: string };
    const authentication = sha256(sha256(tokens.admin + salt) + challenge);
    const identified = this.next(2);
    this.send(this.encoding.encode({ op: 1, d: { rpcVersion: 1, authentication } }));
    await identified;
  }
}

/** Bytes that are in use after everything that can be thrown away has been. */
async function heapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

test(
  `${MESSAGES} random and mutated messages: no crash, no leak, everybody gone at the end`,
  async () => {
    const hall = await openHall({
      withOperators: true,
      limits: { messagesPerSecond: 1_000_000, burst: 1_000_000, identifyWithinMs: 60_000 },
    });
    const random = randomNumbers(SEED);
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    const closes = new Map<number, number>();
    let sent = 0;
    let answered = 0;
    let settledBytes = 0;
    while (sent < MESSAGES) {
      const stranger = new Stranger(hall, oneOf(random, encodings));
      // Some do not even say who they are.
      if (random(8) > 0) await stranger.identify();
      else await stranger.next(0);
      const isRude = random(2) === 0;
      const count = isRude ? 1 + random(4) : 100;
      for (let index = 0; index < count; index += 1) {
        stranger.send(isRude ? rude(random, stranger.encoding) : stranger.encoding.encode(polite(random, `${index}`)));
      }
      sent += count;
      const answer = stranger.next('last');
      stranger.send(stranger.encoding.encode({ op: 6, d: { requestType: 'GetVersion', requestId: 'last' } }));
      if ((await answer) === null) {
        const code = await stranger.closed;
        closes.set(code, (closes.get(code) ?? 0) + 1);
      } else {
        answered += count;
        stranger.socket.close();
        await stranger.closed;
      }
      hall.engine.commands.length = 0;
      if (settledBytes === 0 && sent > MESSAGES / 2) settledBytes = await heapBytes();
    }

    const grownBytes = (await heapBytes()) - settledBytes;
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
    expect(answered).toBeGreaterThan(MESSAGES / 2);
    // Nothing but OBS's own reasons; 1007 is said by the WebSocket itself, of text that is no UTF-8.
    const known = [1007, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4012];
    expect([...closes.keys()].filter((code) => !known.includes(code))).toEqual([]);
    for (const code of [4002, 4006, 4007]) expect(closes.get(code), `${code}`).toBeGreaterThan(0);
    expect(grownBytes).toBeLessThan(TOLERATED_GROWTH_BYTES);
    const metrics = async (): Promise<string> => (await fetch(`${hall.url}/metrics`)).text();
    expect(await metrics()).not.toContain('kind="obs",reason="failed"');
    await eventually(async () => expect(await metrics()).toMatch(/glasshall_control_connections\{kind="obs"\} 0/));
    const last = new Stranger(hall, encodings[0] as Encoding);
    await last.identify();
    last.socket.close();
    await hall.close();
    process.stdout.write(`${JSON.stringify({ sent, answered, grownBytes, closes: Object.fromEntries(closes) })}\n`);
  },
  60_000 + MESSAGES * 20,
);
