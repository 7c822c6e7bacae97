import { BitReader } from '../../core/bit-reader.js';

/** Profiles whose sequence parameter set carries the chroma format (ITU-T H.264, 7.3.2.1.1). */
const PROFILES_WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** The longest that the standard allows (7.4.2.1.1). */
const MAXIMUM_CYCLE = 255;

/**
 * Whether pictures of an H.264 stream may consist of two fields, taken at two moments: `frame_mbs_only_flag` is 0 (ITU-T
 * H.264, 7.3.2.1.1 and 7.4.2.1.1). What cannot be read counts as whole frames.
 * @param avcC AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1)
 */
export function mayHaveFields(avcC: Buffer): boolean {
  const hasSet = avcC.length > 8 && (avcC.readUInt8(5) & 0x1f) > 0;
  if (!hasSet) return false;
  try {
    return !hasFramesOnly(new BitReader(avcC.subarray(8, 8 + avcC.readUInt16BE(6))));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function hasFramesOnly(reader: BitReader): boolean {
  const profile = reader.bits(8);
  reader.bits(16); // constraint flags, level
  reader.unsigned(); // seq_parameter_set_id
  if (PROFILES_WITH_CHROMA_FORMAT.has(profile)) skipChromaFormat(reader);
  reader.unsigned(); // log2_max_frame_num_minus4
  skipPictureOrder(reader);
  reader.unsigned(); // max_num_ref_frames
  reader.bits(1); // gaps_in_frame_num_value_allowed_flag
  reader.unsigned(); // pic_width_in_mbs_minus1
  reader.unsigned(); // pic_height_in_map_units_minus1
  return reader.bits(1) === 1;
}

function skipChromaFormat(reader: BitReader): void {
  const chromaFormat = reader.unsigned();
  if (chromaFormat === 3) reader.bits(1); // separate_colour_plane_flag
  reader.unsigned(); // bit_depth_luma_minus8
  reader.unsigned(); // bit_depth_chroma_minus8
  reader.bits(1); // qpprime_y_zero_transform_bypass_flag
  if (reader.bits(1) === 0) return; // seq_scaling_matrix_present_flag
  const lists = chromaFormat === 3 ? 12 : 8;
  for (let list = 0; list < lists; list += 1) {
    if (reader.bits(1) === 1) skipScalingList(reader, list < 6 ? 16 : 64);
  }
}

/** `scaling_list()` (7.3.2.1.1.1): a scale of 0 ends it. */
function skipScalingList(reader: BitReader, size: number): void {
  let scale = 8;
  for (let index = 0; index < size && scale !== 0; index += 1) scale = (scale + reader.signed() + 256) % 256;
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.unsigned(); // pic_order_cnt_type
  if (type === 0) reader.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
  if (type !== 1) return;
  reader.bits(1); // delta_pic_order_always_zero_flag
  reader.signed(); // offset_for_non_ref_pic
  reader.signed(); // offset_for_top_to_bottom_field
  const cycle = reader.unsigned(); // num_ref_frames_in_pic_order_cnt_cycle
  if (cycle > MAXIMUM_CYCLE) throw new RangeError('the parameter set has too long a cycle');
  for (let index = 0; index < cycle; index += 1) reader.signed();
}
