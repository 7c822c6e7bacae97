import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { sendingOptions } from '../../sending-options.js';
import { pixelViewOptions } from '../../view/options.js';

/** A DDP controller (3waylabs), UDP. */
export const ddpOptions = z.strictObject({
  ...pixelViewOptions,
  ...sendingOptions,
  type: z.literal('ddp'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(4048),
  destination: z.int().min(1).max(255).default(1).describe('DDP display id'),
  sequence: z.boolean().default(true).describe('Off for WLED with "skip out of sequence"'),
  pushTo: z
    .ipv4()
    .optional()
    .describe(
      'For a wall of several controllers that shall show a frame at the same moment: frames are sent without push, and one push follows to this address, usually the broadcast address such as 192.168.10.255, once all outputs with the same address have sent theirs',
    ),
  offset: z.int().min(0).default(0).describe('First byte in the controller’s frame buffer'),
});

/** A DDP output, with defaults filled in. */
export type DdpOptions = z.output<typeof ddpOptions>;

/** It writes bytes of the controller's frame buffer; offsets have 32 bits. */
export const ddpFacts: OptionFacts<DdpOptions> = {
  address: ({ host, port }) => `ddp://${host}:${port}`,
  span: ({ host, port, destination, offset }, { widthPx, heightPx }) => ({
    device: `DDP ${host}:${port}, destination ${destination}`,
    unit: 'byte',
    from: offset,
    to: offset + widthPx * heightPx * 3,
    limit: 2 ** 32,
    option: 'offset',
  }),
};
