/**
 * RTP packet of uncompressed video with one line segment: RFC 3550, section 5.1, then RFC 4175, section 4.1 (SMPTE ST 2110-20
 * takes both over). Multi-byte fields are big-endian.
 *
 * | byte  | field             | here                                                                     |
 * |-------|-------------------|--------------------------------------------------------------------------|
 * | 0     | V P X CC          | 0x80: version 2, no padding, no extension, no contributing sources       |
 * | 1     | M PT              | marker on the last packet of a frame; payload type 96                    |
 * | 2–3   | sequence          | low half of a counter of 32 bits                                         |
 * | 4–7   | timestamp         | 90 kHz, the same in all packets of a frame                               |
 * | 8–11  | SSRC              | random, the same for as long as the output is open                       |
 * | 12–13 | extended sequence | high half of that counter                                                |
 * | 14–15 | length            | bytes of the segment                                                     |
 * | 16–17 | F, line           | field 0 (progressive), then 15 bits: the line, the first one is 0        |
 * | 18–19 | C, offset         | no further segment header, then 15 bits: first pixel of the segment      |
 */
export const HEADER_BYTES = 20;
/**
 * The most bytes of a segment: with its header and the 8 bytes of UDP it stays within the standard UDP size limit of
 * 1460 bytes (SMPTE ST 2110-10, section 6.3, counts the UDP header).
 */
export const MAXIMUM_SEGMENT_BYTES = 1_460 - 8 - HEADER_BYTES;
/** The first of the dynamic payload types (RFC 3551, section 6). */
export const PAYLOAD_TYPE = 96;
/** Of timestamps, Hz. */
export const CLOCK_RATE = 90_000;

const VERSION_2 = 0x80;
const MARKER = 0x80;

/** The fields that stay as they are from frame to frame. */
export type PacketHeader = {
  readonly isLast: boolean;
  readonly synchronisationSource: number;
  readonly segmentBytes: number;
  readonly line: number;
  readonly offsetPx: number;
};

/** Writes everything but the numbers of a frame. */
export function writeHeader(packet: Buffer, header: PacketHeader): void {
  packet.writeUInt8(VERSION_2, 0);
  packet.writeUInt8((header.isLast ? MARKER : 0) | PAYLOAD_TYPE, 1);
  packet.writeUInt32BE(header.synchronisationSource, 8);
  packet.writeUInt16BE(header.segmentBytes, 14);
  packet.writeUInt16BE(header.line, 16);
  packet.writeUInt16BE(header.offsetPx, 18);
}

/** Writes what differs from frame to frame. @param sequence 32 bits, signed or not; @param timestamp 32 bits, unsigned */
export function writeNumbers(packet: Buffer, sequence: number, timestamp: number): void {
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt16BE(sequence >>> 16, 12);
}

/**
 * The timestamp of a tick: it rises by exactly 90 000 in a second, whatever the rate.
 * @param start that of tick 0, 32 bits
 */
export function timestampOf(tick: number, framesPerSecond: number, start: number): number {
  return (start + Math.floor((tick * CLOCK_RATE) / framesPerSecond)) % 2 ** 32;
}
