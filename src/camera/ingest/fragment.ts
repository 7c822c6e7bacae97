import { boxesIn, findBox } from './boxes.js';

/** One picture of a stream: a `moof` and its `mdat`, playable after the initialisation segment and the last key fragment. */
export type Fragment = {
  readonly bytes: Buffer;
  /** Whether decoding can begin here. */
  readonly isKey: boolean;
  /** Decoding time in the track's ticks. */
  readonly decodeTicks: bigint;
  /** When it arrived, on the monotonic clock. */
  readonly arrivedAtMs: number;
};

/** `sample_is_non_sync_sample` of the sample flags (ISO/IEC 14496-12, 8.8.3.1). */
const NON_SYNC = 0x0001_0000;

/** The flags that samples have unless a fragment says otherwise, of `moov` (its payload). */
export function defaultSampleFlags(moov: Buffer): number {
  const trex = findBox(moov, 'mvex', 'trex');
  return trex === null || trex.length < 24 ? 0 : trex.readUInt32BE(20);
}

/** Reads what matters of a `moof` (its payload): whether its first sample is a key picture, and its decoding time. */
export function readFragmentHeader(
  moof: Buffer,
  trackDefaultFlags: number,
): { readonly isKey: boolean; readonly decodeTicks: bigint } {
  let flags = trackDefaultFlags;
  let decodeTicks = 0n;
  const traf = findBox(moof, 'traf') ?? Buffer.alloc(0);
  for (const { type, payload } of boxesIn(traf)) {
    if (type === 'tfhd') flags = trackFragmentFlags(payload) ?? flags;
    if (type === 'tfdt' && payload.length >= 8) {
      decodeTicks =
        payload[0] === 1 && payload.length >= 12 ? payload.readBigUInt64BE(4) : BigInt(payload.readUInt32BE(4));
    }
    if (type === 'trun') flags = firstSampleFlags(payload) ?? flags;
  }
  return { isKey: (flags & NON_SYNC) === 0, decodeTicks };
}

/** `default_sample_flags` of `tfhd` (8.8.7); the optional fields before it decide where it lies. */
function trackFragmentFlags(tfhd: Buffer): number | null {
  if (tfhd.length < 8) return null;
  const present = tfhd.readUIntBE(1, 3);
  if ((present & 0x20) === 0) return null;
  const offset =
    8 + (present & 0x1 ? 8 : 0) + (present & 0x2 ? 4 : 0) + (present & 0x8 ? 4 : 0) + (present & 0x10 ? 4 : 0);
  return offset + 4 <= tfhd.length ? tfhd.readUInt32BE(offset) : null;
}

/** Flags of the first sample of `trun` (8.8.8): `first_sample_flags`, or the flags in its first entry. */
function firstSampleFlags(trun: Buffer): number | null {
  if (trun.length < 8) return null;
  const present = trun.readUIntBE(1, 3);
  const afterDataOffset = 8 + (present & 0x1 ? 4 : 0);
  if ((present & 0x4) !== 0) return afterDataOffset + 4 <= trun.length ? trun.readUInt32BE(afterDataOffset) : null;
  if ((present & 0x400) === 0) return null;
  const offset = afterDataOffset + (present & 0x100 ? 4 : 0) + (present & 0x200 ? 4 : 0);
  return offset + 4 <= trun.length ? trun.readUInt32BE(offset) : null;
}
