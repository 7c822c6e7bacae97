import { type FontWeight, lineMarkup } from './line.js';
import { rasterise } from './svg.js';

const MEASURE_SIZE_PX = 200;
const WIDEST_CHARACTER_EM = 2;
/** The full block fills the em from edge to edge, so its left edge stands exactly where the text before it ends. */
const SENTINEL = '\u2588';
const KEPT_MEASUREMENTS = 4_000;
/** The longest text that is measured as one picture; the painting library ends at 32,767 pixels. */
export const LONGEST_MEASURED_CHARACTERS = 64;

const measurements = new Map<string, Promise<number>>();

/**
 * How far a text moves the pen, in ems (advance ÷ font size). Exact to the font's own units (1/1000 em): the text is
 * painted with a block of another colour behind it, and the block's left edge is read back.
 * @param text one line of at most `LONGEST_MEASURED_CHARACTERS` characters
 */
export function advanceEm(text: string, weight: FontWeight): Promise<number> {
  const key = `${weight}\n${text}`;
  const known = measurements.get(key);
  if (known !== undefined) return known;
  const measured = measure(text, weight);
  measurements.set(key, measured);
  measured.catch(() => measurements.delete(key));
  if (measurements.size > KEPT_MEASUREMENTS) {
    const oldest = measurements.keys().next().value;
    if (oldest !== undefined) measurements.delete(oldest);
  }
  return measured;
}

async function measure(text: string, weight: FontWeight): Promise<number> {
  if (text === '') return 0;
  if (text.length > LONGEST_MEASURED_CHARACTERS) {
    throw new RangeError(`text of ${text.length} characters is too long to be measured in one piece`);
  }
  const widthPx = (text.length * WIDEST_CHARACTER_EM + 2) * MEASURE_SIZE_PX;
  // A few rows through the middle of the characters are enough: the block crosses every row.
  const heightPx = 4;
  const content = lineMarkup({
    text,
    xPx: 0,
    baselinePx: MEASURE_SIZE_PX * 0.35,
    fontSizePx: MEASURE_SIZE_PX,
    weight,
    colour: '#ff0000',
    tail: `<tspan fill="#0000ff">${SENTINEL}</tspan>`,
  });
  const rgba = await rasterise({ widthPx, heightPx }, content);
  const middleRow = 2 * widthPx * 4;
  for (let x = 0; x < widthPx; x++) {
    const pixel = middleRow + x * 4;
    const blueCoverage = ((rgba[pixel + 2] ?? 0) * (rgba[pixel + 3] ?? 0)) / (255 * 255);
    if (blueCoverage > 0.004) return Math.round(((x + 1 - blueCoverage) / MEASURE_SIZE_PX) * 1_000) / 1_000;
  }
  throw new RangeError('the end of the measured text was not found');
}
