import { z } from 'zod';
import { TICKER_SOURCE } from '../../../layout/layout.js';
import type { TileStatus, WallEngine } from '../../engine.js';
import { inputKinds, type Input } from '../catalogue.js';
import { inputFields, nameField, requireInput } from '../lookups.js';
import { requestStatus, type Fields } from '../protocol.js';
import { RequestRefusal, defineCommandRequest, defineRequest, type RequestDefinition } from '../request.js';

/** "ObsMediaState" as media requests give it, for each state of a camera. */
const mediaStates: Readonly<Record<TileStatus['state'], string>> = {
  connecting: 'OBS_MEDIA_STATE_OPENING',
  live: 'OBS_MEDIA_STATE_PLAYING',
  frozen: 'OBS_MEDIA_STATE_STOPPED',
  stale: 'OBS_MEDIA_STATE_BUFFERING',
  retrying: 'OBS_MEDIA_STATE_ERROR',
  off: 'OBS_MEDIA_STATE_STOPPED',
};

/** What can be said of an input: the ticker's text; of a camera which one it is, never its address. */
function settingsOf(input: Input, engine: WallEngine): Fields {
  if (input.source === TICKER_SOURCE) return { text: engine.state().tickerText };
  return input.tile === null ? {} : { camera: input.tile.camera };
}

/** "Inputs Requests": an input is a camera, the ticker or the clock. */
export const inputRequests: Readonly<Record<string, RequestDefinition>> = {
  GetInputList: defineRequest(z.object({ inputKind: nameField.optional() }), 'viewer', (data, { catalogue }) => ({
    inputs: catalogue
      .inputs()
      .filter((input) => data.inputKind === undefined || data.inputKind === input.kind)
      .map((input) => ({
        inputName: input.name,
        inputUuid: input.uuid,
        inputKind: input.kind,
        unversionedInputKind: input.unversionedKind,
      })),
  })),

  GetInputKindList: defineRequest(z.object({ unversioned: z.boolean().optional() }), 'viewer', ({ unversioned }) => ({
    inputKinds: Object.values(inputKinds).map((entry) => (unversioned === true ? entry.unversionedKind : entry.kind)),
  })),

  GetSpecialInputs: defineRequest(z.object({}), 'viewer', () => ({
    desktop1: null,
    desktop2: null,
    mic1: null,
    mic2: null,
    mic3: null,
    mic4: null,
  })),

  GetInputSettings: defineRequest(z.object(inputFields), 'viewer', (data, context) => {
    const input = requireInput(data, context);
    return { inputKind: input.kind, inputSettings: settingsOf(input, context.engine) };
  }),

  /** The ticker's text is the one setting that can be changed; others are the configuration's. */
  SetInputSettings: defineCommandRequest(
    z.object({
      ...inputFields,
      inputSettings: z.looseObject({ text: z.string().max(2_000).optional() }),
      overlay: z.boolean().optional(),
    }),
    (data, context) => {
      const input = requireInput(data, context);
      const { text, ...others } = data.inputSettings;
      const isTicker = input.source === TICKER_SOURCE;
      if (Object.keys(others).length > 0 || (text !== undefined && !isTicker)) {
        const comment = isTicker
          ? 'Only `text` can be set.'
          : 'The input takes its settings from the configuration file.';
        throw new RequestRefusal(requestStatus.resourceNotConfigurable, comment);
      }
      return text === undefined ? null : { command: 'set-ticker', data: { text } };
    },
  ),

  GetMediaInputStatus: defineRequest(z.object(inputFields), 'viewer', (data, context) => {
    const { tile } = requireInput(data, context);
    const mediaState = tile === null ? 'OBS_MEDIA_STATE_NONE' : mediaStates[tile.state];
    return { mediaState, mediaDuration: null, mediaCursor: null };
  }),
};
