/** Bayer's ordered dither of 8×8: every step of 1/64 turns one more pixel of the square to the next shade. */
const SIDE = 8;

/** The threshold at a place of the wall, 2 to 254, evenly spread: what is added to a shade in 256ths before the fraction is cut off. */
export function thresholdAt(x: number, y: number): number {
  let rank = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    const ofX = (x >> bit) & 1;
    const ofY = (y >> bit) & 1;
    rank = rank * 4 + (ofX ^ ofY) * 2 + ofY;
  }
  return rank * (256 / SIDE ** 2) + 2;
}

/**
 * The thresholds of wall pixels in the order of the wire, 0 for null pixels, up to whole groups of four.
 * @param pixels of the wall, counted row by row; negative: null
 */
export function thresholdsOf(pixels: Int32Array, wallWidthPx: number): Uint8Array {
  const thresholds = new Uint8Array(Math.ceil(pixels.length / 4) * 4);
  pixels.forEach((pixel, index) => {
    if (pixel >= 0) thresholds[index] = thresholdAt(pixel % wallWidthPx, Math.floor(pixel / wallWidthPx));
  });
  return thresholds;
}
