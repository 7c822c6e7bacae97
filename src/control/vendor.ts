import { z } from 'zod';
import { agenda, scheduleDay, tour } from './automation-schemas.js';
import { brightness } from './brightness-schemas.js';
import { commandSchemas, testPatternTarget } from './commands/schemas.js';
import { controller, count, output, pixelMap, rectangle, tile } from './device-schemas.js';
import { editableLayouts, layoutDrafts, layoutDraftsChanged } from './layout-schemas.js';
import { editableProgramme } from './programme-schemas.js';

/** What obs-websocket does not know, through its own extension point: `CallVendorRequest` and `VendorEvent` of vendor `glasshall`. */
export const VENDOR_NAME = 'glasshall';

const cell = z.object({
  id: z.string(),
  source: z.string(),
  enabled: z.boolean(),
  rectangle,
  z: z.int(),
  fit: z.enum(['cover', 'contain']),
});

const layout = z.object({
  id: z.string(),
  name: z.string(),
  /** Every camera has a layout that shows it alone, over the whole wall: its id; null for the layouts of the configuration. */
  fullScreenOf: z.string().nullable(),
  cells: z.array(cell),
});

const service = z.object({
  configuration: z.object({
    file: z.string(),
    state: z.enum(['current', 'invalid', 'needs-restart']),
    loadedAtMs: z.number(),
    problems: z.array(
      z.object({
        code: z.string(),
        path: z.string(),
        line: z.int(),
        column: z.int(),
        message: z.string(),
        mend: z.string(),
      }),
    ),
  }),
  state: z.object({ isSaved: z.boolean(), problem: z.string().nullable() }),
  guardian: z.boolean(),
});

const wall = z.object({
  wall: z.object({
    name: z.string(),
    widthPx: z.int(),
    heightPx: z.int(),
    framesPerSecond: z.int(),
    /** IANA name of the zone whose time the wall shows and its schedule means. */
    timeZone: z.string(),
    rehearsal: z.boolean(),
  }),
  revision: z.int(),
  studioMode: z.boolean(),
  /** Layout ids. */
  program: z.string(),
  preview: z.string(),
  layouts: z.array(layout),
  /** What a cell can show besides cameras. `name` is null for those that every hall has, which each language names. */
  sources: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['board', 'image', 'ticker', 'clock']),
      name: z.string().nullable(),
    }),
  ),
  tickerText: z.string(),
  /** Runs instead of the ticker's text, until `untilMs` (epoch milliseconds). */
  urgentMessage: z.object({ text: z.string(), untilMs: z.number() }).nullable(),
  transition: z.enum(['cut', 'fade']),
  fadeMs: z.int(),
  blackout: z.boolean(),
  /** Why, where somebody said so. */
  blackoutReason: z.string().nullable(),
  /** Per cent that an operator asked for; null: automatic. What it is now, and why, says `GetBrightness`. */
  brightness: z.number().nullable(),
  freeze: z.boolean(),
  freezeReason: z.string().nullable(),
  /** The test picture over the wall, which is not the hall: tiles under it are not live on the wall, whatever their state. */
  testPattern: z
    .object({
      pattern: z.string(),
      target: testPatternTarget,
      area: rectangle,
      sinceMs: z.number(),
      endsAtMs: z.number(),
      by: z.string(),
      /** Of the program's cells, and the cameras in them. */
      coveredCells: z.array(z.string()),
      coveredCameras: z.array(z.string()),
    })
    .nullable(),
  automation: z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('manual'), untilMs: z.number().nullable() }),
    z.object({ mode: z.literal('tour'), tour: z.string() }),
    z.object({ mode: z.literal('schedule') }),
  ]),
  tours: z.array(tour),
  agenda,
  /** What `Undo` would take back, and whose it was; null when there is nothing. */
  undo: z.object({ command: z.string(), by: z.string() }).nullable(),
  statistics: z.object({
    ticks: z.int(),
    missedTicks: z.int(),
    ticksPerSecond: z.number(),
    ticking: z.boolean(),
    startedAtMs: z.number(),
  }),
});

/** Vendor requests that give a command (`commands/registry.ts`), by the names that clients of OBS expect. */
export const vendorCommands = {
  SetCellSource: 'set-cell-source',
  SetCellEnabled: 'set-cell-enabled',
  SetTicker: 'set-ticker',
  ShowUrgentMessage: 'show-urgent-message',
  EndUrgentMessage: 'end-urgent-message',
  SetBlackout: 'set-blackout',
  SetFreeze: 'set-freeze',
  SetBrightness: 'set-brightness',
  Undo: 'undo',
  StartTour: 'start-tour',
  Hold: 'hold',
  FollowSchedule: 'follow-schedule',
  ShowTestPattern: 'show-test-pattern',
  StopTestPattern: 'stop-test-pattern',
  SaveLayout: 'save-layout',
  DeleteLayout: 'delete-layout',
  SaveLayoutDraft: 'save-layout-draft',
  DeleteLayoutDraft: 'delete-layout-draft',
  SaveTour: 'save-tour',
  DeleteTour: 'delete-tour',
  SaveScheduleRules: 'save-schedule-rules',
  MoveCamera: 'move-camera',
  StopCamera: 'stop-camera',
  HomeCamera: 'home-camera',
  RecallCameraPreset: 'recall-camera-preset',
  SaveCameraPreset: 'save-camera-preset',
  RemoveCameraPreset: 'remove-camera-preset',
} as const satisfies Record<string, keyof typeof commandSchemas>;

/** Of the wall's state after the command. */
const decided = z.object({ revision: z.int() });

/** With a command may come the `revision` that the client saw: when the wall has another by now, it is refused. */
function command<Name extends keyof typeof commandSchemas>(
  name: Name,
): { readonly request: (typeof commandSchemas)[Name]; readonly response: typeof decided } {
  return { request: commandSchemas[name], response: decided };
}

/** Vendor requests: name → what is sent (`requestData`) and what comes back (`responseData`). */
export const vendorRequests = {
  GetWall: { request: z.strictObject({}), response: wall },
  GetTiles: { request: z.strictObject({}), response: z.object({ tiles: z.array(tile) }) },
  GetCounts: { request: z.strictObject({}), response: z.object({ counts: z.array(count) }) },
  GetOutputs: { request: z.strictObject({}), response: z.object({ outputs: z.array(output) }) },
  /** The screen's controllers: what is wanted of them, what they say, and where the two differ. */
  GetControllers: { request: z.strictObject({}), response: z.object({ controllers: z.array(controller) }) },
  /** Which part of the wall each output shows, and how its chain of pixels runs through its cabinets, in wall pixels. */
  GetPixelMaps: { request: z.strictObject({}), response: z.object({ pixelMaps: z.array(pixelMap) }) },
  /** What the schedule brings on a date, or today; null without a schedule. */
  GetSchedule: {
    request: z.strictObject({ date: z.iso.date().optional() }),
    response: z.object({ day: scheduleDay.nullable() }),
  },
  SetCellSource: command(vendorCommands.SetCellSource),
  SetCellEnabled: command(vendorCommands.SetCellEnabled),
  SetTicker: command(vendorCommands.SetTicker),
  /** Runs instead of the ticker's text, in colours of its own, until `untilMs`; refused with `bad-time` when that is over or more than a day away. */
  ShowUrgentMessage: command(vendorCommands.ShowUrgentMessage),
  EndUrgentMessage: command(vendorCommands.EndUrgentMessage),
  SetBlackout: command(vendorCommands.SetBlackout),
  /** The whole wall stands still, and says so. */
  SetFreeze: command(vendorCommands.SetFreeze),
  /** Refused above what the law allows now, with the computation in words. */
  SetBrightness: command(vendorCommands.SetBrightness),
  GetBrightness: { request: z.strictObject({}), response: brightness },
  /** Takes back the latest decision of a person. */
  Undo: command(vendorCommands.Undo),
  StartTour: command(vendorCommands.StartTour),
  /** People choose what is on air; with `untilMs` until then, and the schedule after it. */
  Hold: command(vendorCommands.Hold),
  FollowSchedule: command(vendorCommands.FollowSchedule),
  /** The names that `ShowTestPattern` knows, in the order in which an installer goes through them. */
  GetTestPatterns: { request: z.strictObject({}), response: z.object({ patterns: z.array(z.string()) }) },
  /** While the hall is open it is refused with `confirmation-needed` unless `confirm` is true. */
  ShowTestPattern: command(vendorCommands.ShowTestPattern),
  StopTestPattern: command(vendorCommands.StopTestPattern),
  /** The layouts as the configuration has them, where each is needed, and whether they can be saved. */
  GetLayouts: { request: z.strictObject({}), response: editableLayouts },
  SaveLayout: command(vendorCommands.SaveLayout),
  DeleteLayout: command(vendorCommands.DeleteLayout),
  /** Layouts that people are working on, kept with the state of the hall. */
  GetLayoutDrafts: { request: z.strictObject({}), response: layoutDrafts },
  SaveLayoutDraft: command(vendorCommands.SaveLayoutDraft),
  DeleteLayoutDraft: command(vendorCommands.DeleteLayoutDraft),
  /** Tours and the schedule's rules as the configuration has them, and whether they can be saved. */
  GetProgramme: { request: z.strictObject({}), response: editableProgramme },
  SaveTour: command(vendorCommands.SaveTour),
  DeleteTour: command(vendorCommands.DeleteTour),
  SaveScheduleRules: command(vendorCommands.SaveScheduleRules),
  /** The positions that a camera has kept, asked of the camera. */
  GetCameraPresets: {
    request: z.strictObject({ camera: z.string().min(1).max(200) }),
    response: z.object({ presets: z.array(z.object({ token: z.string(), name: z.string() })) }),
  },
  /** Within a second it is to be sent again; otherwise the camera is stopped. */
  MoveCamera: command(vendorCommands.MoveCamera),
  StopCamera: command(vendorCommands.StopCamera),
  HomeCamera: command(vendorCommands.HomeCamera),
  RecallCameraPreset: command(vendorCommands.RecallCameraPreset),
  SaveCameraPreset: command(vendorCommands.SaveCameraPreset),
  RemoveCameraPreset: command(vendorCommands.RemoveCameraPreset),
  /** How the service itself is: its configuration, its memory, its guardian. */
  GetService: { request: z.strictObject({}), response: service },
  /** Reads the configuration file again. */
  ReloadConfiguration: { request: z.strictObject({}), response: service },
} as const;

/** Vendor events: name → `eventData`. */
export const vendorEvents = {
  /** Anything in `GetWall` changed; sent with the whole of it, so that a client that missed one is right again. */
  WallChanged: wall,
  TileChanged: tile,
  CountChanged: count,
  OutputChanged: output,
  BrightnessChanged: brightness,
  ControllerChanged: controller,
  ServiceChanged: service,
  /** A draft came, changed or went. */
  LayoutDraftsChanged: layoutDraftsChanged,
} as const;

export type VendorCommandName = keyof typeof vendorCommands;
export type VendorRequestName = keyof typeof vendorRequests;
export type VendorEventName = keyof typeof vendorEvents;
export type VendorResponse<Name extends VendorRequestName> = z.output<(typeof vendorRequests)[Name]['response']>;
export type VendorEvent<Name extends VendorEventName> = z.output<(typeof vendorEvents)[Name]>;
