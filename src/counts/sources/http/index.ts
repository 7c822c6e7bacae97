import type { z } from 'zod';
import type { CountSource, CountSourceContext } from '../../count-source.js';
import type { httpCountOptions } from '../../options.js';
import { HttpSource } from './source.js';

/** Counts that are asked for over HTTP, at an interval. */
export function createHttpSource(options: z.output<typeof httpCountOptions>, context: CountSourceContext): CountSource {
  return new HttpSource(options, context);
}
