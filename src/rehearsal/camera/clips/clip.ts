import type { Size } from '../../../core/geometry.js';
import { GlasshallError } from '../../../core/errors.js';
import { readSliceFormat, type SliceFormat, stillPictureParameters } from '../h264/still-picture.js';
import type { AccessUnit, Codec } from '../../../rtsp/access-unit.js';
import { type NetworkUnit, splitByteStream, UNIT_TYPE, unitType } from '../../../rtsp/network-units.js';

/** Every simulated camera runs at this rate, as most cameras of Chinese halls do. */
export const FRAMES_PER_SECOND = 25;

/** A short recording that a simulated camera plays round and round, in memory, shared by all cameras that show it. */
export type Clip = Size & {
  readonly name: string;
  readonly codec: Codec;
  /** Frames from one key frame to the next; the length of the clip is a multiple of it. */
  readonly gopFrames: number;
  /** Of H.265 alone. */
  readonly videoParameters: NetworkUnit | null;
  readonly sequenceParameters: NetworkUnit;
  /** The encoder's own, then the one that still pictures use. */
  readonly pictureParameters: readonly NetworkUnit[];
  /** How to write a still picture; null where that is a key frame again. */
  readonly sliceFormat: SliceFormat | null;
  readonly accessUnits: readonly AccessUnit[];
};

/**
 * Reads an H.264 byte stream in which an access unit delimiter begins every picture.
 * @throws GlasshallError `clip-unreadable` when it holds no picture, or its key frames are not exactly `gopFrames` apart
 */
export function parseClip(name: string, size: Size, gopFrames: number, stream: Buffer): Clip {
  const pictures: NetworkUnit[][] = [];
  let sequenceParameters: NetworkUnit | undefined;
  let pictureParameters: NetworkUnit | undefined;
  for (const unit of splitByteStream(stream)) {
    switch (unitType(unit)) {
      case UNIT_TYPE.delimiter:
        pictures.push([]);
        break;
      case UNIT_TYPE.sequenceParameters:
        sequenceParameters ??= unit;
        break;
      case UNIT_TYPE.pictureParameters:
        pictureParameters ??= unit;
        break;
      case UNIT_TYPE.slice:
      case UNIT_TYPE.keySlice:
        pictures.at(-1)?.push(unit);
        break;
      default:
        break;
    }
  }
  const unreadable = (why: string): GlasshallError =>
    new GlasshallError('clip-unreadable', `clip ${name}: ${why}`, { clip: name });
  if (sequenceParameters === undefined || pictureParameters === undefined) throw unreadable('no parameter sets');
  if (pictures.length === 0 || pictures.length % gopFrames !== 0) {
    throw unreadable(`${pictures.length} frames are no multiple of ${gopFrames}`);
  }
  const parameterSets = [sequenceParameters, pictureParameters, stillPictureParameters()];
  const accessUnits = pictures.map((slices, index): AccessUnit => {
    const isKeyFrame = slices.some((slice) => unitType(slice) === UNIT_TYPE.keySlice);
    if (slices.length === 0) throw unreadable(`frame ${index} is empty`);
    if (isKeyFrame !== (index % gopFrames === 0)) throw unreadable(`a key frame is out of place at frame ${index}`);
    return { units: isKeyFrame ? [...parameterSets, ...slices] : slices, isKeyFrame };
  });
  return {
    name,
    codec: 'h264',
    videoParameters: null,
    widthPx: size.widthPx,
    heightPx: size.heightPx,
    gopFrames,
    sequenceParameters,
    pictureParameters: parameterSets.slice(1),
    sliceFormat: readSliceFormat(sequenceParameters),
    accessUnits,
  };
}
