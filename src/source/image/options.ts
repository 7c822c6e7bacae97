import { z } from 'zod';
import { identifier } from '../../core/identifier-option.js';

/** A still picture from a file. */
export const imageOptions = z.strictObject({
  id: identifier,
  name: z.string().min(1).max(64),
  file: z
    .string()
    .min(1)
    .max(1_024)
    .describe('PNG, JPEG or WebP, at most 32 MB and 64 megapixels; a relative path counts from the configuration file'),
});

/** An image. */
export type ImageOptions = z.output<typeof imageOptions>;
