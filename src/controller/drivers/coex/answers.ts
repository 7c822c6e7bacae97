/**
 * Answers of the COEX interface (api.coex.en.novastar.tech, 1.4), as far as they are read here. Every answer comes in an
 * envelope `{ code, data, message }`. What a firmware does not know it answers with 404, or with 200 and nothing.
 */
import { z } from 'zod';
import { ControllerFailure } from '../../controller-failure.js';

const MOST_CABINETS = 10_000;

const envelope = z.object({ code: z.number(), data: z.unknown(), message: z.string().optional() });

/** 0 what comes in, 1 black, 2 an old picture; of each canvas. */
export const displayStates = z.object({
  displayState: z.array(z.object({ displayMode: z.number() })).max(64),
});

/** Numbers of cabinets have 64 bits: they come as texts, see `parseEnvelope`. Brightness is from 0 to 1. */
export const cabinetList = z
  .array(
    z.object({
      id: z.union([z.string().regex(/^\d{1,20}$/), z.int().transform(String)]),
      brightness: z.coerce.number(),
    }),
  )
  .max(MOST_CABINETS);

const value = z.object({ value: z.number() });

/** Temperatures in °C and voltages in V, of the controller and of each receiving card. */
export const monitorInformation = z.object({
  name: z.string().optional(),
  mainBoardTemperature: value.optional(),
  cabinets: z
    .array(
      z.object({
        rvCards: z
          .array(
            z.object({
              temperature: value.nullish(),
              voltage: value.nullish(),
              nextCabinetLinkStatus: z
                .object({ linkStatus: z.boolean().optional(), status: z.number().optional() })
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .max(MOST_CABINETS)
    .nullish(),
});

/** `sourceStatus` 1: there is a signal. Type 13 makes pictures itself. */
export const inputSources = z
  .array(z.object({ name: z.string(), type: z.number().optional(), sourceStatus: z.number().optional() }))
  .max(256);

/**
 * The data of an answer; null where the firmware does not know what was asked.
 * @throws ControllerFailure `garbage`, `locked` (VMP on another computer holds it), `device-error`
 */
export function parseEnvelope(status: number, body: Buffer): unknown {
  if (status === 404 || (status === 200 && body.length === 0)) return null;
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success) throw new ControllerFailure(status === 200 ? 'garbage' : 'device-error');
  const { code, data, message } = parsed.data;
  if (code === 0 && status === 200) return data ?? {};
  throw new ControllerFailure(message === 'device locked' ? 'locked' : 'device-error');
}

/** The data in the shape that is expected of it. @throws ControllerFailure `garbage` */
export function shaped<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new ControllerFailure('garbage', { cause: parsed.error });
  return parsed.data;
}

/** Whole numbers that are too long for JavaScript become texts; what stands in texts stays as it is. */
const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

function parseJson(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text.replace(TEXT_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`)));
  } catch (failure) {
    throw new ControllerFailure('garbage', { cause: failure });
  }
}
