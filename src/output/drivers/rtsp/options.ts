import { z } from 'zod';
import { encodingOptions } from '../../encoding/options.js';
import type { OptionFacts } from '../../option-facts.js';
import { viewOptions } from '../../view/options.js';

/** Our own RTSP address, from which splicers and players pull the wall's picture. */
export const rtspOptions = z
  .strictObject({
    ...viewOptions,
    ...encodingOptions,
    type: z.literal('rtsp'),
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Where it listens: this machine alone, 0.0.0.0 for all networks'),
    port: z.int().min(1).max(65_535).default(8554),
    path: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'letters, digits, hyphens, underscores and dots')
      .default('wall')
      .describe('The address is rtsp://HOST:PORT/PATH'),
    username: z
      .string()
      .regex(/^[^":\r\n]+$/, 'without quotes and colons')
      .optional(),
    password: z.string().min(1).optional().describe('As ${NAME} or ${file:PATH}; digest authentication'),
    maximumClients: z.int().min(1).max(64).default(8),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    message: 'username and password go together',
    path: ['password'],
  });

/** Our own RTSP address, with defaults filled in. */
export type RtspOptions = z.output<typeof rtspOptions>;

/** Two of them at one port: the second one says so itself. */
export const rtspFacts: OptionFacts<RtspOptions> = {
  isUnbroken: true,
  address: ({ host, port, path }) => `rtsp://${host.includes(':') ? `[${host}]` : host}:${port}/${path}`,
  span: () => null,
};
