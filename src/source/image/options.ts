import { z } from 'zod';

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');

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
