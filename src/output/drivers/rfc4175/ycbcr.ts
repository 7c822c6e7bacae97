/**
 * R′G′B′ to Y′CbCr 4:2:2 after Rec. ITU-R BT.709-6, items 3.2 to 3.4 and 4.6, narrow range, with the bit packing of RFC 4175,
 * section 4.3:
 *
 * Y′ = 0.2126 R′ + 0.7152 G′ + 0.0722 B′, Cb = (B′ − Y′) / 1.8556, Cr = (R′ − Y′) / 1.5748, where R′G′B′ are codes / 255;
 * 8 bits: 16 + 219 Y′ (16 to 235) and 128 + 224 C (16 to 240); 10 bits: 64 + 876 Y′ (64 to 940) and 512 + 896 C (64 to 960).
 *
 * All coefficients are whole ten-thousandths, so the matrix is whole numbers over one denominator (luma 425,000, Cb 1,182,945
 * and Cr 1,003,935 at 8 bits), every intermediate value stays within 31 bits, and the result is the exact value, rounded half
 * up. The constant that is added to each numerator is the offset and the half. The chroma of a pair is that of the mean of
 * both pixels, rounded once, at the end: hence sums, and a denominator twice as large.
 */

/** Packs pixels of 8-bit RGB. `from` and `at` are bytes; `pixels` is even. */
export type PackPixels = (picture: Uint8Array, from: number, pixels: number, target: Uint8Array, at: number) => void;

/** Cb Y Cr Y, a byte each: two pixels in four bytes. */
export function packUyvy(picture: Uint8Array, from: number, pixels: number, target: Uint8Array, at: number): void {
  const end = from + pixels * 3;
  for (let source = from, out = at; source < end; source += 6, out += 4) {
    const r0 = picture[source] ?? 0;
    const g0 = picture[source + 1] ?? 0;
    const b0 = picture[source + 2] ?? 0;
    const r1 = picture[source + 3] ?? 0;
    const g1 = picture[source + 4] ?? 0;
    const b1 = picture[source + 5] ?? 0;
    const r = r0 + r1;
    const g = g0 + g1;
    const b = b0 + b1;
    target[out] = ((56 * (4639 * b - 1063 * r - 3576 * g) + 152_008_432) / 1_182_945) | 0;
    target[out + 1] = ((73 * (1063 * r0 + 3576 * g0 + 361 * b0) + 7_012_500) / 425_000) | 0;
    target[out + 2] = ((56 * (3937 * r - 3576 * g - 361 * b) + 129_005_647) / 1_003_935) | 0;
    target[out + 3] = ((73 * (1063 * r1 + 3576 * g1 + 361 * b1) + 7_012_500) / 425_000) | 0;
  }
}

/** Cb Y Cr Y of ten bits each, most significant bit first, without gaps: two pixels in five bytes. */
export function packUyvp(picture: Uint8Array, from: number, pixels: number, target: Uint8Array, at: number): void {
  const end = from + pixels * 3;
  for (let source = from, out = at; source < end; source += 6, out += 5) {
    const r0 = picture[source] ?? 0;
    const g0 = picture[source + 1] ?? 0;
    const b0 = picture[source + 2] ?? 0;
    const r1 = picture[source + 3] ?? 0;
    const g1 = picture[source + 4] ?? 0;
    const b1 = picture[source + 5] ?? 0;
    const r = r0 + r1;
    const g = g0 + g1;
    const b = b0 + b1;
    const cb = ((224 * (4639 * b - 1063 * r - 3576 * g) + 606_259_312) / 1_182_945) | 0;
    const y0 = ((73 * (1063 * r0 + 3576 * g0 + 361 * b0) + 6_853_125) / 106_250) | 0;
    const cr = ((224 * (3937 * r - 3576 * g - 361 * b) + 514_516_687) / 1_003_935) | 0;
    const y1 = ((73 * (1063 * r1 + 3576 * g1 + 361 * b1) + 6_853_125) / 106_250) | 0;
    target[out] = cb >> 2;
    target[out + 1] = (cb << 6) | (y0 >> 4);
    target[out + 2] = (y0 << 4) | (cr >> 6);
    target[out + 3] = (cr << 2) | (y1 >> 8);
    target[out + 4] = y1;
  }
}
