import { resolve } from 'node:path';
import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { viewOptions } from '../../view/options.js';

/** Single pictures in files, for tests and for looking closely. */
export const fileOptions = z.strictObject({
  ...viewOptions,
  type: z.literal('file'),
  directory: z.string().min(1).describe('Where the pictures lie; made when it is missing'),
  every: z.int().min(1).default(1).describe('Writes every so manyth tick'),
  maximumFiles: z.int().min(1).max(100_000).default(250).describe('The oldest are deleted'),
});

/** Pictures in files, with defaults filled in. */
export type FileOptions = z.output<typeof fileOptions>;

/** Pictures carry the output's name: two outputs in one folder do not meet. */
export const fileFacts: OptionFacts<FileOptions> = {
  address: ({ directory }) => resolve(directory),
  span: () => null,
};
