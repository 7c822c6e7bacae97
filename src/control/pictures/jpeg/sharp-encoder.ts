import { resize } from '../../snapshots.js';
import { QUALITY, sizeWithin, type Jpeg, type JpegEncoder, type RgbPicture } from './encoder.js';

/** A few per cent more bytes cost less than the second pass that would save them. */
const JPEG = { quality: QUALITY, optimiseCoding: false };

/** Works everywhere. */
export class SharpEncoder implements JpegEncoder {
  readonly name = 'sharp';

  async encode(picture: RgbPicture, widthPx: number): Promise<Jpeg> {
    const size = sizeWithin(picture, widthPx);
    const isSmaller = size.widthPx < picture.widthPx;
    const image = resize(picture, isSmaller ? size.widthPx : null, isSmaller ? size.heightPx : null, 'cubic');
    return { bytes: await image.jpeg(JPEG).toBuffer(), ...size };
  }
}
