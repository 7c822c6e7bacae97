import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { sendingOptions } from '../../sending-options.js';
import { viewOptions } from '../../view/options.js';
import { LARGEST_DATAGRAM_BYTES } from './packet.js';

/** A Flaschen-Taschen server, UDP. */
export const flaschenTaschenOptions = z.strictObject({
  ...viewOptions,
  ...sendingOptions,
  type: z.literal('flaschen-taschen'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(1337),
  x: z.int().min(0).max(65_535).default(0).describe('First column on the display'),
  y: z.int().min(0).max(65_535).default(0).describe('First row on the display'),
  layer: z
    .int()
    .min(0)
    .max(15)
    .default(0)
    .describe('Above 0, black is transparent, and what is not renewed goes after 15 seconds'),
  datagramBytes: z
    .int()
    .min(512)
    .max(LARGEST_DATAGRAM_BYTES)
    .default(LARGEST_DATAGRAM_BYTES)
    .describe(
      'The largest datagram. Above 1472 it crosses a network in fragments, and one lost fragment loses all of it',
    ),
});

/** A Flaschen-Taschen output, with defaults filled in. */
export type FlaschenTaschenOptions = z.output<typeof flaschenTaschenOptions>;

/** It has layers, and pictures on each may lie where they like: nothing to fight over. */
export const flaschenTaschenFacts: OptionFacts<FlaschenTaschenOptions> = {
  address: ({ host, port }) => `flaschen-taschen://${host}:${port}`,
  span: () => null,
};
