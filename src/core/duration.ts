import { z } from 'zod';

/** A length of time such as `500ms`, `2s`, `5m` or `1h`, as milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'a length of time such as "500ms", "2s" or "5m"')
  .transform((text) => {
    const unit = /[a-z]+$/.exec(text)?.[0];
    const factor = unit === 'ms' ? 1 : unit === 's' ? 1_000 : unit === 'm' ? 60_000 : 3_600_000;
    return Math.round(Number.parseFloat(text) * factor);
  });
