import { createBitmap, type Bitmap } from '../../src/core/bitmap.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import type { Size } from '../../src/core/geometry.js';
import type { PictureItem, Scene, SceneItem } from '../../src/wall/scene.js';

export type Rgb = readonly [red: number, green: number, blue: number];

/** A bitmap of one colour. */
export function plain(size: Size, [red, green, blue]: Rgb, alpha = 255): Bitmap {
  const rgba = new Uint8Array(size.widthPx * size.heightPx * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([red, green, blue, alpha], at);
  return createBitmap(size, rgba);
}

/** A slot with one frame whose every pixel says where it is: red = x, green = y, blue as given. */
export function positionSlot(size: Size, blue: number, publishedAtMs: number): FrameSlot {
  const slot = FrameSlot.create(size);
  const pixels = slot.beginWrite();
  for (let y = 0; y < size.heightPx; y += 1) {
    for (let x = 0; x < size.widthPx; x += 1) pixels.set([x % 256, y % 256, blue], (y * size.widthPx + x) * 3);
  }
  slot.publish(publishedAtMs);
  return slot;
}

/** A tile with an orange slate. */
export function tile(x: number, y: number, slot: FrameSlot | null, size: Size, staleAfterMs = 1_000): PictureItem {
  return {
    kind: 'picture',
    rectangle: { x, y, ...size },
    slot: slot?.handle ?? null,
    staleAfterMs,
    slate: plain(size, [200, 100, 0]),
    label: null,
  };
}

export function scene(sceneNumber: number, ...items: readonly SceneItem[]): Scene {
  return { sceneNumber, items };
}

/** The colour of one pixel. */
export function pixel(canvas: Uint8Array, widthPx: number, x: number, y: number): number[] {
  const at = (y * widthPx + x) * 3;
  return [...canvas.subarray(at, at + 3)];
}
