import { closeCode, executionType, isFields, type Fields } from './protocol.js';

/** A reason to end the connection, with OBS's close code and words. */
export class CloseSession extends Error {
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.name = 'CloseSession';
    this.code = code;
  }
}

/** What both `Identify` and `Reidentify` can set. */
export type SessionParameters = { readonly eventSubscriptions: number | null };

export type BatchMessage = {
  readonly requestId: unknown;
  readonly requests: readonly Fields[];
  readonly variables: Fields;
  readonly haltOnFailure: boolean;
};

function isUnsigned(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Takes a message apart. @throws CloseSession */
export function parseEnvelope(message: unknown): { readonly op: number; readonly data: Fields } {
  if (!isFields(message)) throw new CloseSession(closeCode.messageDecodeError, 'You sent a non-object payload.');
  const { op, d: data } = message;
  if (op === undefined) throw new CloseSession(closeCode.unknownOpCode, 'Your request is missing an `op`.');
  if (typeof op !== 'number') throw new CloseSession(closeCode.unknownOpCode, 'Your `op` is not a number.');
  if (data === undefined || data === null) {
    throw new CloseSession(closeCode.missingDataField, 'Your payload is missing data (`d`).');
  }
  if (!isFields(data)) {
    throw new CloseSession(closeCode.invalidDataFieldType, "Your payload's data (`d`) is not an object.");
  }
  return { op, data };
}

/** Checks the version that an `Identify` asks for. @throws CloseSession */
export function checkRpcVersion(data: Fields, supported: number): void {
  const { rpcVersion } = data;
  if (rpcVersion === undefined) {
    throw new CloseSession(closeCode.missingDataField, "Your payload's data is missing an `rpcVersion`.");
  }
  if (!isUnsigned(rpcVersion)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `rpcVersion` is not an unsigned number.');
  }
  if (rpcVersion !== supported) {
    const reason = 'Your requested RPC version is not supported by this server.';
    throw new CloseSession(closeCode.unsupportedRpcVersion, reason);
  }
}

/** @throws CloseSession */
export function parseSessionParameters(data: Fields): SessionParameters {
  const { eventSubscriptions } = data;
  if (eventSubscriptions === undefined) return { eventSubscriptions: null };
  if (!isUnsigned(eventSubscriptions)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `eventSubscriptions` is not an unsigned number.');
  }
  return { eventSubscriptions };
}

/** Checks that a request can be answered at all, i.e. that it has an id. @throws CloseSession */
export function checkRequestId(data: Fields): void {
  if (data['requestId'] !== undefined) return;
  throw new CloseSession(closeCode.missingDataField, 'Your payload data is missing a `requestId`.');
}

/** @throws CloseSession */
export function parseBatch(data: Fields): BatchMessage {
  checkRequestId(data);
  const { requestId, requests, variables, haltOnFailure } = data;
  if (requests === undefined) {
    throw new CloseSession(closeCode.missingDataField, 'Your payload data is missing a `requests`.');
  }
  if (!Array.isArray(requests)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `requests` is not an array.');
  }
  checkExecutionType(data['executionType']);
  if (variables !== undefined && variables !== null && !isFields(variables)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `variables` is not an object.');
  }
  if (haltOnFailure !== undefined && haltOnFailure !== null && typeof haltOnFailure !== 'boolean') {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `haltOnFailure` is not a boolean.');
  }
  return {
    requestId,
    requests: requests.map((request: unknown) => (isFields(request) ? request : {})),
    variables: variables ?? {},
    haltOnFailure: haltOnFailure ?? false,
  };
}

/** Serial, at once or by frames, is what there is; parallel is refused as OBS refuses it on a machine that is too small. */
function checkExecutionType(value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `executionType` is not a number.');
  }
  if (value === executionType.parallel) {
    const reason = 'Parallel request batch processing is not available on this system due to limited core count.';
    throw new CloseSession(closeCode.unsupportedFeature, reason);
  }
  if (value !== executionType.serialRealtime && value !== executionType.serialFrame) {
    throw new CloseSession(closeCode.invalidDataFieldValue, 'Your `executionType` has an invalid value.');
  }
}
