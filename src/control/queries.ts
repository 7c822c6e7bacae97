import type { z } from 'zod';
import type { WallEngine } from './engine.js';
import { brightnessFields, controllerFields, scheduleFields, serviceFields, wallFields } from './wall-fields.js';
import type { VendorCommandName, VendorRequestName, VendorResponse, vendorRequests } from './vendor.js';

export type QueryName = Exclude<VendorRequestName, VendorCommandName | 'ReloadConfiguration'>;
type QueryData<Name extends QueryName> = z.output<(typeof vendorRequests)[Name]['request']>;
type Queries = {
  readonly [Name in QueryName]: (engine: WallEngine, data: QueryData<Name>) => VendorResponse<Name>;
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
  GetTestPatterns: (engine) => ({ patterns: [...engine.testPatterns.names] }),
  GetBrightness: (engine) => brightnessFields(engine.brightness()),
  GetService: (engine) => serviceFields(engine.service()),
};

/** Answers a query. @param data checked by the schema of its name */
export function answer<Name extends QueryName>(name: Name, engine: WallEngine, data: unknown): VendorResponse<Name> {
  // The compiler cannot follow the name through the table.
  return (queries[name] as (engine: WallEngine, data: unknown) => VendorResponse<Name>)(engine, data);
}
