import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { sendingOptions } from '../../sending-options.js';
import { pixelViewOptions } from '../../view/options.js';
import { LONGEST_SOURCE_NAME_BYTES, PIXELS_PER_UNIVERSE } from './packet.js';

/** The last universe that carries data (E1.31-2018, 6.2.7). */
const LAST_UNIVERSE = 63_999;
/** DMX512 at its fastest with 512 slots; more only where somebody has asked for it (E1.31-2018, 6.6.1). */
const DMX_HZ = 44;

/** Controllers of pixels that listen to sACN (E1.31), by multicast, or by unicast to one host. */
export const sacnOptions = z.strictObject({
  ...pixelViewOptions,
  ...sendingOptions,
  type: z.literal('sacn'),
  host: z.string().min(1).optional().describe('Unicast to this host; without it, multicast'),
  port: z.int().min(1).max(65_535).default(5568),
  universe: z.int().min(1).max(LAST_UNIVERSE).default(1).describe('The first universe; each carries 170 pixels'),
  priority: z.int().min(0).max(200).default(100).describe('Receivers show the source of the highest priority'),
  sourceName: z
    .string()
    .min(1)
    .refine((name) => Buffer.byteLength(name) <= LONGEST_SOURCE_NAME_BYTES, {
      error: `longer than ${LONGEST_SOURCE_NAME_BYTES} bytes of UTF-8`,
    })
    .default('glasshall')
    .describe('What receivers show people of where the data come from'),
  syncAddress: z
    .int()
    .min(1)
    .max(LAST_UNIVERSE)
    .optional()
    .describe('Universe of the synchronisation packets, for receivers that wait for them; without it, none are sent'),
  interface: z.ipv4().optional().describe('This machine’s address in the network of the receivers, for multicast'),
  ttl: z.int().min(1).max(255).default(1).describe('How many routers multicast may pass, plus one'),
  refreshRateHz: z.number().min(1).max(1_000).default(DMX_HZ).describe('Never more frames a second than this'),
});

/** An sACN output, with defaults filled in. */
export type SacnOptions = z.output<typeof sacnOptions>;

/** It writes universes: of one host, or of all who have joined the groups. */
export const sacnFacts: OptionFacts<SacnOptions> = {
  address: ({ host, port, universe }) => `sacn://${host ?? 'multicast'}:${port}/${universe}`,
  span: ({ host, port, universe }, { widthPx, heightPx }) => ({
    device: host === undefined ? `sACN multicast, port ${port}` : `sACN ${host}:${port}`,
    unit: 'universe',
    from: universe,
    to: universe + Math.ceil((widthPx * heightPx) / PIXELS_PER_UNIVERSE),
    limit: LAST_UNIVERSE + 1,
    option: 'universe',
  }),
};
