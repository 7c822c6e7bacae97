import { GlasshallError } from '../../core/errors.js';
import { requestStatus, type RequestResult } from './protocol.js';
import { refusedResult, type RequestContext, type RequestDefinition } from './request.js';
import { absentOutputRequests } from './requests/absent-outputs.js';
import { audioRequests } from './requests/audio.js';
import { configRequests } from './requests/config.js';
import { filterRequests } from './requests/filters.js';
import { generalRequests } from './requests/general.js';
import { hotkeyRequests } from './requests/hotkeys.js';
import { inputRequests } from './requests/inputs.js';
import { mediaRequests } from './requests/media.js';
import { outputRequests } from './requests/outputs.js';
import { sceneItemRequests } from './requests/scene-items.js';
import { sceneRequests } from './requests/scenes.js';
import { sourceRequests } from './requests/sources.js';
import { transitionRequests } from './requests/transitions.js';
import { vendorRequestDefinitions } from './requests/vendor.js';

/** Requests by what they are about, in the order of the documentation. */
export const requestGroups: Readonly<Record<string, Readonly<Record<string, RequestDefinition>>>> = {
  General: { ...generalRequests, ...hotkeyRequests, ...vendorRequestDefinitions },
  Config: configRequests,
  Scenes: sceneRequests,
  'Scene items': sceneItemRequests,
  Inputs: inputRequests,
  Audio: audioRequests,
  'Media inputs': mediaRequests,
  Sources: sourceRequests,
  Filters: filterRequests,
  Transitions: transitionRequests,
  Outputs: outputRequests,
  'Streaming, recording, virtual camera, replay buffer': absentOutputRequests,
};

/** A map, so that no request can be named after something that every object has. */
const requests: ReadonlyMap<string, RequestDefinition> = new Map(
  Object.values(requestGroups).flatMap((group) => Object.entries(group)),
);

/** Names of all requests that this server answers. */
export const requestTypes: readonly string[] = [...requests.keys()];

/** What the registry says of a request. @throws GlasshallError `unknown-request` */
export function definitionOfRequest(requestType: string): RequestDefinition {
  const definition = requests.get(requestType);
  if (definition !== undefined) return definition;
  throw new GlasshallError('unknown-request', `there is no request ${requestType}`, { request: requestType });
}

/** Answers one request. Never rejects. */
export function answerRequest(requestType: unknown, data: unknown, context: RequestContext): Promise<RequestResult> {
  if (typeof requestType !== 'string' || requestType === '') {
    const comment = "Your request's `requestType` may not be empty.";
    return Promise.resolve(refusedResult(requestStatus.missingRequestType, comment));
  }
  const definition = requests.get(requestType);
  return definition === undefined
    ? Promise.resolve(refusedResult(requestStatus.unknownRequestType, 'Your request type is not valid.'))
    : definition.answer(data, context);
}
