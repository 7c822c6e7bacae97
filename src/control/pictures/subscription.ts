import { z } from 'zod';

/** What a client of `/pictures` says. Text messages, JSON. */
const wallView = z.strictObject({
  view: z.enum(['program', 'preview']),
  widthPx: z.int().min(16).max(1_920).default(480),
  framesPerSecond: z.number().positive().max(12).default(10),
});

const cameraView = z.strictObject({
  view: z.literal('camera'),
  /** Camera id. */
  camera: z.string().min(1).max(128),
  widthPx: z.int().min(16).max(1_920).default(240),
  framesPerSecond: z.number().positive().max(5).default(2),
});

const subscribedView = z.discriminatedUnion('view', [wallView, cameraView]);

/** Either the views that the client wants from now on (instead of the earlier list), or that it has painted a frame. */
export const pictureMessage = z.union([
  z.strictObject({ subscribe: z.array(subscribedView).max(64) }),
  z.strictObject({ painted: z.int().nonnegative() }),
]);

/** One picture that a client wants to see: of what, how wide (never enlarged), how often at most. */
export type SubscribedView = z.output<typeof subscribedView>;
export type PictureMessage = z.input<typeof pictureMessage>;
