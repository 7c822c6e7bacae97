/** A small picture with transparency, cut to what is visible. */
export type Sprite = {
  /** The size before cutting. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What is kept of it. */
  readonly visible: PixelBox;
  /** RGBA of the visible part, straight alpha. */
  readonly pixels: Uint8Array;
};

/** A part of a picture, inside it. */
export type PixelBox = { readonly x: number; readonly y: number; readonly widthPx: number; readonly heightPx: number };

/** Cuts a sprite out of a wider RGBA picture. */
export function spriteOf(
  source: Uint8Array,
  sourceWidthPx: number,
  left: number,
  widthPx: number,
  heightPx: number,
): Sprite {
  let [minimumX, maximumX, minimumY, maximumY] = [widthPx, -1, heightPx, -1];
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      if (source[(y * sourceWidthPx + left + x) * 4 + 3] === 0) continue;
      if (x < minimumX) minimumX = x;
      if (x > maximumX) maximumX = x;
      if (y < minimumY) minimumY = y;
      maximumY = y;
    }
  }
  const visible: PixelBox =
    maximumX < 0
      ? { x: 0, y: 0, widthPx: 0, heightPx: 0 }
      : { x: minimumX, y: minimumY, widthPx: maximumX - minimumX + 1, heightPx: maximumY - minimumY + 1 };
  const pixels = new Uint8Array(visible.widthPx * visible.heightPx * 4);
  for (let y = 0; y < visible.heightPx; y += 1) {
    const from = ((visible.y + y) * sourceWidthPx + left + visible.x) * 4;
    pixels.set(source.subarray(from, from + visible.widthPx * 4), y * visible.widthPx * 4);
  }
  return { widthPx, heightPx, visible, pixels };
}

/**
 * Paints a sprite onto an RGB picture; what lies outside is left out.
 * @returns the part of the picture that may have changed, or null
 */
export function blend(
  target: Uint8Array,
  targetWidthPx: number,
  sprite: Sprite,
  place: { x: number; y: number },
): PixelBox | null {
  const targetHeightPx = target.length / 3 / targetWidthPx;
  const { pixels, visible } = sprite;
  const originX = place.x + visible.x;
  const originY = place.y + visible.y;
  const left = Math.max(0, originX);
  const right = Math.min(targetWidthPx, originX + visible.widthPx);
  const top = Math.max(0, originY);
  const bottom = Math.min(targetHeightPx, originY + visible.heightPx);
  if (left >= right || top >= bottom) return null;
  for (let y = top; y < bottom; y += 1) {
    let from = ((y - originY) * visible.widthPx + left - originX) * 4;
    let to = (y * targetWidthPx + left) * 3;
    for (let x = left; x < right; x += 1, from += 4, to += 3) {
      const alpha = pixels[from + 3] as number;
      if (alpha === 0) continue;
      if (alpha === 255) {
        target[to] = pixels[from] as number;
        target[to + 1] = pixels[from + 1] as number;
        target[to + 2] = pixels[from + 2] as number;
        continue;
      }
      const rest = 255 - alpha;
      target[to] = ((pixels[from] as number) * alpha + (target[to] as number) * rest) / 255;
      target[to + 1] = ((pixels[from + 1] as number) * alpha + (target[to + 1] as number) * rest) / 255;
      target[to + 2] = ((pixels[from + 2] as number) * alpha + (target[to + 2] as number) * rest) / 255;
    }
  }
  return { x: left, y: top, widthPx: right - left, heightPx: bottom - top };
}

/** Puts a part of a picture back to what it was. */
export function restore(target: Uint8Array, original: Uint8Array, widthPx: number, box: PixelBox): void {
  for (let y = box.y; y < box.y + box.heightPx; y += 1) {
    const from = (y * widthPx + box.x) * 3;
    target.set(original.subarray(from, from + box.widthPx * 3), from);
  }
}
