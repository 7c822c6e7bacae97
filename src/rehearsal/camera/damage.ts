import { randomFillSync } from 'node:crypto';
import type { AccessUnit, Codec } from '../../rtsp/access-unit.js';
import { UNIT_TYPE, unitType } from '../../rtsp/network-units.js';
import { NO_PACKETS, PACKET_HEAD_BYTES, packetize, type RtpPackets } from '../../rtsp/packets.js';
import { h265UnitType } from './clips/h265-clip.js';
import type { StreamConditions } from './conditions.js';

/** Kept of the content of a garbled packet: the head of its NAL unit or fragment, so that it still reaches decoders. */
const KEPT_BYTES = 3;
/** Types below it are slices (ITU-T H.265, table 7-1). */
const H265_PARAMETER_SETS = 32;

/** The packets of a picture as they leave a camera of which this and that is wrong. */
export function departingPackets(unit: AccessUnit, codec: Codec, conditions: StreamConditions): RtpPackets {
  if (conditions.isSilent) return NO_PACKETS;
  const packets = packetize(conditions.isTruncated ? truncated(unit, codec) : unit, codec);
  return conditions.isGarbage ? garbled(packets) : packets;
}

/** An encoder that gave up half way: slices end early, nothing says so. */
function truncated(unit: AccessUnit, codec: Codec): AccessUnit {
  const units = unit.units.map((each) => (isSlice(each, codec) ? each.subarray(0, Math.ceil(each.length / 2)) : each));
  return { ...unit, units };
}

function isSlice(unit: Buffer, codec: Codec): boolean {
  if (codec === 'h265') return h265UnitType(unit) < H265_PARAMETER_SETS;
  const type = unitType(unit);
  return type === UNIT_TYPE.slice || type === UNIT_TYPE.keySlice;
}

function garbled({ bytes, offsets }: RtpPackets): RtpPackets {
  const copy = Buffer.from(bytes);
  offsets.forEach((offset, index) => {
    const begin = offset + PACKET_HEAD_BYTES + KEPT_BYTES;
    const end = offsets[index + 1] ?? copy.length;
    if (begin < end) randomFillSync(copy, begin, end - begin);
  });
  return { bytes: copy, offsets };
}
