import { z } from 'zod';
import { inputFields, requireInput } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';

const names = [
  'GetInputMute',
  'SetInputMute',
  'ToggleInputMute',
  'GetInputVolume',
  'SetInputVolume',
  'GetInputAudioBalance',
  'SetInputAudioBalance',
  'GetInputAudioSyncOffset',
  'SetInputAudioSyncOffset',
  'GetInputAudioMonitorType',
  'SetInputAudioMonitorType',
  'GetInputAudioTracks',
  'SetInputAudioTracks',
] as const;

const silent = defineRequest({
  summary: 'Is refused as OBS refuses it for inputs without sound: a wall has none.',
  request: z.object(inputFields),
  response: null,
  minimumRole: 'viewer',
  answer: (data, context) => {
    requireInput(data, context);
    const comment = 'The specified input does not support audio.';
    throw new RequestRefusal(requestStatus.invalidResourceState, comment);
  },
});

/** The requests for sound of "Inputs Requests": clients ask every input for it, and know this answer. */
export const audioRequests: Readonly<Record<string, RequestDefinition>> = Object.fromEntries(
  names.map((name) => [name, silent]),
);
