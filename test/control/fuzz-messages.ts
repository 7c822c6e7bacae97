import { createHash } from 'node:crypto';
import { encode, decode } from '@msgpack/msgpack';
import WebSocket from 'ws';
import { definitionOfRequest, requestTypes } from '../../src/control/obs/registry.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { oneOf } from './random.js';

/** Random and mutated messages of obs-websocket, and a client that sends them. */

/** Below its argument, from 0. */
export type Random = (below: number) => number;
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
export function anything(random: Random, depth = 0): unknown {
  const kind = random(depth > 4 ? 2 : 5);
  if (kind === 0) return oneOf(random, odd);
  if (kind === 1) return oneOf(random, names);
  if (kind === 2) return Array.from({ length: random(4) }, () => anything(random, depth + 1));
  return someFields(random, depth);
}

export function someFields(random: Random, depth = 0): Fields {
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
export function polite(random: Random, requestId: string): Fields {
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
export function rude(random: Random, encoding: Encoding): string | Buffer {
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

/** One of the two encodings of obs-websocket. */
export type Encoding = {
  readonly name: string;
  readonly isText: boolean;
  readonly encode: (message: unknown) => string | Buffer;
  readonly decode: (bytes: Buffer) => unknown;
};
export const encodings: readonly Encoding[] = [
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
export class Stranger {
  readonly socket: WebSocket;
  readonly encoding: Encoding;
  readonly closed: Promise<number>;
  readonly #waiting = new Map<number | string, (data: Fields) => void>();

  constructor(obsUrl: string, encoding: Encoding) {
    this.encoding = encoding;
    this.socket = new WebSocket(obsUrl, [encoding.name]);
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

  async identify(token: string): Promise<void> {
    const hello = await this.next(0);
    const { challenge, salt } = hello?.['authentication'] as { challenge: string; salt: string };
    const authentication = sha256(sha256(token + salt) + challenge);
    const identified = this.next(2);
    this.send(this.encoding.encode({ op: 1, d: { rpcVersion: 1, authentication } }));
    await identified;
  }
}
