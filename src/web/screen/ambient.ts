import type { Picture } from './painter.js';

/** The picture in a handful of colours, for the light that it throws on the street around it. */
export const AMBIENT_COLUMNS = 16;
export const AMBIENT_ROWS = 9;

const SAMPLES_PER_SIDE = 6;
const lightOf = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Averages (linear light, 0 to 255) of the picture's fields, RGBA row by row, from a few samples each. */
export function ambientLight(picture: Picture, into: Uint8Array): void {
  for (let row = 0; row < AMBIENT_ROWS; row += 1) {
    for (let column = 0; column < AMBIENT_COLUMNS; column += 1) {
      fieldLight(picture, column, row, into, (row * AMBIENT_COLUMNS + column) * 4);
    }
  }
}

function fieldLight(picture: Picture, column: number, row: number, into: Uint8Array, at: number): void {
  let [red, green, blue] = [0, 0, 0];
  for (let down = 0; down < SAMPLES_PER_SIDE; down += 1) {
    const y = Math.floor(((row + (down + 0.5) / SAMPLES_PER_SIDE) * picture.heightPx) / AMBIENT_ROWS);
    for (let right = 0; right < SAMPLES_PER_SIDE; right += 1) {
      const x = Math.floor(((column + (right + 0.5) / SAMPLES_PER_SIDE) * picture.widthPx) / AMBIENT_COLUMNS);
      const source = (y * picture.widthPx + x) * 3;
      red += lightOf[picture.rgb[source] ?? 0] ?? 0;
      green += lightOf[picture.rgb[source + 1] ?? 0] ?? 0;
      blue += lightOf[picture.rgb[source + 2] ?? 0] ?? 0;
    }
  }
  const scale = 255 / (SAMPLES_PER_SIDE * SAMPLES_PER_SIDE);
  into[at] = red * scale;
  into[at + 1] = green * scale;
  into[at + 2] = blue * scale;
  into[at + 3] = 255;
}
