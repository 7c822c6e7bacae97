/**
 * Takes encoded pictures out of FLV as ffmpeg writes it to a pipe (Adobe Flash Video File Format Specification 10.1, annex E):
 * a picture is whole as soon as it is written, which a plain byte stream of H.264 only shows when the next one begins.
 */
import type { NetworkUnit } from '../../../rtsp/network-units.js';

const FILE_HEADER_BYTES = 9;
const BACK_POINTER_BYTES = 4;
const TAG_HEADER_BYTES = 11;
const TAG_TYPE_VIDEO = 9;
const CODEC_H264 = 7;
const KEY_FRAME = 1;
const PARAMETERS = 0;
const PICTURE = 1;
const VIDEO_HEADER_BYTES = 5;

/** What is found in it. */
export type FlvListener = {
  onParameters(sequenceParameters: NetworkUnit, pictureParameters: readonly NetworkUnit[]): void;
  onPicture(units: readonly NetworkUnit[], isKeyFrame: boolean): void;
};

/** Reads one FLV file as it comes. */
export class FlvReader {
  readonly #listener: FlvListener;
  #pending: Buffer = Buffer.alloc(0);
  #headerBytes = FILE_HEADER_BYTES + BACK_POINTER_BYTES;

  constructor(listener: FlvListener) {
    this.#listener = listener;
  }

  /** Takes bytes in. @returns the number of pictures that are whole now */
  push(bytes: Buffer): number {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    if (this.#headerBytes > 0) {
      if (this.#pending.length < this.#headerBytes) return 0;
      this.#pending = this.#pending.subarray(this.#headerBytes);
      this.#headerBytes = 0;
    }
    let pictures = 0;
    for (let tag = this.#take(); tag !== null; tag = this.#take()) {
      if (this.#read(tag)) pictures += 1;
    }
    return pictures;
  }

  /** The next whole tag. */
  #take(): Buffer | null {
    if (this.#pending.length < TAG_HEADER_BYTES) return null;
    const end = TAG_HEADER_BYTES + this.#pending.readUIntBE(1, 3) + BACK_POINTER_BYTES;
    if (this.#pending.length < end) return null;
    const tag = this.#pending.subarray(0, end - BACK_POINTER_BYTES);
    this.#pending = this.#pending.subarray(end);
    return tag;
  }

  /** @returns whether it was a picture */
  #read(tag: Buffer): boolean {
    const body = tag.subarray(TAG_HEADER_BYTES);
    const [kind = 0, packet] = body;
    if (tag[0] !== TAG_TYPE_VIDEO || (kind & 0x0f) !== CODEC_H264) return false;
    const content = body.subarray(VIDEO_HEADER_BYTES);
    if (packet === PARAMETERS) this.#readParameters(content);
    if (packet !== PICTURE) return false;
    this.#listener.onPicture(prefixedUnits(content, 4), kind >> 4 === KEY_FRAME);
    return true;
  }

  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). */
  #readParameters(record: Buffer): void {
    const [sequenceParameters] = prefixedUnits(record.subarray(6), 2, (record[5] ?? 0) & 0x1f);
    if (sequenceParameters === undefined) return;
    const at = 6 + 2 + sequenceParameters.length;
    const pictureParameters = prefixedUnits(record.subarray(at + 1), 2, record[at] ?? 0);
    this.#listener.onParameters(sequenceParameters, pictureParameters);
  }
}

/** Units that stand behind their lengths. */
function prefixedUnits(bytes: Buffer, lengthBytes: 2 | 4, most = Number.POSITIVE_INFINITY): NetworkUnit[] {
  const units: NetworkUnit[] = [];
  let at = 0;
  while (units.length < most && at + lengthBytes < bytes.length) {
    const end = at + lengthBytes + bytes.readUIntBE(at, lengthBytes);
    units.push(bytes.subarray(at + lengthBytes, end));
    at = end;
  }
  return units;
}
