/** How fast a line really runs: whole pixels a tick, and what that is in characters a minute. */
export type TickerSpeed = { readonly pixelsPerTick: number; readonly charactersPerMinute: number };

/**
 * The whole number of pixels a tick that comes nearest to a speed, at least 1. Whole pixels keep the line sharp; the
 * price is that the true speed differs, most on fast walls with small letters.
 * @param charactersPerMinute of one em each, which a Chinese character is wide
 */
export function tickerSpeed(charactersPerMinute: number, fontSizePx: number, framesPerSecond: number): TickerSpeed {
  const ticksPerMinute = framesPerSecond * 60;
  const pixelsPerTick = Math.max(1, Math.round((charactersPerMinute * fontSizePx) / ticksPerMinute));
  return { pixelsPerTick, charactersPerMinute: (pixelsPerTick * ticksPerMinute) / fontSizePx };
}
