import type { AccessUnit, Codec } from './access-unit.js';

/** Ethernet's 1500 bytes less the IPv4 and UDP headers leave 1472; a little less passes tunnels too. */
const LARGEST_RTP_PACKET_BYTES = 1_440;
const RTP_HEADER_BYTES = 12;
const INTERLEAVED_HEADER_BYTES = 4;
const FRAGMENT_UNIT_TYPE = 28;
const H265_FRAGMENT_UNIT_TYPE = 49;
const PAYLOAD_TYPE = 96;
/** What precedes the content of a packet in `RtpPackets`. */
export const PACKET_HEAD_BYTES = INTERLEAVED_HEADER_BYTES + RTP_HEADER_BYTES;
const MARKER = 0x80;

/** The clock of pictures in RTP (RFC 6184, 8.2.1; RFC 7798, 7.1). */
export const RTP_CLOCK_HZ = 90_000;

/** The payload type that our session descriptions announce. */
export const VIDEO_PAYLOAD_TYPE = PAYLOAD_TYPE;

/**
 * The packets of one picture, each behind the four bytes that carry it over RTSP (RFC 2326, 10.12), one after the other.
 * Channel, sequence number, timestamp and source are zero: they belong to a viewer and are written into a copy.
 */
export type RtpPackets = {
  readonly bytes: Buffer;
  /** Where each packet begins in `bytes`, at its four bytes. */
  readonly offsets: readonly number[];
};

const known = new WeakMap<AccessUnit, RtpPackets>();

/** Nothing, of which reports can still be made. */
export const NO_PACKETS: RtpPackets = { bytes: Buffer.alloc(0), offsets: [] };

/**
 * The RTP packets of a picture: single NAL units and fragments (RFC 6184, 5.6 and 5.8; RFC 7798, 4.4.1 and 4.4.3), the
 * last one marked. Made once.
 */
export function packetize(unit: AccessUnit, codec: Codec): RtpPackets {
  const found = known.get(unit);
  if (found !== undefined) return found;
  const payloads = unit.units.flatMap(codec === 'h264' ? fragments : h265Fragments);
  const headerBytes = PACKET_HEAD_BYTES;
  const bytes = Buffer.alloc(payloads.reduce((sum, payload) => sum + headerBytes + payload.length, 0));
  const offsets: number[] = [];
  let at = 0;
  payloads.forEach((payload, index) => {
    offsets.push(at);
    bytes[at] = 0x24;
    bytes.writeUInt16BE(RTP_HEADER_BYTES + payload.length, at + 2);
    bytes[at + 4] = 0x80;
    bytes[at + 5] = PAYLOAD_TYPE | (index === payloads.length - 1 ? MARKER : 0);
    payload.copy(bytes, at + headerBytes);
    at += headerBytes + payload.length;
  });
  const packets = { bytes, offsets };
  known.set(unit, packets);
  return packets;
}

/** What tells the packets of one viewer from those of another (RFC 3550, 5.1). */
export type RtpIdentity = {
  readonly channel: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly source: number;
};

/** The packets with a viewer's own header fields; sequence numbers rise from the given one on, modulo 65536. */
export function addressedPackets(packets: RtpPackets, identity: RtpIdentity): Buffer {
  const bytes = Buffer.from(packets.bytes);
  packets.offsets.forEach((offset, index) => {
    bytes[offset + 1] = identity.channel;
    bytes.writeUInt16BE((identity.sequenceNumber + index) & 0xffff, offset + 6);
    bytes.writeUInt32BE(identity.timestamp, offset + 8);
    bytes.writeUInt32BE(identity.source, offset + 12);
  });
  return bytes;
}

/** A sender report without reception blocks (RFC 3550, 6.4.1). */
export function senderReport(
  source: number,
  epochMs: number,
  timestamp: number,
  packetCount: number,
  octetCount: number,
): Buffer {
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = 200;
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(source, 4);
  report.writeUInt32BE(Math.floor(epochMs / 1_000) + 2_208_988_800, 8);
  report.writeUInt32BE(Math.floor(((epochMs % 1_000) / 1_000) * 2 ** 32), 12);
  report.writeUInt32BE(timestamp, 16);
  report.writeUInt32BE(packetCount >>> 0, 20);
  report.writeUInt32BE(octetCount >>> 0, 24);
  return report;
}

function fragments(unit: Buffer): Buffer[] {
  const room = LARGEST_RTP_PACKET_BYTES - RTP_HEADER_BYTES;
  if (unit.length <= room) return [unit];
  const header = unit[0] ?? 0;
  const parts: Buffer[] = [];
  for (let at = 1; at < unit.length; at += room - 2) {
    const end = Math.min(unit.length, at + room - 2);
    const start = at === 1 ? 0x80 : 0;
    const last = end === unit.length ? 0x40 : 0;
    const indicator = Buffer.from([(header & 0xe0) | FRAGMENT_UNIT_TYPE, start | last | (header & 0x1f)]);
    parts.push(Buffer.concat([indicator, unit.subarray(at, end)]));
  }
  return parts;
}

function h265Fragments(unit: Buffer): Buffer[] {
  const room = LARGEST_RTP_PACKET_BYTES - RTP_HEADER_BYTES;
  if (unit.length <= room) return [unit];
  const [first = 0, second = 0] = unit;
  const parts: Buffer[] = [];
  for (let at = 2; at < unit.length; at += room - 3) {
    const end = Math.min(unit.length, at + room - 3);
    const start = at === 2 ? 0x80 : 0;
    const last = end === unit.length ? 0x40 : 0;
    const head = [(first & 0x81) | (H265_FRAGMENT_UNIT_TYPE << 1), second, start | last | ((first >> 1) & 0x3f)];
    parts.push(Buffer.concat([Buffer.from(head), unit.subarray(at, end)]));
  }
  return parts;
}
