/**
 * Art-Net packets that a controller sends, after the Art-Net 4 specification (art-net.org.uk). All begin alike:
 *
 * | byte  | field    | here                                                                   |
 * |-------|----------|------------------------------------------------------------------------|
 * | 0–7   | ID       | `Art-Net`, zero byte                                                   |
 * | 8–9   | OpCode   | little-endian: 0x5000 ArtDmx, 0x5200 ArtSync, 0x2000 ArtPoll           |
 * | 10–11 | ProtVer  | big-endian, 14                                                         |
 *
 * ArtDmx goes on:
 *
 * | byte  | field    | here                                                                   |
 * |-------|----------|------------------------------------------------------------------------|
 * | 12    | Sequence | 1..255 per Port-Address, 255 → 1; 0 = not used                         |
 * | 13    | Physical | 0; nodes take a change for a second source                             |
 * | 14    | SubUni   | Port-Address, low byte                                                 |
 * | 15    | Net      | Port-Address, high 7 bits                                              |
 * | 16–17 | Length   | big-endian, even, 2..512                                               |
 * | 18–   | Data     |                                                                        |
 *
 * ArtSync: bytes 12 and 13 are Aux1 and Aux2, 0. ArtPoll: byte 12 is Flags, 13 DiagPriority, both 0; nodes accept these
 * 14 bytes without the fields that were added later.
 */
export const HEADER_BYTES = 18;
/** Pixels of three bytes are not divided between universes: two channels stay unused. */
export const PIXELS_PER_UNIVERSE = 170;
export const PAYLOAD_BYTES = PIXELS_PER_UNIVERSE * 3;

const ID = 'Art-Net\0';
const OP_DMX = 0x5000;
const OP_SYNC = 0x5200;
const OP_POLL = 0x2000;
const PROTOCOL_VERSION = 14;
const SEQUENCE = 12;

/** Writes what stands before the data of an ArtDmx that has its final, even length; sequence 0. */
export function writeDmxHeader(packet: Buffer, portAddress: number): void {
  writeHead(packet, OP_DMX);
  packet.writeUInt8(0, SEQUENCE);
  packet.writeUInt8(0, 13);
  packet.writeUInt16LE(portAddress, 14);
  packet.writeUInt16BE(packet.length - HEADER_BYTES, 16);
}

/** Changes the sequence number of an ArtDmx. */
export function writeSequence(packet: Uint8Array, sequence: number): void {
  packet[SEQUENCE] = sequence;
}

/** The sequence number after the given one: 1 to 255, then 1 again. */
export function nextSequence(sequence: number): number {
  return (sequence % 255) + 1;
}

/** Tells nodes to show what they were sent since the last one. */
export function syncPacket(): Buffer {
  return shortPacket(OP_SYNC);
}

/** Asks nodes what they are; each answers with an ArtPollReply. */
export function pollPacket(): Buffer {
  return shortPacket(OP_POLL);
}

function shortPacket(opCode: number): Buffer {
  const packet = Buffer.alloc(14);
  writeHead(packet, opCode);
  return packet;
}

function writeHead(packet: Buffer, opCode: number): void {
  packet.write(ID, 0, 'latin1');
  packet.writeUInt16LE(opCode, 8);
  packet.writeUInt16BE(PROTOCOL_VERSION, 10);
}
