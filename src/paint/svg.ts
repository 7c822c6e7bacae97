import sharp from 'sharp';
import { type Bitmap, createBitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';

/** Controls that would turn the reading direction of everything behind them, and characters XML cannot hold. */
const UNPAINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as one line that can be painted: line breaks and tabs become spaces, what cannot be painted is left out. */
export function toOneLine(text: string): string {
  return text.replace(/[\t\r\n\u0085\u2028\u2029]+/g, ' ').replace(UNPAINTABLE, '');
}

/** A text for use in XML content or in a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Wraps elements into an SVG document of a size. */
export function svgDocument(size: Size, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.widthPx}" height="${size.heightPx}">${content}</svg>`;
}

/**
 * Paints an SVG document of exactly the given size.
 * @returns RGBA with straight alpha, widthPx × heightPx × 4 bytes
 */
export async function rasterise(size: Size, content: string): Promise<Buffer> {
  const { data, info } = await sharp(Buffer.from(svgDocument(size, content)))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== size.widthPx || info.height !== size.heightPx || info.channels !== 4) {
    throw new RangeError(
      `painted ${info.width}×${info.height}×${info.channels}, wanted ${size.widthPx}×${size.heightPx}×4`,
    );
  }
  return data;
}

/** Paints an SVG document of exactly the given size into a bitmap. */
export async function paintSvg(size: Size, content: string): Promise<Bitmap> {
  return createBitmap(size, await rasterise(size, content));
}
