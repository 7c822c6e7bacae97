import type { closeCode, eventSubscription, highVolumeEventSubscription, opCode, requestStatus } from '../protocol.js';
import type { VendorCommandName, VendorEventName, VendorRequestName } from '../../vendor.js';

/** What the op codes are for. */
export const opCodeWords: Readonly<Record<keyof typeof opCode, string>> = {
  hello: 'Server: the first message; with a challenge where operators are configured.',
  identify: 'Client: who it is, and which events it wants.',
  identified: 'Server: everything may be asked from here on.',
  reidentify: 'Client: which events it wants from here on.',
  event: 'Server: something happened.',
  request: 'Client: one request.',
  requestResponse: 'Server: its answer.',
  requestBatch: 'Client: several requests.',
  requestBatchResponse: 'Server: their answers.',
};

/** Why the server ends a connection. */
export const closeCodeWords: Readonly<Record<keyof typeof closeCode, string>> = {
  messageDecodeError: 'The message is not of the encoding of the connection.',
  missingDataField: 'A field of the message is missing.',
  invalidDataFieldType: 'A field of the message is of another type.',
  invalidDataFieldValue: 'A field of the message has a value that is not possible.',
  unknownOpCode: 'There is no such op code.',
  notIdentified: 'The client has to say who it is first, and in time.',
  alreadyIdentified: 'The client has said who it is already.',
  authenticationFailed: 'The answer to the challenge is of nobody who is known.',
  unsupportedRpcVersion: 'RPC version 1 is spoken here.',
  sessionInvalidated: 'The person may not be here any more; the client must not come back by itself.',
  unsupportedFeature: 'A parallel batch cannot have variables.',
};

/** What the statuses of responses mean. */
export const requestStatusWords: Readonly<Record<keyof typeof requestStatus, string>> = {
  success: 'Done.',
  missingRequestType: 'The request of a batch has no type.',
  unknownRequestType: 'There is no such request.',
  genericError: 'The role of the person may not do this.',
  unsupportedRequestBatchExecutionType: 'One can only sleep in a serial batch.',
  notReady: 'The service is not ready yet.',
  missingRequestField: 'A field is missing.',
  missingRequestData: 'All the data are missing.',
  invalidRequestField: 'A field has a value that is not possible.',
  invalidRequestFieldType: 'A field is of another type.',
  requestFieldOutOfRange: 'A number is too small or too large.',
  requestFieldEmpty: 'A text is empty.',
  tooManyRequestFields: 'A vendor request has a field that is not known.',
  outputRunning: 'The output runs already.',
  outputNotRunning: 'The output does not run.',
  studioModeNotActive: 'There is no preview.',
  resourceNotFound: 'There is nothing of this name.',
  invalidResourceType: 'It is of another kind, such as an input where a scene is meant.',
  invalidResourceState: 'It cannot be done now: somebody else was faster (`conflict`), or there is no such thing here.',
  invalidInputKind: 'There is no such kind of input.',
  resourceNotConfigurable: 'It can only be changed in the configuration.',
  requestProcessingFailed: 'It was tried and did not succeed; the comment says why.',
};

/** What the categories of events are about. */
export const categoryWords: Readonly<
  Record<keyof typeof eventSubscription | keyof typeof highVolumeEventSubscription, string>
> = {
  general: 'the service',
  config: 'nothing is sent',
  scenes: 'layouts',
  inputs: 'cameras, ticker, clock',
  transitions: 'transitions',
  filters: 'nothing is sent',
  outputs: 'nothing is sent',
  sceneItems: 'cells',
  mediaInputs: 'cameras that come and go',
  vendors: 'what OBS does not know',
  ui: 'studio mode',
  inputVolumeMeters: 'nothing is sent: there is no sound',
  inputActiveStateChanged: 'what is on air',
  inputShowStateChanged: 'what is on air or prepared',
  sceneItemTransformChanged: 'places of cells',
};

/** What vendor requests do that give no command; the others say so themselves. */
export const vendorRequestWords: Readonly<Record<Exclude<VendorRequestName, VendorCommandName>, string>> = {
  GetWall: 'Gives everything that is decided about the wall: layouts, what is on air, ticker, blackout.',
  GetTiles: 'Gives the state of every camera.',
  GetCounts: 'Gives the counts, with the time at which they were read.',
  GetOutputs: 'Gives the state of every output.',
  GetControllers: "Gives the screen's controllers: what is wanted of them, what they say, and where the two differ.",
  GetTestPatterns:
    'Gives the names that `ShowTestPattern` knows, in the order in which an installer goes through them.',
  GetPixelMaps:
    'Gives which part of the wall each output shows, and how its chain of pixels runs through its cabinets.',
  GetBrightness: 'Gives how bright the wall is and why, and what the law allows, with its computation.',
  GetSchedule: 'Gives what the schedule brings on a date, or today.',
  GetLayouts: 'Gives the layouts as the configuration has them, where each is needed, and whether they can be saved.',
  GetLayoutDrafts: 'Gives the layouts that people are working on, the latest first.',
  GetProgramme:
    'Gives the tours and the rules of the schedule as the configuration has them, where each tour is needed, and whether they can be saved.',
  GetCameraPresets: 'Asks a camera for the positions that it has kept.',
  GetService: 'Gives how the service itself is: its configuration, its memory, its guardian.',
  ReloadConfiguration: 'Reads the configuration file again.',
};

/** What vendor events tell. */
export const vendorEventWords: Readonly<Record<VendorEventName, string>> = {
  WallChanged:
    'Something in `GetWall` changed; the whole of it is sent, so that a client that missed one is right again.',
  TileChanged: 'A camera has another state.',
  CountChanged: 'A count was read, or is not fresh any more.',
  BrightnessChanged: 'The brightness or its reason changed; while light moves, once a second.',
  ControllerChanged: 'A controller of the screen says something else, or differs from what is wanted.',
  OutputChanged: 'An output has another state.',
  LayoutDraftsChanged: 'A draft of a layout came, changed or went; `GetLayoutDrafts` gives what is in them.',
  ServiceChanged: 'The configuration was read, or the service has another state.',
};
