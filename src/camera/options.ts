import { z } from 'zod';
import { identifier } from '../core/identifier-option.js';
import { duration } from '../core/duration.js';

const onvifOptions = z.strictObject({
  address: z.string().min(1).describe('Host, host:port or the full http address of the ONVIF device service'),
  username: z.string().default(''),
  password: z.string().default('').describe('Give it as "${NAME}" from the environment'),
});

const rtspAddress = z.string().regex(/^rtsps?:\/\/\S+$/, 'an address that begins with rtsp://');

const rtspOptions = z.strictObject({
  main: rtspAddress.describe('The large picture'),
  sub: rtspAddress.optional().describe('The small picture, for small cells'),
  username: z.string().default(''),
  password: z.string().default('').describe('Give it as "${NAME}" from the environment'),
});

/** One camera: either an ONVIF device, whose streams are asked for, or plain RTSP addresses. */
export const cameraOptions = z
  .strictObject({
    id: identifier,
    name: z.string().min(1).describe('As people read it on the wall'),
    onvif: onvifOptions.optional(),
    rtsp: rtspOptions.optional(),
    frozenAfter: z
      .union([duration, z.literal('off')])
      .default(5_000)
      .describe(
        'A picture that stands still for so long counts as frozen, and its slate is shown; "off" for a picture that may stand still',
      ),
    transport: z.enum(['tcp', 'udp']).default('tcp').describe('How RTP travels'),
  })
  .refine((camera) => (camera.onvif === undefined) !== (camera.rtsp === undefined), {
    message: 'a camera has either onvif or rtsp, and not both',
  });

/** A camera of the configuration, with defaults filled in. */
export type CameraOptions = z.output<typeof cameraOptions>;
