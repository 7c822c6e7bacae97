import type { WallEngine } from './engine.js';
import { brightnessFields, controllerFields, serviceFields, wallFields } from './obs/wall-fields.js';
import type { VendorCommandName, VendorRequestName, VendorResponse } from './vendor.js';

type QueryName = Exclude<VendorRequestName, VendorCommandName | 'ReloadConfiguration'>;
type Queries = { readonly [Name in QueryName]: (engine: WallEngine) => VendorResponse<Name> };

/** What everybody who may look may ask, by the names of the vendor requests; the same over every protocol. */
export const queries: Queries = {
  GetWall: wallFields,
  GetTiles: (engine) => ({ tiles: [...engine.tiles()] }),
  GetCounts: (engine) => ({ counts: engine.counts().map((count) => ({ ...count, values: { ...count.values } })) }),
  GetOutputs: (engine) => ({ outputs: [...engine.outputs()] }),
  GetControllers: (engine) => ({ controllers: engine.controllers().map(controllerFields) }),
  GetPixelMaps: (engine) => ({
    pixelMaps: engine.pixelMaps().map((map) => ({ ...map, cabinets: [...map.cabinets] })),
  }),
  GetBrightness: (engine) => brightnessFields(engine.brightness()),
  GetService: (engine) => serviceFields(engine.service()),
};
