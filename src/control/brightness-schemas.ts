import { z } from 'zod';

const percent = z.number().min(0).max(100);

/** How bright the wall is and why, and what the law allows. */
export const brightness = z.object({
  /** What it is lit with now, per cent of full light, and where it goes. */
  percent,
  targetPercent: percent,
  isRamping: z.boolean(),
  reason: z.enum(['schedule', 'lux', 'operator', 'default', 'ceiling', 'curfew', 'standby']),
  /** `waking`: not open yet, awake with a slate. */
  phase: z.enum(['open', 'waking', 'standby']),
  /** What an operator asked for; null: automatic. */
  wishPercent: percent.nullable(),
  automaticPercent: percent,
  automaticReason: z.enum(['schedule', 'lux', 'default']),
  /** The reading of the light that counts; null before the first. */
  light: z.object({ lux: z.number(), atMs: z.number() }).nullable(),
  /** There should be a reading of the light, and none can be believed. */
  isLightStale: z.boolean(),
  /** What the law allows now, and how that comes about. */
  ceiling: z.object({
    ceilingPercent: percent,
    kind: z.enum(['none', 'luminance', 'curfew']),
    rule: z.string().nullable(),
    source: z
      .object({
        document: z.string(),
        section: z.string(),
        address: z.string(),
        reading: z.enum(['quoted', 'reported']),
        note: z.string().optional(),
      })
      .nullable(),
    computation: z.array(
      z.object({
        code: z.string(),
        value: z.union([z.number(), z.string(), z.boolean()]),
        unit: z.enum(['nits', 'squareMetres', 'lux', 'percent', 'factor']).nullable(),
        source: z.string().optional(),
      }),
    ),
  }),
  outputs: z.array(
    z.object({
      output: z.string(),
      by: z.enum(['pixels', 'controller', 'nobody']),
      percent,
      pixelPercent: percent,
      isSilent: z.boolean(),
    }),
  ),
});
