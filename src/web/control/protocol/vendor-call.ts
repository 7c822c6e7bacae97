import type { vendorRequests, VendorRequestName, VendorResponse } from '../../../control/vendor.js';
import type { Connection } from './connection.js';
import { isRecord } from './envelope.js';
import { RequestError } from './request-error.js';
import { VENDOR } from './vendor-name.js';
import type { z } from 'zod';

/** What is sent with a vendor request. */
export type VendorRequestData<Name extends VendorRequestName> = z.input<(typeof vendorRequests)[Name]['request']>;

/**
 * Calls one of our own requests through obs-websocket's extension point.
 * The page comes from the server that answers, so the two agree on the shape; only the frame is looked at here.
 * @throws RequestError
 */
export async function callVendor<Name extends VendorRequestName>(
  connection: Connection,
  requestType: Name,
  requestData: VendorRequestData<Name>,
): Promise<VendorResponse<Name>> {
  const answer = await connection.request('CallVendorRequest', { vendorName: VENDOR, requestType, requestData });
  if (!isRecord(answer['responseData'])) throw new RequestError('bad-answer', 0, requestType);
  return answer['responseData'] as VendorResponse<Name>;
}
