import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * A door for lighting desks (Open Sound Control 1.0, over UDP). OSC knows no passwords: only the named hosts are heard, and
 * nothing that reveals what somebody hid can be said through it.
 */
export const oscOptions = z.strictObject({
  port: z.int().min(1).max(65_535).default(8_000),
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  desks: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('Stands in the log beside what the desk did'),
        host: z.string().refine((host) => isIP(host) !== 0, 'give the address of the desk as a number'),
      }),
    )
    .min(1)
    .describe('Who is heard'),
});

export type OscOptions = z.output<typeof oscOptions>;
