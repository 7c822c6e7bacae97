import { BitReader } from '../../../core/bit-reader.js';
import { type NetworkUnit, UNIT_TYPE } from '../../../rtsp/network-units.js';
import { BitWriter } from './bit-writer.js';

/** Profiles whose sequence parameter set carries the chroma format (ITU-T H.264, 7.3.2.1.1). */
const PROFILES_WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const REFERENCE = 2 << 5;

/** The id of the picture parameter set that still pictures use; an encoder's own has 0. */
const STILL_PARAMETERS_ID = 1;

/** What a sequence parameter set says about the headers of slices, and how many macroblocks a picture has. */
export type SliceFormat = { readonly frameNumberBits: number; readonly macroblockCount: number };

/**
 * Reads what is needed to write slices for this sequence (ITU-T H.264, 7.3.2.1.1).
 * @throws RangeError when the sequence is interlaced or orders its pictures explicitly: streams without B-frames do neither
 */
export function readSliceFormat(sequenceParameters: NetworkUnit): SliceFormat {
  const reader = new BitReader(sequenceParameters);
  const profile = reader.bits(8);
  reader.bits(16);
  reader.unsigned();
  if (PROFILES_WITH_CHROMA_FORMAT.has(profile)) {
    if (reader.unsigned() === 3) reader.bits(1);
    reader.unsigned();
    reader.unsigned();
    reader.bits(1);
    if (reader.bits(1) === 1) throw new RangeError('scaling matrices are not supported');
  }
  const frameNumberBits = reader.unsigned() + 4;
  if (reader.unsigned() !== 2) throw new RangeError('the pictures of the stream are ordered explicitly');
  reader.unsigned();
  reader.bits(1);
  const widthMacroblocks = reader.unsigned() + 1;
  const heightMacroblocks = reader.unsigned() + 1;
  if (reader.bits(1) === 0) throw new RangeError('the stream is interlaced');
  return { frameNumberBits, macroblockCount: widthMacroblocks * heightMacroblocks };
}

/**
 * The picture parameter set of still pictures (7.3.2.2): one slice, variable-length coding, in which "everything as before"
 * is a single number, whatever coding the encoder chose for its own pictures.
 */
export function stillPictureParameters(): NetworkUnit {
  return new BitWriter()
    .unsigned(STILL_PARAMETERS_ID)
    .unsigned(0) // seq_parameter_set_id
    .bits(0, 2) // entropy_coding_mode_flag: variable length; bottom_field_pic_order_in_frame_present_flag
    .unsigned(0) // num_slice_groups_minus1
    .unsigned(0) // num_ref_idx_l0_default_active_minus1
    .unsigned(0) // num_ref_idx_l1_default_active_minus1
    .bits(0, 3) // weighted_pred_flag, weighted_bipred_idc
    .unsigned(0) // pic_init_qp_minus26
    .unsigned(0) // pic_init_qs_minus26
    .unsigned(0) // chroma_qp_index_offset
    .bits(4, 3) // deblocking_filter_control_present_flag, then no constrained intra, no redundant pictures
    .unit((3 << 5) | UNIT_TYPE.pictureParameters);
}

/**
 * A picture equal to the one before it: a P slice in which every macroblock is skipped (7.3.3, 7.3.4).
 * @param framesSinceKey 1 for the first picture after a key frame
 */
export function stillPicture(format: SliceFormat, framesSinceKey: number): NetworkUnit {
  return new BitWriter()
    .unsigned(0) // first_mb_in_slice
    .unsigned(5) // slice_type: every slice of the picture is P
    .unsigned(STILL_PARAMETERS_ID)
    .bits(framesSinceKey % 2 ** format.frameNumberBits, format.frameNumberBits)
    .bits(0, 3) // no override of reference counts, no reordering, no adaptive reference marking
    .unsigned(0) // slice_qp_delta
    .unsigned(1) // disable_deblocking_filter_idc
    .unsigned(format.macroblockCount) // mb_skip_run
    .unit(REFERENCE | UNIT_TYPE.slice);
}
