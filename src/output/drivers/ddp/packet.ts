/**
 * DDP packet header, after the specification at 3waylabs.com/ddp (2022-09-05). Multi-byte fields are big-endian.
 *
 * | byte  | field       | here                                                              |
 * |-------|-------------|-------------------------------------------------------------------|
 * | 0     | flags       | VVxTSRQP: version 01; T timecode, S storage, R reply, Q query, P push |
 * | 1     | sequence    | low nibble 1..15, rising with every packet, 15 → 1; 0 = not used   |
 * | 2     | data type   | CRTTTSSS: 0x0B = RGB, 8 bits an element                            |
 * | 3     | destination | 1 default display, 250 JSON configuration, 251 JSON status                              |
 * | 4–7   | offset      | bytes into the display's frame buffer                             |
 * | 8–9   | length      | bytes of data that follow (query: bytes wanted)                   |
 */
export const HEADER_BYTES = 10;
/** The customary payload: 480 RGB pixels; header and payload stay under an Ethernet frame. */
export const PAYLOAD_BYTES = 1_440;

const VERSION_1 = 0x40;
const VERSION_MASK = 0xc0;
const PUSH = 0x01;
const QUERY = 0x02;
const REPLY = 0x04;
const TYPE_RGB8 = 0x0b;
const ID_DISPLAY = 1;
/** Asked for their configuration and their status, displays answer in JSON. */
export const ID_CONFIG = 250;
export const ID_STATUS = 251;
/** Displays listen here. */
export const DDP_PORT = 4_048;

/** The fields that differ from packet to packet. */
export type DdpHeader = {
  readonly push: boolean;
  readonly sequence: number;
  readonly destination: number;
  readonly offset: number;
  readonly length: number;
};

/** Writes the header of a packet of RGB data. */
export function writeHeader(target: Uint8Array, at: number, header: DdpHeader): void {
  const view = new DataView(target.buffer, target.byteOffset + at, HEADER_BYTES);
  view.setUint8(0, VERSION_1 | (header.push ? PUSH : 0));
  view.setUint8(1, header.sequence);
  view.setUint8(2, TYPE_RGB8);
  view.setUint8(3, header.destination);
  view.setUint32(4, header.offset);
  view.setUint16(8, header.length);
}

/** Changes the sequence number of a header that is written already. */
export function writeSequence(target: Uint8Array, at: number, sequence: number): void {
  target[at + 1] = sequence;
}

/** The sequence number after the given one: 1 to 15, then 1 again. */
export function nextSequence(sequence: number): number {
  return (sequence % 15) + 1;
}

/** Asks a display for its status or its configuration. */
export function query(id: typeof ID_CONFIG | typeof ID_STATUS): Uint8Array {
  return Uint8Array.of(VERSION_1 | QUERY, 0, 0, id, 0, 0, 0, 0, 0, 0);
}

/** A push without data: displays show what they have (id 1, length 0). */
export function barePush(): Buffer {
  return Buffer.of(VERSION_1 | PUSH, 0, 0, ID_DISPLAY, 0, 0, 0, 0, 0, 0);
}

/** Whether a datagram is a display's answer, of whatever content: version 1 with the reply flag. */
export function isReply(datagram: Uint8Array): boolean {
  const flags = datagram[0] ?? 0;
  return datagram.length >= HEADER_BYTES && (flags & VERSION_MASK) === VERSION_1 && (flags & REPLY) !== 0;
}
