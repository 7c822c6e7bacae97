import { z } from 'zod';

/** What outputs have in common that send packets over a network. */
export const sendingOptions = {
  rateLimitMbit: z
    .number()
    .positive()
    .max(100_000)
    .optional()
    .describe(
      'Never more than so many Mbit/s, also for a moment and everything on the wire counted; for controllers behind a slower line, such as 90 for 100 Mbit/s. A frame that takes longer than a tick costs the next ones',
    ),
};
