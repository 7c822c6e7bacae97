import type { z } from 'zod';
import type { DriverContext, OutputDriver } from './output-driver.js';

/** What every driver's folder exports: the shape of its options, and how to make one. */
export type OutputModule<Options> = {
  readonly options: z.ZodType<Options>;
  /** @throws GlasshallError when the options do not fit the picture */
  create(options: Options, context: DriverContext): OutputDriver;
};
