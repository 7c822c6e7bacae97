import { z } from 'zod';

/** A camera as people see it. */
export const tile = z.object({
  camera: z.string(),
  name: z.string(),
  state: z.enum(['connecting', 'live', 'stale', 'frozen', 'retrying', 'off']),
  sinceMs: z.number(),
  slate: z.boolean(),
  lastLiveAtMs: z.number().nullable(),
  reason: z.string().nullable(),
  attempt: z.int(),
  nextTryAtMs: z.number().nullable(),
  ageMs: z.number().nullable(),
  stream: z.object({ name: z.string(), widthPx: z.int(), heightPx: z.int(), codec: z.string() }).nullable(),
  onAir: z.boolean(),
  onPreview: z.boolean(),
  /** Null where the camera cannot be turned. */
  ptz: z.object({ isMoving: z.boolean(), reason: z.string().nullable() }).nullable(),
});

/** A position that a camera has kept. */
export const cameraPreset = z.object({ token: z.string(), name: z.string() });
