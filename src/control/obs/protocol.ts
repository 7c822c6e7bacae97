/**
 * The words of obs-websocket v5, RPC version 1 (obsproject/obs-websocket, docs/generated/protocol.md):
 * op codes, close codes, request statuses, event subscriptions, and the shape of messages.
 */

/** The protocol version that this server speaks: the first with `sceneUuid` and `InputSettingsChanged` is 5.4.0. */
export const OBS_WEBSOCKET_VERSION = '5.5.0';
/** The OBS release that brought that protocol; clients compare it with what they need. */
export const OBS_VERSION = '30.2.0';
export const RPC_VERSION = 1;

/** "WebSocketOpCode" */
export const opCode = {
  hello: 0,
  identify: 1,
  identified: 2,
  reidentify: 3,
  event: 5,
  request: 6,
  requestResponse: 7,
  requestBatch: 8,
  requestBatchResponse: 9,
} as const;

/** "WebSocketCloseCode" */
export const closeCode = {
  messageDecodeError: 4002,
  missingDataField: 4003,
  invalidDataFieldType: 4004,
  invalidDataFieldValue: 4005,
  unknownOpCode: 4006,
  notIdentified: 4007,
  alreadyIdentified: 4008,
  authenticationFailed: 4009,
  unsupportedRpcVersion: 4010,
  sessionInvalidated: 4011,
  unsupportedFeature: 4012,
} as const;

/** "RequestStatus": those that this server answers with. */
export const requestStatus = {
  success: 100,
  missingRequestType: 203,
  unknownRequestType: 204,
  genericError: 205,
  unsupportedRequestBatchExecutionType: 206,
  notReady: 207,
  missingRequestField: 300,
  missingRequestData: 301,
  invalidRequestField: 400,
  invalidRequestFieldType: 401,
  requestFieldOutOfRange: 402,
  requestFieldEmpty: 403,
  tooManyRequestFields: 404,
  outputRunning: 500,
  outputNotRunning: 501,
  studioModeNotActive: 506,
  resourceNotFound: 600,
  invalidResourceType: 602,
  invalidResourceState: 604,
  invalidInputKind: 605,
  resourceNotConfigurable: 606,
  requestProcessingFailed: 702,
} as const;

/** "EventSubscription": the categories that are sent unless a client asks for less. */
export const eventSubscription = {
  general: 1 << 0,
  config: 1 << 1,
  scenes: 1 << 2,
  inputs: 1 << 3,
  transitions: 1 << 4,
  filters: 1 << 5,
  outputs: 1 << 6,
  sceneItems: 1 << 7,
  mediaInputs: 1 << 8,
  vendors: 1 << 9,
  ui: 1 << 10,
} as const;

/** "EventSubscription": events that come often, sent only to who asks for them. */
export const highVolumeEventSubscription = {
  inputVolumeMeters: 1 << 16,
  inputActiveStateChanged: 1 << 17,
  inputShowStateChanged: 1 << 18,
  sceneItemTransformChanged: 1 << 19,
} as const;

/** What a client receives that does not say otherwise: "All", which excludes the high-volume events from bit 16 on. */
export const DEFAULT_EVENT_SUBSCRIPTIONS = Object.values(eventSubscription).reduce((all, one) => all | one, 0);

/** "RequestBatchExecutionType": those that a client may ask for. */
export const executionType = { serialRealtime: 0, serialFrame: 1, parallel: 2 } as const;
export type ExecutionType = (typeof executionType)[keyof typeof executionType];

/** A JSON object as it travels. */
export type Fields = Readonly<Record<string, unknown>>;

/** One event, before it is wrapped in a message. */
export type ObsEvent = { readonly eventType: string; readonly eventIntent: number; readonly eventData?: Fields };

export type RequestStatusFields = { readonly result: boolean; readonly code: number; readonly comment?: string };

/** What became of one request. */
export type RequestResult = { readonly requestStatus: RequestStatusFields; readonly responseData?: Fields };

/** Whether a value is what JSON calls an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
