import { messageOf } from '../../core/errors.js';
import { isTooDeep } from './depth.js';
import { decodeMessagePack, encodeMessagePack } from './message-pack.js';

/** How a connection writes its messages: chosen by the WebSocket sub-protocol, JSON when the client names none. */
export type Encoding = {
  readonly name: 'Json' | 'MsgPack';
  /** Whether messages are text (else binary) on the WebSocket. */
  readonly isText: boolean;
  encode(message: unknown): string | Buffer;
  /** @throws Error when the bytes are not of this encoding */
  decode(bytes: Buffer): unknown;
};

const json: Encoding = {
  name: 'Json',
  isText: true,
  encode: (message) => JSON.stringify(message),
  decode: (bytes) => {
    const message: unknown = JSON.parse(bytes.toString('utf8'));
    if (isTooDeep(message)) throw new Error('it is nested too deeply');
    return message;
  },
};

const messagePack: Encoding = {
  name: 'MsgPack',
  isText: false,
  encode: encodeMessagePack,
  decode: decodeMessagePack,
};

const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['obswebsocket.json', json],
  ['obswebsocket.msgpack', messagePack],
]);

/** The first of the offered sub-protocols that is known here; false when none is, which leaves the connection on JSON. */
export function chooseSubProtocol(offered: ReadonlySet<string>): string | false {
  return [...offered].find((name) => encodings.has(name)) ?? false;
}

/** The encoding of a connection by its negotiated sub-protocol. */
export function encodingOf(subProtocol: string): Encoding {
  return encodings.get(subProtocol) ?? json;
}

export type Decoded = { readonly message: unknown } | { readonly refusal: string };

/** Decodes a message, or says in OBS's words why that is not possible. */
export function decode(encoding: Encoding, bytes: Buffer, isBinary: boolean): Decoded {
  if (isBinary === encoding.isText) {
    const received = isBinary ? 'binary' : 'text';
    return { refusal: `Your session encoding is set to ${encoding.name}, but a ${received} message was received.` };
  }
  try {
    return { message: encoding.decode(bytes) };
  } catch (thrown) {
    return { refusal: `Unable to decode ${encoding.name}: ${messageOf(thrown)}` };
  }
}
