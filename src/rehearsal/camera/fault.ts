import { z } from 'zod';
import { CODECS } from '../../rtsp/access-unit.js';
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
  z
    .strictObject({ kind: z.literal('stall'), on: z.boolean() })
    .describe('Connections are open, nothing arrives; when it ends they go on'),
  z
    .strictObject({ kind: z.literal('black-hole'), on: z.boolean() })
    .describe('As behind a router that forgot: connections are open, nothing arrives, and those are dead for ever'),
  z
    .strictObject({ kind: z.literal('silence'), on: z.boolean() })
    .describe('Requests are answered and RTCP reports come, pictures do not'),
  z.strictObject({ kind: z.literal('hang-up') }).describe('Every connection is ended once; new ones are welcome'),
  z
    .strictObject({ kind: z.literal('password'), password: z.string().min(1) })
    .describe('Another password: connections end, the old one is refused'),
  z
    .strictObject({ kind: z.literal('garbage'), on: z.boolean() })
    .describe('Pictures keep the head of their packets and lose their content: chance bytes'),
  z
    .strictObject({ kind: z.literal('truncate'), on: z.boolean() })
    .describe('Half of every picture is missing, and no packet'),
  z
    .strictObject({ kind: z.literal('frame-rate'), framesPerSecond: z.number().min(0.2).max(25) })
    .describe('Pictures come more slowly, in the running streams'),
  z
    .strictObject({ kind: z.literal('timestamps'), offsetMs: z.int().min(-14_400_000).max(14_400_000) })
    .describe('The time in RTP packets jumps by so much'),
  z
    .strictObject({ kind: z.literal('codec'), codec: z.enum(CODECS) })
    .describe('Connections end, new ones get the other codec'),
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
