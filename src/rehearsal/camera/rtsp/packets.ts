import type { AccessUnit } from '../clips/clip.js';

/** Ethernet's 1500 bytes less the IPv4 and UDP headers leave 1472; a little less passes tunnels too. */
const LARGEST_RTP_PACKET_BYTES = 1_440;
const RTP_HEADER_BYTES = 12;
const INTERLEAVED_HEADER_BYTES = 4;
const FRAGMENT_UNIT_TYPE = 28;
const PAYLOAD_TYPE = 96;
const MARKER = 0x80;

/** The clock of H.264 in RTP (RFC 6184, 8.2.1). */
export const RTP_CLOCK_HZ = 90_000;

/** The payload type that our session descriptions announce. */
export const H264_PAYLOAD_TYPE = PAYLOAD_TYPE;

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

/** The RTP packets of a picture: single NAL units and FU-A fragments (RFC 6184, 5.6 and 5.8), the last one marked. Made once. */
export function packetize(unit: AccessUnit): RtpPackets {
  const found = known.get(unit);
  if (found !== undefined) return found;
  const payloads = unit.units.flatMap(fragments);
  const headerBytes = INTERLEAVED_HEADER_BYTES + RTP_HEADER_BYTES;
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
