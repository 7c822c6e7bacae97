import { z } from 'zod';
import { identifier } from '../core/identifier-option.js';
import { duration } from '../core/duration.js';

const SHORTEST_INTERVAL_MS = 500;
const LONGEST_INTERVAL_MS = 60_000;

/** Sending again what a controller does not do. */
export const repairOptions = z.strictObject({
  attempts: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('How often, until the controller has been as wanted for a while'),
  wait: duration.default(5_000).describe('Between the first and the second attempt; doubled each time'),
});

/** What is said of every controller. */
export const commonOptions = {
  id: identifier,
  outputs: z.array(z.string()).max(64).default([]).describe('Ids of the outputs that end in this controller'),
  every: duration
    .refine((ms) => ms >= SHORTEST_INTERVAL_MS && ms <= LONGEST_INTERVAL_MS, 'from "500ms" to "60s"')
    .default(1_000)
    .describe('How often it is asked; an alarm comes within 5 s where this is 1 s'),
  settle: duration.default(2_000).describe('A difference that lasts longer is an alarm'),
  blackout: z
    .boolean()
    .default(true)
    .describe('Whether a blackout switches the controller to black, too; false: it goes on with black pixels'),
  maximumCelsius: z.number().min(0).max(150).default(75).describe('A hotter cabinet is an alarm'),
  minimumVolts: z.number().min(0).max(60).optional().describe('A lower supply voltage of a cabinet is an alarm'),
  repair: repairOptions.optional().describe('Without it a difference is told of, and left to people'),
};

/** Where a controller of the network is. */
export const hostOption = z.string().regex(/^[^\s/@]+$/, 'an IP address or a name, without user, port or path');
/** A TCP or UDP port. */
export const portOption = z.int().min(1).max(65_535);

/** How often and after how long it is sent again, waits in milliseconds. */
export type RepairOptions = z.output<typeof repairOptions>;
