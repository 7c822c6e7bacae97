import type { Size } from '../../core/geometry.js';
import { boxesIn, findBox } from './boxes.js';
import { mayHaveFields } from './field-coding.js';

/** Colour as the stream is tagged, in the code points of ISO/IEC 23091-2 (`matrix` 1 BT.709, 5 and 6 BT.601). */
export type StreamColour = {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly fullRange: boolean;
};

/** What an initialisation segment says about its pictures. */
export type StreamInformation = Size & {
  readonly family: 'h264' | 'h265' | 'mjpeg' | 'other';
  /** As browsers and RFC 6381 write it, such as `avc1.64001f`; the bare sample entry where that is unknown. */
  readonly codec: string;
  /** Whether a picture may consist of two fields, taken at two moments. Known of H.264 alone: fields are rare in H.265. */
  readonly isInterlaced: boolean;
  /** Null where the stream is not tagged. */
  readonly colour: StreamColour | null;
  readonly ticksPerSecond: number;
};

/** Bytes of a VisualSampleEntry before its boxes (ISO/IEC 14496-12, 12.1.3). */
const VISUAL_SAMPLE_ENTRY_BYTES = 78;

/**
 * Reads `moov` (its payload): the first video track.
 * @returns null when there is none that can be understood
 */
export function readStreamInformation(moov: Buffer): StreamInformation | null {
  for (const box of boxesIn(moov)) {
    if (box.type !== 'trak') continue;
    const mdhd = findBox(box.payload, 'mdia', 'mdhd');
    const stsd = findBox(box.payload, 'mdia', 'minf', 'stbl', 'stsd');
    if (mdhd === null || stsd === null || stsd.length < 8) continue;
    const [entry] = boxesIn(stsd.subarray(8));
    if (entry === undefined || entry.payload.length < VISUAL_SAMPLE_ENTRY_BYTES) continue;
    const widthPx = entry.payload.readUInt16BE(24);
    const heightPx = entry.payload.readUInt16BE(26);
    if (widthPx === 0 || heightPx === 0) continue;
    const inside = entry.payload.subarray(VISUAL_SAMPLE_ENTRY_BYTES);
    const timescaleAt = mdhd[0] === 1 ? 20 : 12;
    if (mdhd.length < timescaleAt + 4) continue;
    return {
      widthPx,
      heightPx,
      ...codecOf(entry.type, inside),
      colour: colourOf(inside),
      ticksPerSecond: mdhd.readUInt32BE(timescaleAt),
    };
  }
  return null;
}

function codecOf(entryType: string, inside: Buffer): Pick<StreamInformation, 'family' | 'codec' | 'isInterlaced'> {
  switch (entryType) {
    case 'avc1':
    case 'avc3': {
      // AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1): version, profile, compatibility, level.
      const avcC = findBox(inside, 'avcC');
      const codec = avcC === null || avcC.length < 4 ? entryType : `${entryType}.${avcC.toString('hex', 1, 4)}`;
      return { family: 'h264', codec, isInterlaced: avcC !== null && mayHaveFields(avcC) };
    }
    case 'hvc1':
    case 'hev1':
      return { family: 'h265', codec: entryType, isInterlaced: false };
    case 'mp4v':
    case 'jpeg':
      return { family: 'mjpeg', codec: 'mjpeg', isInterlaced: false };
    default:
      return { family: 'other', codec: entryType, isInterlaced: false };
  }
}

/** ColourInformationBox of type `nclx` (ISO/IEC 14496-12, 12.1.5). */
function colourOf(inside: Buffer): StreamColour | null {
  const colr = findBox(inside, 'colr');
  if (colr === null || colr.length < 11 || colr.toString('latin1', 0, 4) !== 'nclx') return null;
  return {
    primaries: colr.readUInt16BE(4),
    transfer: colr.readUInt16BE(6),
    matrix: colr.readUInt16BE(8),
    fullRange: (colr.readUInt8(10) & 0x80) !== 0,
  };
}
