import { GlasshallError } from '../../core/errors.js';
import { withHost, type Credentials } from '../rtsp-address.js';
import {
  readClock,
  readProfiles,
  readServices,
  readSnapshotUri,
  readStreamUri,
  type AnsweredProfile,
} from './answers.js';
import { withDeadline } from '../../core/deadline.js';
import {
  askCapabilities,
  askDateAndTime,
  askProfiles,
  askSnapshotUri,
  askStreamUri,
  type Asking,
} from './node-onvif.js';

/** One answer may take so long. */
const ANSWER_MS = 4_000;
/** More profiles than any camera has; those beyond are not asked for. */
const MAXIMUM_PROFILES = 16;

/** One of a camera's encodings as ONVIF tells it. */
export type OnvifProfile = {
  readonly name: string;
  readonly token: string;
  /** Null where the camera does not say (profiles of media service 2 seen through service 1). */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly codec: string | null;
  readonly framesPerSecond: number | null;
  /** Without credentials, on the host under which the camera was asked. */
  readonly streamUrl: string;
  /** As the camera told it: the same unless the camera sits behind address translation (or speaks for another device). */
  readonly toldStreamUrl: string;
  readonly snapshotUrl: string | null;
  /** Of the media service, which told the profile. */
  readonly mediaUrl: string;
  /** Of the PTZ service, where the camera can be turned through this profile. */
  readonly ptzUrl: string | null;
};

export type OnvifTarget = Credentials & {
  /** Host, host:port or the http address of the device service. */
  readonly address: string;
};

/** With a scheme, where only a host was given. */
export function fullAddress(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `http://${address}`;
}

/** The address of the device service (ONVIF Core, 5.10: the well-known path). @throws GlasshallError `bad-address` */
export function deviceServiceUrl(address: string): URL {
  const text = fullAddress(address);
  if (!URL.canParse(text)) throw new GlasshallError('bad-address', 'not the address of an ONVIF device', { address });
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/onvif/device_service';
  return url;
}

/**
 * Asks a camera for its profiles and where their RTSP streams are; one question at a time.
 * The clock comes first and without a password: a camera whose clock is wrong refuses every authenticated question that
 * does not carry its own time.
 * @throws GlasshallError `refused`, `unauthorised`, `timeout`, `unreachable`, `unresolved`, `unreadable`, `not-found`,
 *   `ended`, `no-profiles`, `bad-address`
 */
export async function askOnvifProfiles(target: OnvifTarget, signal: AbortSignal): Promise<readonly OnvifProfile[]> {
  const device = deviceServiceUrl(target.address);
  const clockOffsetMs = await askClockOffset(device, signal);
  const credentials = { username: target.username, password: target.password };
  const camera: Camera = { credentials, clockOffsetMs, signal };
  const services = readServices(await ask(camera, device, askCapabilities));
  const media = reachable(services.media, device);
  const ptzUrl = services.ptz === null ? null : reachable(services.ptz, device).href;
  const profiles = readProfiles(await ask(camera, media, askProfiles)).slice(0, MAXIMUM_PROFILES);
  const result: OnvifProfile[] = [];
  let failure: unknown = null;
  for (const answered of profiles) {
    const { token } = answered.$;
    try {
      const toldStreamUrl = readStreamUri(await ask(camera, media, (asking) => askStreamUri(asking, token)));
      if (!/^rtsps?:\/\//i.test(toldStreamUrl)) throw new GlasshallError('unreadable', 'the stream is not RTSP');
      const streamUrl = withHost(toldStreamUrl, device.hostname);
      result.push({
        ...describe(answered),
        streamUrl,
        toldStreamUrl,
        snapshotUrl: await snapshotAddress(camera, media, token),
        mediaUrl: media.href,
        ptzUrl: answered.PTZConfiguration === undefined ? null : ptzUrl,
      });
    } catch (error) {
      failure ??= error; // One profile without a stream leaves the others; none at all is the camera's failure.
    }
  }
  if (result.length > 0) return result;
  throw failure instanceof GlasshallError
    ? failure
    : new GlasshallError('no-profiles', 'the camera has no profile with a stream');
}

type Camera = Omit<Asking, 'url'>;

/** One question, with its own deadline. */
function ask(camera: Camera, url: URL, question: (asking: Asking) => Promise<unknown>): Promise<unknown> {
  return withDeadline(ANSWER_MS, camera.signal, (signal) => question({ ...camera, url, signal }));
}

/** A service's address as the camera tells it, on the host under which the camera was asked. */
function reachable(told: string, device: URL): URL {
  return new URL(withHost(new URL(told, device).href, device.hostname));
}

/** How many milliseconds the camera's clock is ahead of ours; 0 where the camera does not tell. @throws GlasshallError */
export async function askClockOffset(device: URL, signal: AbortSignal): Promise<number> {
  const nobody = { username: '', password: '' };
  try {
    return readClock(await ask({ credentials: nobody, clockOffsetMs: 0, signal }, device, askDateAndTime)) - Date.now();
  } catch (error) {
    const isOddity = error instanceof GlasshallError && (error.code === 'unreadable' || error.code === 'unauthorised');
    if (isOddity) return 0; // Some refuse the question or answer nonsense; most of those have the right time.
    throw error;
  }
}

async function snapshotAddress(camera: Camera, media: URL, token: string): Promise<string | null> {
  try {
    return withHost(
      readSnapshotUri(await ask(camera, media, (asking) => askSnapshotUri(asking, token))),
      media.hostname,
    );
  } catch (error) {
    if (error instanceof GlasshallError) return null; // Snapshots are optional.
    throw error;
  }
}

function describe({
  $: { token },
  Name: name,
  VideoEncoderConfiguration: encoder,
}: AnsweredProfile): Omit<OnvifProfile, 'streamUrl' | 'toldStreamUrl' | 'snapshotUrl' | 'mediaUrl' | 'ptzUrl'> {
  return {
    name: name ?? token,
    token,
    widthPx: encoder?.Resolution.Width ?? null,
    heightPx: encoder?.Resolution.Height ?? null,
    codec: encoder?.Encoding ?? null,
    framesPerSecond: encoder?.RateControl?.FrameRateLimit ?? null,
  };
}
