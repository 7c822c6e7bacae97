import { isIP } from 'node:net';
import { z } from 'zod';
import type { OptionFacts } from '../../option-facts.js';
import { sendingOptions } from '../../sending-options.js';
import { viewOptions } from '../../view/options.js';

/** A receiver of uncompressed video over RTP, or a multicast group of them. */
export const rfc4175Options = z
  .strictObject({
    ...viewOptions,
    ...sendingOptions,
    type: z.literal('rfc4175'),
    host: z.string().min(1).describe('A receiver, or a multicast group such as 239.20.0.1'),
    port: z.int().min(1).max(65_535).default(5004),
    sampling: z.enum(['RGB', 'YCbCr-4:2:2']).default('RGB').describe('YCbCr-4:2:2 takes an even number of columns'),
    depth: z
      .union([z.literal(8), z.literal(10)])
      .default(8)
      .describe('Bits of a sample; 10 with YCbCr-4:2:2 only'),
    colorimetry: z.literal('BT709').default('BT709'),
    interface: z
      .ipv4()
      .optional()
      .describe('Address of this machine from which multicast leaves; without it, the system chooses'),
    timeToLive: z
      .int()
      .min(1)
      .max(255)
      .optional()
      .describe('How many networks multicast may cross; without it 1: it stays in its own'),
    sdpFile: z
      .string()
      .startsWith('/', 'a path that begins with /')
      .optional()
      .describe('Where the session description (SDP) is kept while the output sends'),
  })
  .refine(({ sampling, depth }) => sampling !== 'RGB' || depth === 8, {
    path: ['depth'],
    message: 'RGB has 8 bits; 10 take sampling: YCbCr-4:2:2',
  })
  .refine((options) => isMulticast(options.host) || options.interface === undefined, {
    path: ['interface'],
    message: 'only a multicast host takes an interface',
  })
  .refine(({ host, timeToLive }) => isMulticast(host) || timeToLive === undefined, {
    path: ['timeToLive'],
    message: 'only a multicast host takes a time to live',
  });

/** An output of uncompressed video, with defaults filled in. */
export type Rfc4175Options = z.output<typeof rfc4175Options>;

/** Whether a host is the address of a multicast group: 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291). */
export function isMulticast(host: string): boolean {
  if (isIP(host) === 4) return Number.parseInt(host, 10) >> 4 === 0xe;
  return isIP(host) === 6 && /^ff[0-9a-f]{2}:/i.test(host);
}

/** Two streams at one port would be taken for one. */
export const rfc4175Facts: OptionFacts<Rfc4175Options> = {
  address: ({ host, port }) => `rtp://${host}:${port}`,
  span: ({ host, port }) => ({
    device: `RTP ${host}`,
    unit: 'port',
    from: port,
    to: port + 1,
    limit: 65_536,
    option: 'port',
  }),
  misfit: ({ sampling }, { widthPx }) =>
    sampling === 'RGB' || widthPx % 2 === 0
      ? null
      : {
          code: 'odd-width',
          option: 'sampling',
          message: `YCbCr-4:2:2 sends columns in pairs, and there are ${widthPx}`,
          mend: 'give it an area with an even width, or set sampling: RGB',
        },
};
