import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { sendingOptions } from '../../sending-options.js';
import { pixelViewOptions } from '../../view/options.js';
import { PIXELS_PER_UNIVERSE } from './packet.js';

/** Port-Addresses have 15 bits: 7 of the net, 4 of the sub-net, 4 of the universe. */
const PORT_ADDRESSES = 32_768;

/** An Art-Net 4 node. Several nodes are several outputs. */
export const artnetOptions = z.strictObject({
  ...pixelViewOptions,
  ...sendingOptions,
  type: z.literal('artnet'),
  host: z.string().min(1).describe('The node; Art-Net sends pictures to nodes one by one'),
  port: z.int().min(1).max(65_535).default(6454),
  universe: z
    .int()
    .min(0)
    .max(PORT_ADDRESSES - 1)
    .default(0)
    .describe('The first Port-Address, net × 256 + sub-net × 16 + universe; each carries 170 pixels'),
  sync: z
    .enum(['none', 'host', 'broadcast'])
    .default('none')
    .describe('ArtSync after every frame, so that all universes change at once: to the node, or to all nodes'),
  refreshRateHz: z
    .number()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Never more frames a second than this; without it, what the node says it can show'),
  interface: z.ipv4().optional().describe('This machine’s address in the network of the nodes'),
});

/** An Art-Net output, with defaults filled in. */
export type ArtnetOptions = z.output<typeof artnetOptions>;

/** It writes Port-Addresses of a node. */
export const artnetFacts: OptionFacts<ArtnetOptions> = {
  address: ({ host, port, universe }) => `artnet://${host}:${port}/${universe}`,
  span: ({ host, port, universe }, { widthPx, heightPx }) => ({
    device: `Art-Net ${host}:${port}`,
    unit: 'universe',
    from: universe,
    to: universe + Math.ceil((widthPx * heightPx) / PIXELS_PER_UNIVERSE),
    limit: PORT_ADDRESSES,
    option: 'universe',
  }),
};
