import { z } from 'zod';
import { CLIP_NAMES } from './clips/recipe.js';

const size = z.strictObject({
  widthPx: z.int().min(160).max(3840).multipleOf(2),
  heightPx: z.int().min(90).max(2160).multipleOf(2),
});

/**
 * What can be done to a simulated camera. Each kind is a switch of its own: it lasts until it is set again, and several
 * hold at once. `none` undoes everything that can be undone.
 */
export const cameraFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }).describe('Back to a camera that works'),
  z.strictObject({ kind: z.literal('stop') }).describe('Off: connections end, new ones are refused'),
  z.strictObject({ kind: z.literal('start') }).describe('On again, at the same addresses'),
  z
    .strictObject({ kind: z.literal('freeze'), on: z.boolean() })
    .describe('The stream flows, the picture does not change'),
  z.strictObject({ kind: z.literal('stall'), on: z.boolean() }).describe('Connections are open, nothing arrives'),
  z
    .strictObject({ kind: z.literal('drop'), fraction: z.number().min(0).max(1) })
    .describe('Part of the RTP packets is lost'),
  z
    .strictObject({ kind: z.literal('clip'), clip: z.enum(CLIP_NAMES) })
    .describe('Another picture, in the running streams'),
  z
    .strictObject({ kind: z.literal('resolution'), main: size.optional(), sub: size.optional() })
    .describe('Other sizes, in the running streams'),
  z.strictObject({ kind: z.literal('clock'), offsetMs: z.int() }).describe("The camera's clock is wrong by so much"),
]);

/** One fault, or the end of one. */
export type CameraFault = z.output<typeof cameraFault>;
