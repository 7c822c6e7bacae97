/** The value below which the given share (0 to 1) of the numbers lies; nearest rank. NaN for no numbers. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Rounded for people. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
