/** Cells beside the bits: a white and a black one to compare with, and one that makes the number of ones even. */
const FURTHER_CELLS = 3;
const MINIMUM_CONTRAST = 60;

/** How many cells show a number of so many bits. */
export function cellCountOf(bits: number): number {
  return bits + FURTHER_CELLS;
}

/**
 * Whether a cell of a number is white, when it is shown as black and white cells for a camera or a program to read: white,
 * black, the bits from the highest on, parity.
 * @param value 0 to 2^bits − 1
 * @param bits at most 32
 */
export function isCellWhite(value: number, bits: number, cell: number): boolean {
  if (cell === 0) return true;
  if (cell === 1) return false;
  if (cell < bits + 2) return ((value >>> (bits + 1 - cell)) & 1) === 1;
  let ones = 0;
  for (let rest = value >>> 0; rest !== 0; rest >>>= 1) ones += rest & 1;
  return ones % 2 === 1;
}

/**
 * Reads a number back from its cells.
 * @param levels of the cells in their order, 0 to 255
 * @returns null when it cannot be read with certainty
 */
export function readNumberCells(levels: readonly number[]): number | null {
  const [white = 0, black = 0, ...rest] = levels;
  if (white - black < MINIMUM_CONTRAST) return null;
  const threshold = (white + black) / 2;
  const bits = rest.map((level): number => (level > threshold ? 1 : 0));
  if (bits.filter((bit) => bit === 1).length % 2 !== 0) return null;
  return bits.slice(0, -1).reduce((value, bit) => value * 2 + bit, 0);
}
