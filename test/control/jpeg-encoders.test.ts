import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbPicture } from '../../src/control/pictures/jpeg/encoder.js';
import { jpegEncoder, jpegEncoders } from '../../src/control/pictures/jpeg/registry.js';

/** Smooth, so that what compressing loses is small, and other in every corner. */
function gradient(widthPx: number, heightPx: number): RgbPicture {
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const across = x / widthPx;
      const down = y / heightPx;
      rgb.set([230 * across, 210 * down, 128 + 90 * (1 - across) - 60 * down], (y * widthPx + x) * 3);
    }
  }
  return { rgb, widthPx, heightPx };
}

/** The JPEG as somebody else reads it, and how far it is from the picture that was meant. */
async function difference(jpeg: Buffer, meant: RgbPicture): Promise<{ mean: number; most: number; size: number[] }> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  let most = 0;
  data.forEach((value, index) => {
    const off = Math.abs(value - (meant.rgb[index] ?? -999));
    sum += off;
    most = Math.max(most, off);
  });
  return { mean: sum / data.length, most, size: [info.width, info.height, info.channels] };
}

test('both encoders work where the set-up has been, and the faster one is used', () => {
  expect(jpegEncoders.map(({ name }) => name)).toEqual(['libjpeg-turbo', 'sharp']);
  expect(jpegEncoder.name).toBe('libjpeg-turbo');
});

describe.each(jpegEncoders)('$name', (encoder) => {
  test.each([
    [240, 135, 240, 135],
    [241, 137, 241, 137],
    [33, 16, 33, 16],
    [1, 1, 1, 1],
    [640, 360, 240, 135],
    [1_280, 720, 640, 360],
    [1_919, 1_079, 333, 187],
    [96, 48, 480, 48],
  ])('a picture of %i×%i, at most %i wide', async (widthPx, heightPx, mostPx, meantHeightPx) => {
    const jpeg = await encoder.encode(gradient(widthPx, heightPx), mostPx);
    const meant = gradient(Math.min(widthPx, mostPx), meantHeightPx);
    expect([jpeg.widthPx, jpeg.heightPx]).toEqual([meant.widthPx, meant.heightPx]);
    const { mean, most, size } = await difference(jpeg.bytes, meant);
    expect(size).toEqual([meant.widthPx, meant.heightPx, 3]);
    expect(mean).toBeLessThan(widthPx < 40 ? 3 : 2);
    expect(most).toBeLessThan(widthPx < 40 ? 45 : 14);
  });

  test('black, white and the pure colours keep their range', async () => {
    for (const colour of [
      [0, 0, 0],
      [255, 255, 255],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ]) {
      const rgb = Buffer.alloc(64 * 36 * 3, Uint8Array.from(colour));
      const jpeg = await encoder.encode({ rgb, widthPx: 64, heightPx: 36 }, 32);
      const { most } = await difference(jpeg.bytes, { rgb: rgb.subarray(0, 32 * 18 * 3), widthPx: 32, heightPx: 18 });
      expect(most).toBeLessThanOrEqual(3);
    }
  });

  test('what was encoded before stays as it was', async () => {
    const first = await encoder.encode(gradient(320, 180), 160);
    const copy = Buffer.from(first.bytes);
    await encoder.encode({ rgb: Buffer.alloc(640 * 360 * 3, 90), widthPx: 640, heightPx: 360 }, 240);
    await encoder.encode({ rgb: Buffer.alloc(320 * 180 * 3, 40), widthPx: 320, heightPx: 180 }, 160);
    expect(first.bytes.equals(copy)).toBe(true);
  });

  test('stripes finer than a pixel of the result become grey: every pixel counts, and none is picked', async () => {
    const stripes = (shift: number): RgbPicture => {
      const pair = [255, 255, 255, 0, 0, 0];
      const rgb = Buffer.alloc(640 * 360 * 3, Uint8Array.from(shift === 0 ? pair : pair.toReversed()));
      return { rgb, widthPx: 640, heightPx: 360 };
    };
    for (const shift of [0, 1]) {
      const { bytes } = await encoder.encode(stripes(shift), 240);
      const { channels } = await sharp(bytes).stats();
      const [grey] = channels;
      expect(Math.abs((grey?.mean ?? 0) - 127)).toBeLessThan(6);
      // Picked pixels would be black or white: 127.
      expect(grey?.stdev).toBeLessThan(40);
    }
  });
});
