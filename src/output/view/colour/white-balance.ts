/** Of red, green and blue, 0 to 1 each, in linear light. */
export type Gains = readonly [red: number, green: number, blue: number];

/** Linear sRGB from CIE XYZ (IEC 61966-2-1). */
const FROM_XYZ: readonly (readonly [number, number, number])[] = [
  [3.2406, -1.5372, -0.4986],
  [-0.9689, 1.8758, 0.0415],
  [0.0557, -0.204, 1.057],
];

/**
 * What each channel is multiplied with so that white has the colour of daylight of that temperature; the strongest
 * channel stays as it is. After the daylight locus of CIE 15, section 4.1.2; at 6504 K (D65) all are 1 within a hundredth.
 * @param kelvin 4000 to 25000
 */
export function gainsOfKelvin(kelvin: number): Gains {
  const x =
    kelvin <= 7_000
      ? 0.244063 + 0.09911e3 / kelvin + 2.9678e6 / kelvin ** 2 - 4.607e9 / kelvin ** 3
      : 0.23704 + 0.24748e3 / kelvin + 1.9018e6 / kelvin ** 2 - 2.0064e9 / kelvin ** 3;
  const y = -3 * x ** 2 + 2.87 * x - 0.275;
  const [red = 0, green = 0, blue = 0] = FROM_XYZ.map(([ofX, ofY, ofZ]) =>
    Math.max(0, (ofX * x) / y + ofY + (ofZ * (1 - x - y)) / y),
  );
  const strongest = Math.max(red, green, blue);
  return [red / strongest, green / strongest, blue / strongest];
}
