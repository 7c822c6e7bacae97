/**
 * ONVIF: finding cameras on the network and asking them for their streams.
 *
 * node-onvif builds the SOAP messages and parses the answers; everything that touches the network is ours, because its own
 * transport blocks the event loop, waits for ever and has no limits. Only this file imports it; what is changed inside is
 * changed here (and pinned to its version).
 */
import { createRequire } from 'node:module';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Velocity } from '../ptz/ptz.js';
import type { Credentials } from '../rtsp-address.js';
import { postSoap } from './soap-request.js';

/** Where a message goes and on whose behalf; handed through node-onvif, which takes it for a parsed address. */
type Route = { readonly url: URL; readonly credentials: Credentials; readonly signal: AbortSignal };

type SoapModule = {
  parse(xml: string): Promise<unknown>;
  requestCommand(route: unknown, operation: string, message: string): Promise<Result>;
  _request(route: Route, message: string): Promise<string>;
};

type Result = { readonly data: unknown };

/** The part of node-onvif's services that is used. */
type Service = {
  oxaddr: unknown;
  time_diff: number;
  user: string;
  pass: string;
};
type DeviceService = Service & { getSystemDateAndTime(): Promise<Result>; getCapabilities(): Promise<Result> };
type MediaService = Service & {
  getProfiles(): Promise<Result>;
  getStreamUri(parameters: { ProfileToken: string; Protocol: 'RTSP' }): Promise<Result>;
  getSnapshotUri(parameters: { ProfileToken: string }): Promise<Result>;
  _createRequestSoap(body: string): string;
};
type PtzService = Service & {
  continuousMove(parameters: {
    ProfileToken: string;
    Velocity: { x: number; y: number; z: number };
    Timeout: number;
  }): Promise<Result>;
  stop(parameters: { ProfileToken: string; PanTilt: true; Zoom: true }): Promise<Result>;
  gotoHomePosition(parameters: { ProfileToken: string }): Promise<Result>;
  getPresets(parameters: { ProfileToken: string }): Promise<Result>;
  gotoPreset(parameters: { ProfileToken: string; PresetToken: string }): Promise<Result>;
  setPreset(parameters: { ProfileToken: string; PresetName: string; PresetToken?: string }): Promise<Result>;
  removePreset(parameters: { ProfileToken: string; PresetToken: string }): Promise<Result>;
};
type ServiceClass<T> = new (parameters: { xaddr: string; time_diff: number }) => T;

const require = createRequire(import.meta.url);
// It pretty-prints every answer for nobody, in time quadratic in its length.
(require('html') as { prettyPrint: () => string }).prettyPrint = () => '';
const soap = require('node-onvif/lib/modules/soap.js') as SoapModule;
soap._request = ({ url, credentials, signal }, message) => postSoap(url, message, credentials, signal);
const DeviceServiceClass = require('node-onvif/lib/modules/service-device.js') as ServiceClass<DeviceService>;
const MediaServiceClass = require('node-onvif/lib/modules/service-media.js') as ServiceClass<MediaService>;
const PtzServiceClass = require('node-onvif/lib/modules/service-ptz.js') as ServiceClass<PtzService>;

/** How a service is asked: the caller's user (none for an anonymous question) and how far the camera's clock is ahead. */
export type Asking = {
  readonly url: URL;
  readonly credentials: Credentials;
  readonly clockOffsetMs: number;
  readonly signal: AbortSignal;
};

/** Time of the camera, unauthenticated as the standard wants it (ONVIF Core, 8.3.6). Unvalidated. */
export function askDateAndTime(asking: Asking): Promise<unknown> {
  return ask(service(DeviceServiceClass, asking).getSystemDateAndTime());
}

/** Unvalidated. */
export function askCapabilities(asking: Asking): Promise<unknown> {
  return ask(service(DeviceServiceClass, asking).getCapabilities());
}

/** Unvalidated. */
export function askProfiles(asking: Asking): Promise<unknown> {
  return ask(service(MediaServiceClass, asking).getProfiles());
}

/** Unvalidated. */
export function askStreamUri(asking: Asking, token: string): Promise<unknown> {
  return ask(service(MediaServiceClass, asking).getStreamUri({ ProfileToken: escape(token), Protocol: 'RTSP' }));
}

/** Unvalidated. */
export function askSnapshotUri(asking: Asking, token: string): Promise<unknown> {
  return ask(service(MediaServiceClass, asking).getSnapshotUri({ ProfileToken: escape(token) }));
}

/** Has the encoders of a profile send a key picture soon. node-onvif does not know the question. */
export function askSynchronizationPoint(asking: Asking, token: string): Promise<unknown> {
  const operation = 'SetSynchronizationPoint';
  const media = service(MediaServiceClass, asking);
  const message = media._createRequestSoap(
    `<trt:${operation}><trt:ProfileToken>${escape(token)}</trt:ProfileToken></trt:${operation}>`,
  );
  return ask(soap.requestCommand(media.oxaddr, operation, message));
}

/** Turns and zooms, for so many whole seconds at most. */
export function askContinuousMove(
  asking: Asking,
  profile: string,
  { pan, tilt, zoom }: Velocity,
  seconds: number,
): Promise<unknown> {
  const parameters = { ProfileToken: escape(profile), Velocity: { x: pan, y: tilt, z: zoom }, Timeout: seconds };
  return ask(service(PtzServiceClass, asking).continuousMove(parameters));
}

export function askStop(asking: Asking, profile: string): Promise<unknown> {
  return ask(service(PtzServiceClass, asking).stop({ ProfileToken: escape(profile), PanTilt: true, Zoom: true }));
}

export function askGotoHomePosition(asking: Asking, profile: string): Promise<unknown> {
  return ask(service(PtzServiceClass, asking).gotoHomePosition({ ProfileToken: escape(profile) }));
}

/** Unvalidated. */
export function askPresets(asking: Asking, profile: string): Promise<unknown> {
  return ask(service(PtzServiceClass, asking).getPresets({ ProfileToken: escape(profile) }));
}

export function askGotoPreset(asking: Asking, profile: string, preset: string): Promise<unknown> {
  const parameters = { ProfileToken: escape(profile), PresetToken: escape(preset) };
  return ask(service(PtzServiceClass, asking).gotoPreset(parameters));
}

/** @param preset the one to replace, null for a new one */
export function askSetPreset(asking: Asking, profile: string, name: string, preset: string | null): Promise<unknown> {
  const parameters = { ProfileToken: escape(profile), PresetName: escapeToAscii(name) };
  const replaced = preset === null ? {} : { PresetToken: escape(preset) };
  return ask(service(PtzServiceClass, asking).setPreset({ ...parameters, ...replaced }));
}

export function askRemovePreset(asking: Asking, profile: string, preset: string): Promise<unknown> {
  const parameters = { ProfileToken: escape(profile), PresetToken: escape(preset) };
  return ask(service(PtzServiceClass, asking).removePreset(parameters));
}

/** The parsed `Envelope`, elements without their prefixes. Unvalidated. @throws when it is not XML */
export function parseEnvelope(xml: string): Promise<unknown> {
  return soap.parse(xml);
}

function service<T extends Service>(
  ServiceType: ServiceClass<T>,
  { url, credentials, clockOffsetMs, signal }: Asking,
): T {
  const made = new ServiceType({ xaddr: url.href, time_diff: clockOffsetMs });
  // Set afterwards: its constructors refuse passwords that cameras accept.
  made.user = escape(credentials.username);
  made.pass = credentials.password;
  made.time_diff = clockOffsetMs;
  made.oxaddr = { url, credentials, signal } satisfies Route;
  return made;
}

/** Everything that it throws becomes an error with a code. */
async function ask(answer: Promise<Result>): Promise<unknown> {
  try {
    return (await answer).data;
  } catch (error) {
    if (error instanceof GlasshallError) throw error;
    const code = /NotAuthorized|not authorized|unauthorized/i.test(messageOf(error)) ? 'unauthorised' : 'unreadable';
    throw new GlasshallError(code, `the camera's answer cannot be used: ${messageOf(error)}`, {}, { cause: error });
  }
}

/** node-onvif puts texts into XML as they are. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** … and refuses parameters that are not ASCII. */
function escapeToAscii(text: string): string {
  return escape(text).replaceAll(/[^\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
