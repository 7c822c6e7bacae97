import { z } from 'zod';
import { GlasshallError } from '../../core/errors.js';
import type { Preset } from '../ptz/ptz.js';

/** An element's text, also when it has attributes (xml2js then puts the text under `_`). */
const text = z.union([z.string(), z.object({ _: z.string() }).transform((element) => element._)]);
const whole = z.coerce.number().int();

/** One element or several: XML does not say which. */
function oneOrMore<T extends z.ZodType>(item: T): z.ZodPipe<z.ZodTransform<unknown[]>, z.ZodArray<T>> {
  return z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value])),
    z.array(item),
  );
}

const dateAndTimeAnswer = z.object({
  GetSystemDateAndTimeResponse: z.object({
    SystemDateAndTime: z.object({
      UTCDateTime: z.object({
        Time: z.object({ Hour: whole, Minute: whole, Second: whole }),
        Date: z.object({ Year: whole, Month: whole, Day: whole }),
      }),
    }),
  }),
});

const capabilitiesAnswer = z.object({
  GetCapabilitiesResponse: z.object({
    Capabilities: z.object({
      Media: z.object({ XAddr: text }),
      PTZ: z.object({ XAddr: text }).optional().catch(undefined),
    }),
  }),
});

const profile = z.object({
  $: z.object({ token: z.string().min(1) }),
  Name: text.optional(),
  VideoEncoderConfiguration: z
    .object({
      Encoding: text.optional(),
      Resolution: z.object({ Width: whole.positive(), Height: whole.positive() }),
      RateControl: z.object({ FrameRateLimit: z.coerce.number().positive() }).optional().catch(undefined),
    })
    .optional(),
  /** There where the profile turns the camera. */
  PTZConfiguration: z.looseObject({}).optional().catch(undefined),
});

const profilesAnswer = z.object({ GetProfilesResponse: z.object({ Profiles: oneOrMore(profile) }) });

const streamUriAnswer = z.object({ GetStreamUriResponse: z.object({ MediaUri: z.object({ Uri: text }) }) });
const snapshotUriAnswer = z.object({ GetSnapshotUriResponse: z.object({ MediaUri: z.object({ Uri: text }) }) });

const preset = z.object({ $: z.object({ token: z.string().min(1) }), Name: text.optional().catch(undefined) });
/** A camera without presets answers with nothing, which is read as an empty text. */
const presetsAnswer = z.object({
  GetPresetsResponse: z.union([
    z.object({ Preset: oneOrMore(z.unknown()) }),
    z.unknown().transform(() => ({ Preset: [] as unknown[] })),
  ]),
});

/** A media profile as the camera describes it. */
export type AnsweredProfile = z.output<typeof profile>;

function read<T extends z.ZodType>(answer: unknown, schema: T, what: string): z.output<T> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join('.') ?? '';
  throw new GlasshallError('unreadable', `the camera's ${what} cannot be understood (at ${path})`);
}

/** Epoch milliseconds of the camera's own clock. @throws GlasshallError `unreadable` */
export function readClock(answer: unknown): number {
  const { Date: date, Time: time } = read(answer, dateAndTimeAnswer, 'clock').GetSystemDateAndTimeResponse
    .SystemDateAndTime.UTCDateTime;
  return Date.UTC(date.Year, date.Month - 1, date.Day, time.Hour, time.Minute, time.Second);
}

/** Addresses of the services that are used; `ptz` null where the camera cannot be turned. @throws GlasshallError `unreadable` */
export function readServices(answer: unknown): { readonly media: string; readonly ptz: string | null } {
  const { Media: media, PTZ: ptz } = read(answer, capabilitiesAnswer, 'capabilities').GetCapabilitiesResponse
    .Capabilities;
  return { media: media.XAddr.trim(), ptz: ptz?.XAddr.trim() ?? null };
}

/** @throws GlasshallError `unreadable`, `no-profiles` */
export function readProfiles(answer: unknown): AnsweredProfile[] {
  const { GetProfilesResponse: found } = z.looseObject({ GetProfilesResponse: z.unknown() }).parse(answer ?? {});
  if (typeof found !== 'object' || found === null || !('Profiles' in found)) {
    throw new GlasshallError('no-profiles', 'the camera has no media profiles');
  }
  return read(answer, profilesAnswer, 'profiles').GetProfilesResponse.Profiles;
}

/** In the camera's order; those without a name by their token. @throws GlasshallError `unreadable` */
export function readPresets(answer: unknown): Preset[] {
  const { Preset: presets } = read(answer, presetsAnswer, 'presets').GetPresetsResponse;
  return presets.flatMap((found) => {
    const { data } = preset.safeParse(found);
    return data === undefined ? [] : [{ token: data.$.token, name: data.Name?.trim() || data.$.token }];
  });
}

/** @throws GlasshallError `unreadable` */
export function readStreamUri(answer: unknown): string {
  return read(answer, streamUriAnswer, 'stream address').GetStreamUriResponse.MediaUri.Uri.trim();
}

/** @throws GlasshallError `unreadable` */
export function readSnapshotUri(answer: unknown): string {
  return read(answer, snapshotUriAnswer, 'snapshot address').GetSnapshotUriResponse.MediaUri.Uri.trim();
}
