import type { Size } from '../../../core/geometry.js';

/** JPEG quality of moving pictures, 1 to 100. */
export const QUALITY = 72;

/** RGB, 8 bits each, row by row: widthPx × heightPx × 3 bytes. */
export type RgbPicture = Size & { readonly rgb: Buffer };

/** A JPEG of its own, and how large it is. */
export type Jpeg = Size & { readonly bytes: Buffer };

/** Makes baseline JPEGs, colours halved both ways (4:2:0). The picture is needed until the promise settles. */
export type JpegEncoder = {
  readonly name: string;
  /** @param widthPx of the result, the height follows; a picture that is not wider stays as it is */
  encode(picture: RgbPicture, widthPx: number): Promise<Jpeg>;
};

/** The size of a picture made no wider than this. */
export function sizeWithin(picture: Size, widthPx: number): Size {
  if (widthPx >= picture.widthPx) return { widthPx: picture.widthPx, heightPx: picture.heightPx };
  return { widthPx, heightPx: Math.max(1, Math.round((picture.heightPx * widthPx) / picture.widthPx)) };
}
