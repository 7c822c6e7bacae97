import type { Fragment } from './fragment.js';
import type { StreamInformation } from './stream-information.js';

/** NAL unit type of a sequence parameter set: H.264 table 7-1, H.265 table 7-1. */
const H264_SPS = 7;
const H265_SPS = 33;
/** Parameter sets come before the picture; whatever else is looked at is bounded. */
const MAXIMUM_UNITS = 16;

/**
 * The sequence parameter sets inside a fragment (NAL units with lengths of four bytes before them, ISO/IEC 14496-15), one
 * after another; empty when it carries none.
 */
export function sequenceParameterSets(fragment: Fragment, family: StreamInformation['family']): Buffer {
  const { bytes } = fragment;
  if (family !== 'h264' && family !== 'h265') return Buffer.alloc(0);
  const found: Buffer[] = [];
  let offset = bytes.readUInt32BE(0) + 8;
  for (let unit = 0; unit < MAXIMUM_UNITS && offset + 5 <= bytes.length; unit += 1) {
    const length = bytes.readUInt32BE(offset);
    const first = bytes.readUInt8(offset + 4);
    const end = offset + 4 + length;
    if (length === 0 || end > bytes.length) break;
    const isSps = family === 'h264' ? (first & 0x1f) === H264_SPS : ((first >> 1) & 0x3f) === H265_SPS;
    if (isSps) found.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  return Buffer.concat(found);
}

/**
 * Notices that a camera changes resolution or profile in the middle of a connection. Compared with what the stream itself
 * carried before, not with what was announced: many cameras announce one thing and send a slightly different one.
 */
export class ParameterWatch {
  readonly #family: StreamInformation['family'];
  #before: Buffer | null = null;

  constructor(family: StreamInformation['family']) {
    this.#family = family;
  }

  /** Whether this fragment brings other parameters than those before. */
  isChange(fragment: Fragment): boolean {
    if (!fragment.isKey) return false;
    const now = sequenceParameterSets(fragment, this.#family);
    if (now.length === 0) return false;
    const changes = this.#before !== null && !this.#before.equals(now);
    this.#before = now;
    return changes;
  }
}
