import { ControllerFailure } from '../../controller-failure.js';

/**
 * Frames of the register bus of NovaStar sending cards ("RS232 Protocol M3", also over TCP 5200). Multi-byte fields are
 * little-endian.
 *
 * | byte    | request                                                     | answer             |
 * |---------|-------------------------------------------------------------|--------------------|
 * | 0–1     | 55 AA                                                       | AA 55              |
 * | 2       | 0                                                           | acknowledgement    |
 * | 3       | serial number                                               | the same           |
 * | 4, 5    | from: FE a computer; to: sending card                       | the other way round|
 * | 6       | 0 sending card, 1 receiving card, 2 function card           | the same           |
 * | 7, 8–9  | port, place of the card at the port; FF, FFFF: all          | the same           |
 * | 10, 11  | 0 read, 1 write; 0                                          | the same           |
 * | 12–15   | register                                                    | the same           |
 * | 16–17   | length of what is written, or is to be read                 | length of the data |
 * | 18–     | what is written                                             | what was read      |
 * | last 2  | 0x5555 and the sum of all bytes from 2 up to here           | the same           |
 */
const HEADER_BYTES = 18;
const CHECKSUM_BYTES = 2;
const CHECKSUM_START = 0x5555;
const COMPUTER = 0xfe;
/** Nothing that is asked here is longer; a length beyond it is no length. */
const LONGEST_DATA_BYTES = 1_024;

/** A card: which port of the sending card, and which place at it, both from 0. */
export type CardAddress = { readonly port: number; readonly card: number };
/** Every receiving card behind the sending card. */
export const ALL_CARDS: CardAddress = { port: 0xff, card: 0xffff };

/** Where a register is: in the sending card itself, or in a receiving card. */
export type RegisterAddress = { readonly card: CardAddress | 'sending-card'; readonly register: number };

/** A request; `serial` 0 to 255. */
export type NovastarRequest = RegisterAddress & { readonly serial: number } & (
    { readonly kind: 'read'; readonly byteCount: number } | { readonly kind: 'write'; readonly data: Uint8Array }
  );

/** An answer. */
export type NovastarAnswer = {
  readonly serial: number;
  /** 0 done, 1 the card does not answer, 2 and 3 checksum, 4 unknown command. */
  readonly acknowledgement: number;
  readonly register: number;
  readonly data: Buffer;
};

/** The bytes of a request. */
export function encodeRequest(request: NovastarRequest): Buffer {
  const data = request.kind === 'write' ? request.data : new Uint8Array(0);
  const frame = Buffer.alloc(HEADER_BYTES + data.length + CHECKSUM_BYTES);
  frame.writeUInt16BE(0x55aa, 0);
  frame.writeUInt8(request.serial, 3);
  frame.writeUInt8(COMPUTER, 4);
  if (request.card !== 'sending-card') {
    frame.writeUInt8(1, 6);
    frame.writeUInt8(request.card.port, 7);
    frame.writeUInt16LE(request.card.card, 8);
  }
  frame.writeUInt8(request.kind === 'write' ? 1 : 0, 10);
  frame.writeUInt32LE(request.register, 12);
  frame.writeUInt16LE(request.kind === 'write' ? data.length : request.byteCount, 16);
  frame.set(data, HEADER_BYTES);
  frame.writeUInt16LE(checksumOf(frame), frame.length - CHECKSUM_BYTES);
  return frame;
}

/** Takes answers out of a stream of bytes. Holds at most one that is not yet whole. */
export class AnswerReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Whether an answer has begun that is not whole yet. */
  get isMidAnswer(): boolean {
    return this.#rest.length > 0;
  }

  /** @returns the answers that are whole now. @throws ControllerFailure `garbage`, `oversize` */
  push(bytes: Buffer): NovastarAnswer[] {
    const answers: NovastarAnswer[] = [];
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (let length = lengthOf(rest); length !== null && length <= rest.length; length = lengthOf(rest)) {
      answers.push(decodeAnswer(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
    // A copy: what the system gave may be a piece of something much larger.
    this.#rest = Buffer.from(rest);
    return answers;
  }

  /** Forgets what has begun. */
  clear(): void {
    this.#rest = Buffer.alloc(0);
  }
}

/** How long the answer is that begins here; null while that cannot be told. */
function lengthOf(bytes: Buffer): number | null {
  const isAnswer = (bytes[0] ?? 0xaa) === 0xaa && (bytes[1] ?? 0x55) === 0x55;
  if (!isAnswer) throw new ControllerFailure('garbage');
  if (bytes.length < HEADER_BYTES) return null;
  const dataBytes = bytes.readUInt16LE(16);
  if (dataBytes > LONGEST_DATA_BYTES) throw new ControllerFailure('oversize');
  return HEADER_BYTES + dataBytes + CHECKSUM_BYTES;
}

function decodeAnswer(frame: Buffer): NovastarAnswer {
  if (frame.readUInt16LE(frame.length - CHECKSUM_BYTES) !== checksumOf(frame)) throw new ControllerFailure('garbage');
  return {
    acknowledgement: frame.readUInt8(2),
    serial: frame.readUInt8(3),
    register: frame.readUInt32LE(12),
    data: Buffer.from(frame.subarray(HEADER_BYTES, -CHECKSUM_BYTES)),
  };
}

function checksumOf(frame: Buffer): number {
  let sum = CHECKSUM_START;
  for (let at = 2; at < frame.length - CHECKSUM_BYTES; at += 1) sum += frame[at] ?? 0;
  return sum & 0xffff;
}
