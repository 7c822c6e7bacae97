import type { BrightnessOptions } from './options.js';

export type LuxOptions = NonNullable<BrightnessOptions['lux']>;

/** What is known of the light that falls on the place. */
export type LightReading = {
  /** The reading that counts: one that differs too little from it is not taken over. */
  readonly lux: number;
  /** When the sensor last said anything. */
  readonly atMs: number;
};

/**
 * Takes a reading in. Small changes are ignored, so that a cloud's edge does not make the wall go up and down; that the
 * sensor is alive is remembered all the same.
 */
export function observe(
  known: LightReading | null,
  lux: number,
  atMs: number,
  { hysteresisPercent, staleAfter }: Pick<LuxOptions, 'hysteresisPercent' | 'staleAfter'>,
): LightReading {
  if (known === null || isStale(known, atMs, staleAfter)) return { lux, atMs };
  const difference = Math.abs(lux - known.lux);
  const counts = difference > 0 && difference >= (known.lux * hysteresisPercent) / 100;
  return { lux: counts ? lux : known.lux, atMs };
}

/** Whether a reading is too old to be believed. */
export function isStale({ atMs }: LightReading, nowMs: number, staleAfterMs: number): boolean {
  return nowMs - atMs >= staleAfterMs;
}

/**
 * The brightness for a light, per cent: between two points of the curve along the logarithm of the light, as eyes see it
 * (of `1 + lux`, so that darkness has one); beyond its ends as at its ends.
 * @param curve in rising lux
 */
export function percentAt(curve: LuxOptions['curve'], lux: number): number {
  const above = curve.findIndex((point) => point.lux >= lux);
  const upper = above < 0 ? curve.at(-1) : curve[above];
  const lower = above < 0 ? upper : curve[Math.max(0, above - 1)];
  if (upper === undefined || lower === undefined) return 100;
  if (upper.lux === lower.lux) return upper.percent;
  const share = (Math.log1p(lux) - Math.log1p(lower.lux)) / (Math.log1p(upper.lux) - Math.log1p(lower.lux));
  return lower.percent + (upper.percent - lower.percent) * share;
}
