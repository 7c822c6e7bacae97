import { z } from 'zod';
import { includesRole } from '../../access/people.js';
import type { WallEngine } from '../../engine.js';
import type { Role } from '../../options.js';
import { VENDOR_NAME, vendorRequests, type VendorRequestName, type VendorResponse } from '../../vendor.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { refusalOf } from '../refusal.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';
import { serviceFields, wallFields } from '../wall-fields.js';

type VendorData<Name extends VendorRequestName> = z.output<(typeof vendorRequests)[Name]['request']>;

type VendorHandlers = {
  readonly [Name in VendorRequestName]: {
    readonly minimumRole: (data: VendorData<Name>) => Role;
    readonly answer: (data: VendorData<Name>, engine: WallEngine) => Promise<VendorResponse<Name>>;
  };
};

const anybody = (): Role => 'viewer';
const operators = (): Role => 'operator';

const handlers: VendorHandlers = {
  GetWall: { minimumRole: anybody, answer: (_data, engine) => Promise.resolve(wallFields(engine)) },
  GetTiles: { minimumRole: anybody, answer: (_data, engine) => Promise.resolve({ tiles: [...engine.tiles()] }) },
  GetCounts: {
    minimumRole: anybody,
    answer: (_data, engine) =>
      Promise.resolve({ counts: engine.counts().map((count) => ({ ...count, values: { ...count.values } })) }),
  },
  GetOutputs: { minimumRole: anybody, answer: (_data, engine) => Promise.resolve({ outputs: [...engine.outputs()] }) },
  GetPixelMaps: {
    minimumRole: anybody,
    answer: (_data, engine) =>
      Promise.resolve({ pixelMaps: engine.pixelMaps().map((map) => ({ ...map, cabinets: [...map.cabinets] })) }),
  },
  GetService: { minimumRole: anybody, answer: (_data, engine) => Promise.resolve(serviceFields(engine.service())) },
  ReloadConfiguration: {
    minimumRole: () => 'admin',
    answer: async (_data, engine) => {
      await engine.reload();
      return serviceFields(engine.service());
    },
  },
  SetCellSource: {
    minimumRole: operators,
    answer: async (data, engine) => {
      await engine.execute({ kind: 'set-cell-source', ...data });
      return {};
    },
  },
  SetTicker: {
    minimumRole: operators,
    answer: async ({ text }, engine) => {
      await engine.execute({ kind: 'set-ticker', text });
      return {};
    },
  },
  SetBlackout: {
    minimumRole: ({ on }) => (on ? 'guard' : 'operator'),
    answer: async ({ on }, engine) => {
      await engine.execute({ kind: 'set-blackout', on });
      return {};
    },
  },
};

function isVendorRequest(name: string): name is VendorRequestName {
  return Object.hasOwn(vendorRequests, name);
}

async function call<Name extends VendorRequestName>(
  name: Name,
  data: Readonly<Record<string, unknown>>,
  context: RequestContext,
): Promise<VendorResponse<Name>> {
  const checked = vendorRequests[name].request.safeParse(data);
  if (!checked.success) {
    const { code, comment } = refusalOf(checked.error.issues[0], data);
    throw new RequestRefusal(code, comment);
  }
  // Checked by the schema of the same name: the compiler cannot follow the name through the table.
  const checkedData = checked.data as VendorData<Name>;
  const handler = handlers[name];
  const needed = handler.minimumRole(checkedData);
  if (!includesRole(context.person.role, needed)) {
    const comment = `Your role \`${context.person.role}\` may not do this, it takes \`${needed}\`.`;
    throw new RequestRefusal(requestStatus.genericError, comment);
  }
  return handler.answer(checkedData, context.engine);
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
