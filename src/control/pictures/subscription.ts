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

const liveCamera = z.strictObject({
  /** Camera id. */
  camera: z.string().min(1).max(128),
});

/**
 * The views that the client wants from now on (instead of the earlier list), or that it has painted a frame; the cameras
 * whose live pictures it wants from now on (instead of the earlier list), or the newest live message that it has received.
 */
export const pictureMessage = z.union([
  z.strictObject({ subscribe: z.array(subscribedView).max(64) }),
  z.strictObject({ painted: z.int().nonnegative() }),
  z.strictObject({ live: z.array(liveCamera).max(4) }),
  z.strictObject({ received: z.int().nonnegative() }),
]);

/** One picture that a client wants to see: of what, how wide (never enlarged), how often at most. */
export type SubscribedView = z.output<typeof subscribedView>;
export type PictureMessage = z.input<typeof pictureMessage>;

/** Why there are no live pictures: the camera sends none now, browsers do not play what it sends, there is no such camera. */
export const noLiveReasons = ['no-stream', 'unsupported', 'unknown-camera'] as const;

/**
 * What the server says of a live view, as a text message: `index` in the client's `live` list, `subscription` as in the
 * header of its pictures. With a `stream` the messages that follow are of it, beginning with its initialisation segment.
 */
export const liveMessage = z.strictObject({
  live: z.strictObject({
    index: z.int(),
    subscription: z.int(),
    /** Null while there is none. `codec` as RFC 6381 has it, such as `avc1.64001f`. */
    stream: z.strictObject({ name: z.string(), widthPx: z.int(), heightPx: z.int(), codec: z.string() }).nullable(),
    /** Null while pictures come. */
    reason: z.enum(noLiveReasons).nullable(),
  }),
});
export type LiveMessage = z.output<typeof liveMessage>['live'];
