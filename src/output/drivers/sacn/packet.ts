/**
 * sACN packets, after ANSI E1.31-2018. Multi-byte fields are big-endian. All begin with the root layer (5):
 *
 * | byte  | field               | here                                                              |
 * |-------|---------------------|-------------------------------------------------------------------|
 * | 0–1   | preamble size       | 0x0010                                                            |
 * | 2–3   | postamble size      | 0                                                                 |
 * | 4–15  | ACN packet id       | `ASC-E1.17`, three zero bytes                                     |
 * | 16–17 | flags and length    | 0x7000 | bytes from here on                                       |
 * | 18–21 | vector              | 4 data, 8 extended (synchronisation, discovery)                   |
 * | 22–37 | CID                 | UUID of the sender, the same for as long as it exists             |
 *
 * A data packet goes on with the framing layer (6.2) and the DMP layer (7):
 *
 * | byte    | field              | here                                                           |
 * |---------|--------------------|----------------------------------------------------------------|
 * | 38–39   | flags and length   | 0x7000 | bytes from here on                                    |
 * | 40–43   | vector             | 2                                                              |
 * | 44–107  | source name        | UTF-8, ended by a zero byte                                    |
 * | 108     | priority           | 0..200                                                         |
 * | 109–110 | sync address       | universe of the synchronisation packets, 0 = none              |
 * | 111     | sequence number    | per universe, from 236 (once) and then 0, 255 → 0              |
 * | 112     | options            | 0x80 preview, 0x40 stream terminated, 0x20 force synchronisation |
 * | 113–114 | universe           | 1..63999                                                       |
 * | 115–116 | flags and length   | 0x7000 | bytes from here on                                    |
 * | 117     | vector             | 2                                                              |
 * | 118     | address and data type | 0xA1                                                        |
 * | 119–120 | first address      | 0                                                              |
 * | 121–122 | address increment  | 1                                                              |
 * | 123–124 | property count     | slots + 1                                                      |
 * | 125     | start code         | 0                                                              |
 * | 126–    | slots              | up to 512, here 510                                            |
 *
 * A synchronisation packet (6.3) is 49 bytes long:
 *
 * | byte  | field            | here                              |
 * |-------|------------------|-----------------------------------|
 * | 38–39 | flags and length | 0x7000 | 11                       |
 * | 40–43 | vector           | 1                                 |
 * | 44    | sequence number  | its own, counted in the same way  |
 * | 45–46 | sync address     | 1..63999                          |
 * | 47–48 | reserved         | 0                                 |
 */
export const HEADER_BYTES = 126;
/** Pixels of three bytes are not divided between universes: two slots stay unused. */
export const PIXELS_PER_UNIVERSE = 170;
export const PAYLOAD_BYTES = PIXELS_PER_UNIVERSE * 3;
export const LONGEST_SOURCE_NAME_BYTES = 63;

const ROOT_LAYER = 16;
const FRAMING_LAYER = 38;
const SOURCE_NAME = 44;
const SYNC_SEQUENCE = 44;
const SEQUENCE = 111;
const OPTIONS = 112;
const DMP_LAYER = 115;
const SYNC_PACKET_BYTES = 49;
const PDU_FLAGS = 0x7000;
const ROOT_DATA = 4;
const ROOT_EXTENDED = 8;
const STREAM_TERMINATED = 0x40;
/** 20 before 0. Receivers drop what is numbered up to 19 behind the last packet they took, as late (E1.31-2018, 6.7.2). */
const FORERUNNER_SEQUENCE = 0x100 - 20;

/** Who sends. */
export type Source = {
  /** 16 bytes. */
  readonly cid: Uint8Array;
  readonly name: string;
};

/** The fields that differ from output to output or from universe to universe. */
export type DataHeader = {
  readonly source: Source;
  readonly priority: number;
  /** 0 where there are no synchronisation packets. */
  readonly syncAddress: number;
  readonly universe: number;
};

/** Writes what stands before the slots of a data packet that has its final length, sequence number 0. */
export function writeDataHeader(packet: Buffer, { source, priority, syncAddress, universe }: DataHeader): void {
  writeRootLayer(packet, ROOT_DATA, source.cid);
  writeFramingLayer(packet, 2);
  writeSourceName(packet, source.name);
  packet.writeUInt8(priority, 108);
  packet.writeUInt16BE(syncAddress, 109);
  packet.writeUInt16BE(universe, 113);
  writeFlagsAndLength(packet, DMP_LAYER);
  packet.writeUInt8(0x02, 117);
  packet.writeUInt8(0xa1, 118);
  packet.writeUInt16BE(0, 119);
  packet.writeUInt16BE(1, 121);
  packet.writeUInt16BE(packet.length - HEADER_BYTES + 1, 123);
}

/** Changes the sequence number of a data packet. */
export function writeSequence(packet: Uint8Array, sequence: number): void {
  packet[SEQUENCE] = sequence;
}

/**
 * A copy of a packet, to be sent ahead of the first one, which is numbered 0. Another process may have sent under the same CID
 * a moment ago, up to a number that nobody knows: a receiver would take a count that begins anew for late packets, and stand
 * still for up to 20 of them. Of two numbers that are 20 apart it takes one at least, and from there on all.
 * @param write the one that belongs to the packet
 */
export function forerunnerOf(packet: Uint8Array, write: (packet: Uint8Array, sequence: number) => void): Buffer {
  const copy = Buffer.from(packet);
  write(copy, FORERUNNER_SEQUENCE);
  return copy;
}

/** Marks a data packet as one of the last of its universe. */
export function writeTerminated(packet: Uint8Array): void {
  packet[OPTIONS] = STREAM_TERMINATED;
}

/** A synchronisation packet, sequence number 0. */
export function syncPacket(source: Source, syncAddress: number): Buffer {
  const packet = Buffer.alloc(SYNC_PACKET_BYTES);
  writeRootLayer(packet, ROOT_EXTENDED, source.cid);
  writeFramingLayer(packet, 1);
  packet.writeUInt16BE(syncAddress, 45);
  return packet;
}

/** Changes the sequence number of a synchronisation packet. */
export function writeSyncSequence(packet: Uint8Array, sequence: number): void {
  packet[SYNC_SEQUENCE] = sequence;
}

/** Writes bytes 0 to 37 of an extended packet, and of its framing layer flags, length and vector (2: discovery). */
export function writeExtendedHeader(packet: Buffer, source: Source, vector: number): void {
  writeRootLayer(packet, ROOT_EXTENDED, source.cid);
  writeFramingLayer(packet, vector);
  writeSourceName(packet, source.name);
}

/** Flags and length of a layer that reaches to the end of the packet. */
export function writeFlagsAndLength(packet: Buffer, at: number): void {
  packet.writeUInt16BE(PDU_FLAGS | (packet.length - at), at);
}

/** What every ACN packet begins with, and nothing behind it: no receiver takes it for anything. */
export function emptyPacket(): Buffer {
  const packet = Buffer.alloc(ROOT_LAYER);
  writePreamble(packet);
  return packet;
}

function writePreamble(packet: Buffer): void {
  packet.writeUInt16BE(0x0010, 0);
  packet.writeUInt16BE(0, 2);
  packet.write('ASC-E1.17\0\0\0', 4, 'latin1');
}

function writeRootLayer(packet: Buffer, vector: number, cid: Uint8Array): void {
  writePreamble(packet);
  writeFlagsAndLength(packet, ROOT_LAYER);
  packet.writeUInt32BE(vector, 18);
  packet.set(cid.subarray(0, 16), 22);
}

function writeFramingLayer(packet: Buffer, vector: number): void {
  writeFlagsAndLength(packet, FRAMING_LAYER);
  packet.writeUInt32BE(vector, 40);
}

function writeSourceName(packet: Buffer, name: string): void {
  packet.fill(0, SOURCE_NAME, SOURCE_NAME + LONGEST_SOURCE_NAME_BYTES + 1);
  packet.write(name, SOURCE_NAME, LONGEST_SOURCE_NAME_BYTES, 'utf8');
}
