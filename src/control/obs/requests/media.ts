import { z } from 'zod';
import type { TileStatus } from '../../engine.js';
import { inputFields, nameField, requireInput } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';

/** "ObsMediaState" as media requests give it, for each state of a camera. */
const mediaStates = {
  connecting: 'OBS_MEDIA_STATE_OPENING',
  live: 'OBS_MEDIA_STATE_PLAYING',
  frozen: 'OBS_MEDIA_STATE_STOPPED',
  stale: 'OBS_MEDIA_STATE_BUFFERING',
  retrying: 'OBS_MEDIA_STATE_ERROR',
  off: 'OBS_MEDIA_STATE_STOPPED',
} as const satisfies Readonly<Record<TileStatus['state'], string>>;

function isLive(data: Parameters<typeof requireInput>[0], context: RequestContext): never {
  requireInput(data, context);
  const comment = 'Cameras are live: they cannot be paused, restarted or wound.';
  throw new RequestRefusal(requestStatus.invalidResourceState, comment);
}

/** "Media Inputs Requests": a camera plays for as long as it is live. */
export const mediaRequests: Readonly<Record<string, RequestDefinition>> = {
  GetMediaInputStatus: defineRequest({
    summary: 'Says of a camera whether it plays; it has neither length nor position.',
    request: z.object(inputFields),
    response: z.object({
      mediaState: z.enum(['OBS_MEDIA_STATE_NONE', ...Object.values(mediaStates)]),
      mediaDuration: z.null(),
      mediaCursor: z.null(),
    }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      const { tile } = requireInput(data, context);
      const mediaState = tile === null ? ('OBS_MEDIA_STATE_NONE' as const) : mediaStates[tile.state];
      return { mediaState, mediaDuration: null, mediaCursor: null };
    },
  }),

  TriggerMediaInputAction: defineRequest({
    summary: 'Is refused: cameras are live.',
    request: z.object({ ...inputFields, mediaAction: nameField }),
    response: null,
    minimumRole: 'operator',
    answer: isLive,
  }),

  SetMediaInputCursor: defineRequest({
    summary: 'Is refused: cameras are live.',
    request: z.object({ ...inputFields, mediaCursor: z.number().min(0) }),
    response: null,
    minimumRole: 'operator',
    answer: isLive,
  }),

  OffsetMediaInputCursor: defineRequest({
    summary: 'Is refused: cameras are live.',
    request: z.object({ ...inputFields, mediaCursorOffset: z.number() }),
    response: null,
    minimumRole: 'operator',
    answer: isLive,
  }),
};
