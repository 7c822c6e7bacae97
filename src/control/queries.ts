import type { z } from 'zod';
import type { WallEngine } from './engine.js';
import { draftFields, editableLayoutFields } from './layout-fields.js';
import { programmeFields } from './programme-fields.js';
import { brightnessFields, controllerFields, scheduleFields, serviceFields, wallFields } from './wall-fields.js';
import type { VendorCommandName, VendorRequestName, VendorResponse, vendorRequests } from './vendor.js';

export type QueryName = Exclude<VendorRequestName, VendorCommandName | 'ReloadConfiguration'>;
type QueryData<Name extends QueryName> = z.output<(typeof vendorRequests)[Name]['request']>;
/** What is read from the disk, or what a camera has to be asked for, takes its time; the rest is known. */
type Answer<Name extends QueryName> = Name extends 'GetLayouts' | 'GetProgramme' | 'GetCameraPresets'
  ? Promise<VendorResponse<Name>>
  : VendorResponse<Name>;
type Queries = {
  readonly [Name in QueryName]: (engine: WallEngine, data: QueryData<Name>) => Answer<Name>;
};

/** What everybody who may look may ask, by the names of the vendor requests; the same over every protocol. */
const queries: Queries = {
  GetWall: wallFields,
  GetTiles: (engine) => ({ tiles: [...engine.tiles()] }),
  GetCounts: (engine) => ({ counts: engine.counts().map((count) => ({ ...count, values: { ...count.values } })) }),
  GetOutputs: (engine) => ({ outputs: [...engine.outputs()] }),
  GetControllers: (engine) => ({ controllers: engine.controllers().map(controllerFields) }),
  GetPixelMaps: (engine) => ({
    pixelMaps: engine.pixelMaps().map((map) => ({ ...map, cabinets: [...map.cabinets] })),
  }),
  GetSchedule: (engine, { date }) => scheduleFields(engine, date ?? null),
  GetLayouts: async (engine) => editableLayoutFields(await engine.layoutDesk.layouts()),
  GetLayoutDrafts: (engine) => ({ drafts: engine.layoutDesk.drafts().map(draftFields) }),
  GetProgramme: async (engine) => programmeFields(await engine.programmeDesk.programme()),
  GetTestPatterns: (engine) => ({ patterns: [...engine.testPatterns.names] }),
  GetCameraPresets: async (engine, { camera }) => ({ presets: [...(await engine.cameras.ptz(camera).presets())] }),
  GetBrightness: (engine) => brightnessFields(engine.brightness()),
  GetService: (engine) => serviceFields(engine.service()),
};

/** Answers a query. @param data checked by the schema of its name @throws GlasshallError of `CameraDesk`, about cameras */
export function answer<Name extends QueryName>(name: Name, engine: WallEngine, data: unknown): Answer<Name> {
  // The compiler cannot follow the name through the table.
  return (queries[name] as (engine: WallEngine, data: unknown) => Answer<Name>)(engine, data);
}
