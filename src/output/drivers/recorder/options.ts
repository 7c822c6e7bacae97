import { resolve } from 'node:path';
import { z } from 'zod';
import { duration } from '../../../core/duration.js';
import { encodingOptions } from '../../encoding/options.js';
import type { OptionFacts } from '../../option-facts.js';
import { viewOptions } from '../../view/options.js';

/** Records what was shown, in files of some minutes. */
export const recorderOptions = z.strictObject({
  ...viewOptions,
  ...encodingOptions,
  type: z.literal('recorder'),
  directory: z.string().min(1).describe('Where the recordings lie; made when it is missing'),
  segment: duration
    .pipe(z.number().min(1_000).max(86_400_000))
    .default(600_000)
    .describe('Length of a file, such as "10m"; files begin at whole multiples of it by the clock'),
  keepFor: duration.default(2_592_000_000).describe('Older files are deleted, such as "720h", thirty days'),
  maximumSizeGB: z.number().positive().optional().describe('All files together; the oldest are deleted first'),
  leaveFreeGB: z
    .number()
    .min(0)
    .default(2)
    .describe('So much stays free on the disk: the oldest files are deleted, and when that is not enough it waits'),
});

/** A recorder, with defaults filled in. */
export type RecorderOptions = z.output<typeof recorderOptions>;

/** Recordings carry the output's name: two recorders in one folder do not meet. */
export const recorderFacts: OptionFacts<RecorderOptions> = {
  isUnbroken: true,
  address: ({ directory }) => resolve(directory),
  span: () => null,
};
