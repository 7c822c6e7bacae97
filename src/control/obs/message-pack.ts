import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { GlasshallError } from '../../core/errors.js';
import { MAXIMUM_DEPTH, isTooDeep } from './depth.js';

/** JSON knows no extension types, and so does the protocol. */
const noExtensions = new ExtensionCodec();
noExtensions.register({
  // The one extension that the library would read by itself: timestamps.
  type: -1,
  encode: () => null,
  decode: () => {
    throw bad('extension types are not part of the protocol');
  },
});

const encoder = new Encoder({ extensionCodec: noExtensions, ignoreUndefined: true, maxDepth: MAXIMUM_DEPTH });

/** Writes what JSON can hold as MessagePack. `undefined` fields are left out. */
export function encodeMessagePack(value: unknown): Buffer {
  return Buffer.from(encoder.encode(value));
}

/**
 * Reads MessagePack that holds what JSON can hold.
 * @throws GlasshallError `bad-message-pack` when it is cut short, nested too deeply, has bytes left over or an extension type
 */
export function decodeMessagePack(bytes: Buffer): unknown {
  // No part of a message is longer than the message.
  const limit = bytes.byteLength;
  const decoder = new Decoder({
    extensionCodec: noExtensions,
    maxStrLength: limit,
    maxBinLength: 0,
    maxArrayLength: limit,
    maxMapLength: limit,
    maxExtLength: 0,
    mapKeyConverter: textKey,
  });
  let value: unknown;
  try {
    value = decoder.decode(bytes);
  } catch (thrown) {
    throw thrown instanceof GlasshallError ? thrown : bad(thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (isTooDeep(value)) throw bad('it is nested too deeply');
  return value;
}

function textKey(key: unknown): string {
  if (typeof key !== 'string') throw bad('a key is not text');
  return key;
}

function bad(reason: string): GlasshallError {
  return new GlasshallError('bad-message-pack', reason);
}
