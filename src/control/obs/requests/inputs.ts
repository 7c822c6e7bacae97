import { z } from 'zod';
import { TICKER_SOURCE } from '../../../layout/layout.js';
import { inputKinds } from '../catalogue.js';
import { inputFields, nameField, requireInput } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineCommandRequest, defineRequest, type RequestDefinition } from '../request.js';
import { settingsOf } from '../settings.js';

const settings = z.record(z.string(), z.unknown());

/** "Inputs Requests": an input is a camera, the ticker or the clock. */
export const inputRequests: Readonly<Record<string, RequestDefinition>> = {
  GetInputList: defineRequest({
    summary: 'Lists the cameras, the ticker and the clock.',
    request: z.object({ inputKind: nameField.optional() }),
    response: z.object({
      inputs: z.array(
        z.object({
          inputName: z.string(),
          inputUuid: z.string(),
          inputKind: z.string(),
          unversionedInputKind: z.string(),
          inputKindCaps: z.int(),
        }),
      ),
    }),
    minimumRole: 'viewer',
    answer: (data, { catalogue }) => ({
      inputs: catalogue
        .inputs()
        .filter((input) => data.inputKind === undefined || data.inputKind === input.kind)
        .map((input) => ({
          inputName: input.name,
          inputUuid: input.uuid,
          inputKind: input.kind,
          unversionedInputKind: input.unversionedKind,
          inputKindCaps: 0,
        })),
    }),
  }),

  GetInputKindList: defineRequest({
    summary: 'Lists the kinds of inputs.',
    request: z.object({ unversioned: z.boolean().optional() }),
    response: z.object({ inputKinds: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: ({ unversioned }) => ({
      inputKinds: Object.values(inputKinds).map((entry) => (unversioned === true ? entry.unversionedKind : entry.kind)),
    }),
  }),

  GetInputDefaultSettings: defineRequest({
    summary: 'Gives the settings that an input of a kind has before anybody changed them.',
    request: z.object({ inputKind: nameField }),
    response: z.object({ defaultInputSettings: settings }),
    minimumRole: 'viewer',
    answer: ({ inputKind }) => {
      const isKnown = Object.values(inputKinds).some(({ kind }) => kind === inputKind);
      if (!isKnown) throw new RequestRefusal(requestStatus.invalidInputKind);
      return { defaultInputSettings: {} };
    },
  }),

  GetSpecialInputs: defineRequest({
    summary: 'Gives null for each of the inputs for sound: there are none.',
    request: z.object({}),
    response: z.object({
      desktop1: z.null(),
      desktop2: z.null(),
      mic1: z.null(),
      mic2: z.null(),
      mic3: z.null(),
      mic4: z.null(),
    }),
    minimumRole: 'viewer',
    answer: () => ({ desktop1: null, desktop2: null, mic1: null, mic2: null, mic3: null, mic4: null }),
  }),

  GetInputSettings: defineRequest({
    summary: "Gives the ticker's text, or which camera an input is; never its address.",
    request: z.object(inputFields),
    response: z.object({ inputKind: z.string(), inputSettings: settings }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      const input = requireInput(data, context);
      return { inputKind: input.kind, inputSettings: settingsOf(input, context.engine) };
    },
  }),

  SetInputSettings: defineCommandRequest({
    summary: "Sets the ticker's `text`; other settings are the configuration's.",
    request: z.object({
      ...inputFields,
      inputSettings: z.looseObject({ text: z.string().max(2_000).optional() }),
      overlay: z.boolean().optional(),
    }),
    gives: ['set-ticker'],
    commandOf: (data, context) => {
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
  }),
};
