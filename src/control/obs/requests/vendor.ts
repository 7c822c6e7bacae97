import { z } from 'zod';
import { GlasshallError } from '../../../core/errors.js';
import {
  VENDOR_NAME,
  vendorCommands,
  vendorRequests,
  type VendorCommandName,
  type VendorRequestName,
} from '../../vendor.js';
import { answer } from '../../queries.js';
import { nameField } from '../lookups.js';
import { requestStatus, type Fields } from '../protocol.js';
import { refusalOf } from '../refusal.js';
import {
  RequestRefusal,
  callerOf,
  defineRequest,
  refusalBy,
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
    return answer('GetService', context.engine, {});
  }
  return answer(name, context.engine, checked.data);
}

/** What obs-websocket does not know, in its own extension point. */
export const vendorRequestDefinitions: Readonly<Record<string, RequestDefinition>> = {
  CallVendorRequest: defineRequest({
    summary: 'Asks for what OBS does not know: see the vendor requests.',
    request: z.object({
      vendorName: nameField,
      requestType: nameField,
      requestData: z.record(z.string(), z.unknown()).default({}),
    }),
    response: z.object({
      vendorName: z.string(),
      requestType: z.string(),
      responseData: z.record(z.string(), z.unknown()),
    }),
    minimumRole: 'viewer',
    answer: async ({ vendorName, requestType, requestData }, context) => {
      if (vendorName !== VENDOR_NAME) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No vendor was found by that name.');
      }
      if (!isVendorRequest(requestType)) {
        throw new RequestRefusal(requestStatus.resourceNotFound, 'No request was found by that name.');
      }
      try {
        const responseData = await call(requestType, requestData, context);
        return { vendorName, requestType, responseData };
      } catch (thrown) {
        if (!(thrown instanceof GlasshallError) || thrown.code === 'not-allowed') throw thrown;
        // Our own clients word it themselves, and put it where it belongs.
        const { code, parameters } = thrown;
        throw refusalBy(thrown, { vendorName, requestType, responseData: { code, parameters } });
      }
    },
  }),
};
