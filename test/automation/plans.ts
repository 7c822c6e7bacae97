import { scheduleOptions, tourOptions, type ScheduleOptions, type TourOptions } from '../../src/automation/options.js';
import type { z } from 'zod';

/** A schedule as people write it. */
export function schedule(written: z.input<typeof scheduleOptions>): ScheduleOptions {
  return scheduleOptions.parse(written);
}

/** A tour as people write it. */
export function tour(written: z.input<typeof tourOptions>): TourOptions {
  return tourOptions.parse(written);
}
