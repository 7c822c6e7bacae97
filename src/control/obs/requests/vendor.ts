import { z } from 'zod';
import {
  VENDOR_NAME,
  vendorCommands,
  vendorRequests,
  type VendorCommandName,
  type VendorRequestName,
} from '../../vendor.js';
import { queries } from '../../queries.js';
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
  if (name === 'ReloadConfiguration') {
    await context.desk.run('reload-configuration', {}, callerOf(context));
    return queries.GetService(context.engine);
  }
  return queries[name](context.engine);
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
