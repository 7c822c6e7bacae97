import { z } from 'zod';

/** What the wall was lit with last, per cent: kept, so that a restart does not jump. */
export const savedLevel = z.strictObject({ percent: z.number().min(0).max(100) });
export type SavedLevel = z.output<typeof savedLevel>;

/** The next brightness on the way to a target: no further than the ramp allows. */
export function approach(percent: number, target: number, ratePerSecond: number, elapsedMs: number): number {
  const most = (ratePerSecond * Math.max(0, elapsedMs)) / 1_000;
  return percent < target ? Math.min(target, percent + most) : Math.max(target, percent - most);
}
