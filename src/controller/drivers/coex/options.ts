import { z } from 'zod';
import { commonOptions, hostOption, portOption } from '../../common-options.js';

/** A NovaStar COEX controller (MX, CX, KU series), HTTP. While VMP runs on another computer, it takes no commands. */
export const coexOptions = z.strictObject({
  ...commonOptions,
  type: z.literal('coex'),
  host: hostOption,
  port: portOption.default(8001),
  cabinets: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('How many cabinets there are; without it, as many as were ever seen'),
  input: z.string().min(1).max(64).optional().describe('Name of the input that must have a signal, as VMP shows it'),
});

/** A COEX controller, with defaults filled in. */
export type CoexOptions = z.output<typeof coexOptions>;
