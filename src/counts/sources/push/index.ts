import type { z } from 'zod';
import type { CountSource, CountSourceContext } from '../../count-source.js';
import type { pushCountOptions } from '../../options.js';
import { PushSource } from './source.js';

/** Counts that a queue system brings to us. */
export function createPushSource(options: z.output<typeof pushCountOptions>, context: CountSourceContext): CountSource {
  return new PushSource(options, context);
}
