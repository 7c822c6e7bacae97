import { z } from 'zod';
import {
  VENDOR_NAME,
  vendorCommands,
  vendorRequests,
  type VendorCommandName,
  type VendorRequestName,
  type VendorResponse,
} from '../../vendor.js';
import { nameField } from '../lookups.js';
import { requestStatus, type Fields } from '../protocol.js';
import { refusalOf } from '../refusal.js';
import {
  RequestRefusal,
  callerOf,
  defineRequest,
  revisionOf,
  type RequestContext,
  type RequestDefinition,
} from '../request.js';
import { brightnessFields, serviceFields, wallFields } from '../wall-fields.js';

type VendorData<Name extends VendorRequestName> = z.output<(typeof vendorRequests)[Name]['request']>;

type VendorQueries = {
  readonly [Name in Exclude<VendorRequestName, VendorCommandName>]: (
    data: VendorData<Name>,
    context: RequestContext,
  ) => VendorResponse<Name> | Promise<VendorResponse<Name>>;
};

/** What is asked, and open to everybody; what is commanded stands in `vendorCommands`. */
const queries: VendorQueries = {
  GetWall: (_data, { engine }) => wallFields(engine),
  GetTiles: (_data, { engine }) => ({ tiles: [...engine.tiles()] }),
  GetCounts: (_data, { engine }) => ({
    counts: engine.counts().map((count) => ({ ...count, values: { ...count.values } })),
  }),
  GetOutputs: (_data, { engine }) => ({ outputs: [...engine.outputs()] }),
  GetPixelMaps: (_data, { engine }) => ({
    pixelMaps: engine.pixelMaps().map((map) => ({ ...map, cabinets: [...map.cabinets] })),
  }),
  GetBrightness: (_data, { engine }) => brightnessFields(engine.brightness()),
  GetService: (_data, { engine }) => serviceFields(engine.service()),
  ReloadConfiguration: async (_data, context) => {
    await context.desk.run('reload-configuration', {}, callerOf(context));
    return serviceFields(context.engine.service());
  },
};

function isVendorRequest(name: string): name is VendorRequestName {
  return Object.hasOwn(vendorRequests, name);
}

function isVendorCommand(name: VendorRequestName): name is VendorCommandName {
  return Object.hasOwn(vendorCommands, name);
}

async function call(
  name: VendorRequestName,
  { ifRevision, ...data }: Fields,
  context: RequestContext,
): Promise<Fields> {
  const checked = vendorRequests[name].request.safeParse(data);
  if (!checked.success) {
    const { code, comment } = refusalOf(checked.error.issues[0], data);
    throw new RequestRefusal(code, comment);
  }
  if (isVendorCommand(name)) {
    const given = vendorCommands[name];
    return { revision: await context.desk.give(given, checked.data, callerOf(context), revisionOf(ifRevision)) };
  }
  // Checked by the schema of the same name: the compiler cannot follow the name through the table.
  const answer = queries[name] as (data: unknown, context: RequestContext) => Fields | Promise<Fields>;
  return answer(checked.data, context);
}

/** What obs-websocket does not know, in its own extension point. */
export const vendorRequestDefinitions: Readonly<Record<string, RequestDefinition>> = {
  CallVendorRequest: defineRequest(
    z.object({
      vendorName: nameField,
      requestType: nameField,
      requestData: z.record(z.string(), z.unknown()).default({}),
    }),
    'viewer',
    async ({ vendorName, requestType, requestData }, context) => {
      if (vendorName !== VENDOR_NAME) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No vendor was found by that name.');
      }
      if (!isVendorRequest(requestType)) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No request was found by that name.');
      }
      const responseData = await call(requestType, requestData, context);
      return { vendorName, requestType, responseData };
    },
  ),
};
