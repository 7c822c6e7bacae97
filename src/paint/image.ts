import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { createBitmap, type Bitmap } from '../core/bitmap.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import type { Fit, Size } from '../core/geometry.js';

const LARGEST_FILE_BYTES = 32 * 1024 * 1024;
const LARGEST_PIXELS = 64_000_000;
const FORMATS: ReadonlySet<string | undefined> = new Set(['png', 'jpeg', 'webp']);
/** Beside a picture of another shape, and behind one that lets something through. */
const GROUND = '#000000';

/**
 * Reads a picture and looks whether it can be shown.
 * @throws GlasshallError `image-missing`, `image-no-access`, `image-too-large`, `image-unreadable` (also of another format), with `reason`
 */
export async function readImage(file: string): Promise<Buffer> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw imageProblem('image-unreadable', `${file} is no file`);
    if (found.size > LARGEST_FILE_BYTES) throw imageProblem('image-too-large', `${file} is larger than 32 MB`);
    const bytes = await readFile(file);
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!FORMATS.has(format)) throw imageProblem('image-unreadable', `${file} is no PNG, JPEG or WebP`);
    if (width * height > LARGEST_PIXELS) {
      throw imageProblem('image-too-large', `${file} has ${width}×${height} pixels, more than 64 million`);
    }
    return bytes;
  } catch (failure) {
    if (failure instanceof GlasshallError) throw failure;
    const code = failure instanceof Error && 'code' in failure ? failure.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw imageProblem('image-missing', `there is no file ${file}`, failure);
    if (code === 'EACCES' || code === 'EPERM')
      throw imageProblem('image-no-access', `${file} may not be read`, failure);
    throw imageProblem('image-unreadable', `${file} cannot be read: ${messageOf(failure)}`, failure);
  }
}

/**
 * Reads a picture, upright, in a size. Of several pictures in one file it is the first.
 * @returns opaque, of exactly this size
 * @throws GlasshallError as `readImage`
 */
export async function paintImage(file: string, size: Size, fit: Fit): Promise<Bitmap> {
  const bytes = await readImage(file);
  try {
    const rgba = await sharp(bytes, { limitInputPixels: LARGEST_PIXELS })
      .rotate()
      .resize({ width: size.widthPx, height: size.heightPx, fit, background: GROUND })
      .flatten({ background: GROUND })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer();
    return createBitmap(size, rgba);
  } catch (failure) {
    throw imageProblem('image-unreadable', `${file} cannot be read: ${messageOf(failure)}`, failure);
  }
}

function imageProblem(code: string, message: string, cause?: unknown): GlasshallError {
  return new GlasshallError(code, message, {}, { cause });
}
