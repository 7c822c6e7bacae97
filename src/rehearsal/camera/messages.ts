import { z } from 'zod';
import { CLIP_NAMES } from './clips/recipe.js';
import { cameraFault } from './fault.js';

/** One camera to simulate. */
export const simulatedCameraOptions = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).describe('As people read it'),
  clip: z.enum(CLIP_NAMES),
  username: z.string().min(1).default('viewer'),
  password: z.string().min(1),
  rtspPort: z.int().min(0).max(65_535).default(0).describe('0 for a free one'),
  onvifPort: z.int().min(0).max(65_535).default(0).describe('0 for a free one'),
  gopFrames: z.int().min(5).max(1_500).default(50).describe('Frames from one key frame to the next'),
  ptz: z.boolean().default(false).describe('Whether it can be turned'),
  sessionTimeoutMs: z
    .int()
    .min(1_000)
    .default(60_000)
    .describe('An RTSP session without a sign of life ends after so long'),
});

/** One camera to simulate, with defaults filled in. */
export type SimulatedCameraOptions = z.output<typeof simulatedCameraOptions>;

/** What the owner tells the process of the cameras. */
export const hallRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    cacheDirectory: z.string().min(1),
    cameras: z.array(simulatedCameraOptions).min(1).max(256),
    discovery: z.boolean(),
  }),
  z.strictObject({ type: z.literal('fault'), request: z.int(), camera: z.string(), fault: cameraFault }),
  z.strictObject({ type: z.literal('frame-times'), request: z.int(), camera: z.string() }),
  z.strictObject({ type: z.literal('close') }),
]);

/** What the owner tells the process of the cameras. */
export type HallRequest = z.output<typeof hallRequest>;

const cameraAddresses = z.strictObject({
  id: z.string(),
  onvifAddress: z.string(),
  rtspMain: z.string(),
  rtspSub: z.string(),
});

/** Where a camera can be reached. */
export type CameraAddresses = z.output<typeof cameraAddresses>;

const frameTime = z.strictObject({ frameNumber: z.int(), clipFrame: z.int(), sentAtMs: z.number() });
const frameTimes = z.strictObject({ main: z.array(frameTime), sub: z.array(frameTime) });

/** When the latest frames of both streams left. */
export type FrameTimes = z.output<typeof frameTimes>;

/** What the process of the cameras tells its owner. */
export const hallReport = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), fraction: z.number(), label: z.string() }),
  z.strictObject({ type: z.literal('started'), cameras: z.array(cameraAddresses) }),
  z.strictObject({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.strictObject({ type: z.literal('done'), request: z.int() }),
  z.strictObject({ type: z.literal('refused'), request: z.int(), code: z.string(), message: z.string() }),
  z.strictObject({ type: z.literal('frame-times'), request: z.int(), times: frameTimes }),
  z.strictObject({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    details: z.record(z.string(), z.unknown()),
    message: z.string(),
  }),
]);

/** What the process of the cameras tells its owner. */
export type HallReport = z.output<typeof hallReport>;
