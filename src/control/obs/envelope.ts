import { closeCode, executionType as executionTypes, isFields, type ExecutionType, type Fields } from './protocol.js';

/** OBS takes any number; a message of the largest size could hold enough of them to keep everybody else waiting. */
const MAXIMUM_BATCH_REQUESTS = 2_000;

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
  readonly executionType: ExecutionType;
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

/** Checks that a request can be answered at all: that it has an id and a type. @throws CloseSession */
export function checkRequest(data: Fields): void {
  checkRequestId(data);
  const { requestType } = data;
  if (requestType === undefined) {
    throw new CloseSession(closeCode.missingDataField, "Your payload's data is missing an `requestType`.");
  }
  if (typeof requestType !== 'string') {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `requestType` is not a string.');
  }
}

function checkRequestId(data: Fields): void {
  if (data['requestId'] !== undefined) return;
  throw new CloseSession(closeCode.missingDataField, 'Your payload data is missing a `requestId`.');
}

/** @throws CloseSession */
export function parseBatch(data: Fields): BatchMessage {
  checkRequestId(data);
  const { requestId, requests } = data;
  const executionType = parseExecutionType(data['executionType']);
  const variables = parseVariables(data['variables'], executionType);
  const haltOnFailure = data['haltOnFailure'] ?? false;
  if (typeof haltOnFailure !== 'boolean') {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `haltOnFailure` is not a boolean.');
  }
  if (requests === undefined) {
    throw new CloseSession(closeCode.missingDataField, 'Your payload data is missing a `requests`.');
  }
  if (!Array.isArray(requests)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `requests` is not an array.');
  }
  if (requests.length > MAXIMUM_BATCH_REQUESTS) {
    const reason = `Your requests are more than ${MAXIMUM_BATCH_REQUESTS}.`;
    throw new CloseSession(closeCode.invalidDataFieldValue, reason);
  }
  return {
    requestId,
    executionType,
    requests: requests.map((request: unknown) => (isFields(request) ? request : {})),
    variables,
    haltOnFailure,
  };
}

function parseExecutionType(value: unknown): ExecutionType {
  if (value === undefined || value === null) return executionTypes.serialRealtime;
  if (!isUnsigned(value)) {
    throw new CloseSession(closeCode.invalidDataFieldType, 'Your `executionType` is not a number.');
  }
  const found = Object.values(executionTypes).find((known) => known === value);
  if (found !== undefined) return found;
  throw new CloseSession(closeCode.invalidDataFieldValue, 'Your `executionType` has an invalid value.');
}

function parseVariables(value: unknown, type: ExecutionType): Fields {
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw new CloseSession(closeCode.invalidDataFieldType, 'Your `variables` is not an object.');
  if (type !== executionTypes.parallel) return value;
  throw new CloseSession(closeCode.unsupportedFeature, 'Variables are not supported in Parallel mode.');
}
