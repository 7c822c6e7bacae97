import { z } from 'zod';
import { commonOptions, hostOption, portOption } from '../../common-options.js';

/**
 * A Colorlight processor (X, Z, D, V, S series), TCP. It takes commands and reports nothing: whether it obeyed cannot be told.
 * Receiving cards without one are driven by an output of type colorlight, and their brightness is an option of that.
 */
export const colorlightOptions = z.strictObject({
  ...commonOptions,
  type: z.literal('colorlight'),
  host: hostOption,
  port: portOption.default(9999),
  searchPort: portOption.default(9099).describe('UDP port at which it says that it is there'),
  protocol: z
    .enum(['v', 'z'])
    .default('v')
    .describe(
      'v: U9, X100, X20m to X40m, Z4 Pro, Z5, Z6 Pro G2, Z8t, D9, D16, V8; z: X2s to X7, X2m, X4m, X8E, X12, X16E, X20, S20',
    ),
  device: z.int().min(1).max(64).optional().describe('Number of the device; without it, all behind that address'),
});

/** A Colorlight processor, with defaults filled in. */
export type ColorlightOptions = z.output<typeof colorlightOptions>;
