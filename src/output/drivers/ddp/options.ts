import { z } from 'zod';

/** A DDP controller (3waylabs), UDP. `area` is the part of the wall it shows; without it, the whole wall. */
export const ddpOptions = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  type: z.literal('ddp'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(4048),
  area: z
    .strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) })
    .optional(),
  destination: z.int().min(1).max(255).default(1).describe('DDP display id'),
  sequence: z.boolean().default(true).describe('Off for WLED with "skip out of sequence"'),
  offset: z.int().min(0).default(0).describe('First byte in the controller’s frame buffer'),
});

/** A DDP output, with defaults filled in. */
export type DdpOptions = z.output<typeof ddpOptions>;
