import { requestStatus, type RequestResult } from './protocol.js';
import { refusedResult, type RequestContext, type RequestDefinition } from './request.js';
import { configRequests } from './requests/config.js';
import { generalRequests } from './requests/general.js';
import { hotkeyRequests } from './requests/hotkeys.js';
import { inputRequests } from './requests/inputs.js';
import { outputRequests } from './requests/outputs.js';
import { sceneItemRequests } from './requests/scene-items.js';
import { sceneRequests } from './requests/scenes.js';
import { sourceRequests } from './requests/sources.js';
import { transitionRequests } from './requests/transitions.js';
import { vendorRequestDefinitions } from './requests/vendor.js';

/** A map, so that no request can be named after something that every object has. */
const requests: ReadonlyMap<string, RequestDefinition> = new Map(
  [
    generalRequests,
    configRequests,
    sceneRequests,
    sceneItemRequests,
    inputRequests,
    sourceRequests,
    transitionRequests,
    outputRequests,
    hotkeyRequests,
    vendorRequestDefinitions,
  ].flatMap((group) => Object.entries(group)),
);

/** Names of all requests that this server answers. */
export const requestTypes: readonly string[] = [...requests.keys()];

/** Answers one request. Never rejects. */
export function answerRequest(requestType: unknown, data: unknown, context: RequestContext): Promise<RequestResult> {
  if (typeof requestType !== 'string' || requestType === '') {
    const comment = "Your request's `requestType` may not be empty.";
    return Promise.resolve(refusedResult(requestStatus.missingRequestType, comment));
  }
  const definition = requests.get(requestType);
  return definition === undefined
    ? Promise.resolve(refusedResult(requestStatus.unknownRequestType, 'Your request type is not valid.'))
    : definition(data, context);
}
