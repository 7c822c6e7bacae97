import type { Size } from '../../src/core/geometry.js';
import type { CanvasFrame } from '../../src/output/output-driver.js';

/** A picture in which no two pixels that lie near each other are equal, different for every tick. */
export function picture(size: Size, tick: number): CanvasFrame & { readonly pixels: Uint8Array } {
  const pixels = new Uint8Array(size.widthPx * size.heightPx * 3);
  for (let index = 0; index < pixels.length; index += 1)
    pixels[index] = (index * 31 + (index >> 8) * 7 + tick * 53) % 256;
  return { ...size, tick, pixels };
}

/** The bytes of a part of a picture, row by row. */
export function cut(frame: CanvasFrame, x: number, y: number, widthPx: number, heightPx: number): Buffer {
  const rows = Array.from({ length: heightPx }, (_, row) => {
    const from = ((y + row) * frame.widthPx + x) * 3;
    return frame.pixels.subarray(from, from + widthPx * 3);
  });
  return Buffer.concat(rows);
}

/** A port of 127.0.0.1 at which nobody listens. */
export async function closedPort(): Promise<number> {
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}
