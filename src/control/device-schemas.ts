import { z } from 'zod';

/** A part of the wall. */
export const rectangle = z.object({ x: z.int(), y: z.int(), widthPx: z.int(), heightPx: z.int() });

/** A camera, and what of it is seen. */
export const tile = z.object({
  camera: z.string(),
  name: z.string(),
  state: z.enum(['connecting', 'live', 'stale', 'frozen', 'retrying', 'off']),
  sinceMs: z.number(),
  slate: z.boolean(),
  lastLiveAtMs: z.number().nullable(),
  reason: z.string().nullable(),
  attempt: z.int(),
  nextTryAtMs: z.number().nullable(),
  ageMs: z.number().nullable(),
  stream: z.object({ name: z.string(), widthPx: z.int(), heightPx: z.int(), codec: z.string() }).nullable(),
  onAir: z.boolean(),
  onPreview: z.boolean(),
  /** Null where the camera cannot be turned. */
  ptz: z.object({ isMoving: z.boolean(), reason: z.string().nullable() }).nullable(),
});

/** A source of counts. */
export const count = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'fresh', 'stale', 'failed']),
  reason: z.string().nullable(),
  values: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
  readAtMs: z.number().nullable(),
});

/** An output, and whether its device is reached. */
export const output = z.object({
  output: z.string(),
  type: z.string(),
  address: z.string(),
  reachability: z.object({
    state: z.enum(['reachable', 'unconfirmed', 'unreachable']),
    reason: z.string().nullable(),
    /** What the device says of itself. */
    detail: z.string().optional(),
  }),
  frames: z.int(),
  droppedFrames: z.int(),
});

/** A controller of the screen: what is wanted of it, what it says, where the two differ. */
export const controller = z.object({
  controller: z.string(),
  type: z.string(),
  address: z.string(),
  outputs: z.array(z.string()),
  state: z.enum(['waiting', 'answering', 'unconfirmed', 'unreadable', 'unreachable']),
  reason: z.string().nullable(),
  sinceMs: z.number(),
  wanted: z.object({ picture: z.enum(['normal', 'black', 'freeze']), brightnessPercent: z.number().nullable() }),
  /** A field is null where the controller cannot tell. */
  reading: z
    .object({
      input: z.object({ name: z.string().nullable(), hasSignal: z.boolean() }).nullable(),
      black: z.boolean().nullable(),
      freeze: z.boolean().nullable(),
      testPicture: z.boolean().nullable(),
      brightnessPercent: z.number().nullable(),
      cabinets: z.object({ ok: z.int(), total: z.int() }).nullable(),
      temperatureCelsius: z.number().nullable(),
      voltageVolts: z.number().nullable(),
      link: z.boolean().nullable(),
      detail: z.string().nullable(),
    })
    .nullable(),
  alarms: z.array(
    z.object({
      code: z.enum([
        'black',
        'freeze',
        'test-picture',
        'brightness',
        'input',
        'cabinets',
        'link',
        'temperature',
        'voltage',
      ]),
      wanted: z.union([z.boolean(), z.number()]),
      reported: z.union([z.boolean(), z.number()]),
      sinceMs: z.number(),
    }),
  ),
  repairs: z.int(),
});

const place = z.object({ x: z.int(), y: z.int() });

/** How the chain of pixels of an output runs through its cabinets. */
export const pixelMap = z.object({
  output: z.string(),
  area: rectangle,
  chainLengthPx: z.int(),
  cabinets: z.array(
    z.object({
      number: z.int(),
      rectangle,
      rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      mirror: z.enum(['none', 'horizontal', 'vertical']),
      from: z.int(),
      to: z.int(),
      first: place,
      lineEnd: place,
      last: place,
    }),
  ),
});
