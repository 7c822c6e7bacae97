import { GlasshallError } from '../../core/errors.js';
import { monotonicMs } from '../../core/clock.js';
import { withCredentials } from '../rtsp-address.js';
import type { KnownStream } from '../stream-choice.js';
import type { Ptz } from '../ptz/ptz.js';
import type { StreamDirectory } from '../stream-directory.js';
import type { DoorAddress } from '../ingest/door.js';
import {
  askOnvifProfiles,
  deviceServiceUrl,
  fullAddress,
  type OnvifProfile,
  type OnvifTarget,
} from './onvif-device.js';
import { askSynchronizationPoint } from './node-onvif.js';
import { OnvifPtz } from './onvif-ptz.js';
import { OnvifService } from './onvif-service.js';

/** What a camera told is believed for so long; after a failed connection it is asked again, but not more often than this. */
const FRESH_MS = 2_000;
/** Later, the regular key picture of most cameras has come anyway. */
const KEY_PICTURE_MS = 1_500;

/** The streams of an ONVIF camera: asked for once, and again after every failure, because addresses and profiles change. */
export class OnvifDirectory implements StreamDirectory {
  readonly #target: OnvifTarget;
  #profiles: readonly OnvifProfile[] = [];
  #media: { readonly url: string; readonly service: OnvifService } | null = null;
  #ptz: { readonly key: string; readonly ptz: Ptz } | null = null;
  #askedAtMs = -Infinity;
  #asking: Promise<void> | null = null;

  constructor(target: OnvifTarget) {
    this.#target = target;
  }

  streams(): readonly KnownStream[] {
    return this.#profiles.map(({ token, name, widthPx, heightPx }) => ({
      key: token,
      name,
      size: widthPx === null || heightPx === null ? null : { widthPx, heightPx },
    }));
  }

  ptz(): Ptz | null {
    return this.#ptz?.ptz ?? null;
  }

  door(): DoorAddress | null {
    if (!URL.canParse(fullAddress(this.#target.address))) return null;
    const { protocol, hostname, port } = deviceServiceUrl(this.#target.address);
    if (protocol !== 'http:') return null;
    return { protocol: 'http', host: hostname.replaceAll(/[[\]]/g, ''), port: port === '' ? 80 : Number(port) };
  }

  async address(key: string | null, attempt: number, signal: AbortSignal): Promise<string> {
    const isFresh = monotonicMs() - this.#askedAtMs < FRESH_MS;
    if (this.#profiles.length === 0 || (attempt > 0 && !isFresh)) await this.#ask(signal);
    const profile = this.#profile(key);
    if (profile === undefined) throw new GlasshallError('no-profiles', 'the camera no longer has this profile');
    // Every second try goes where the camera itself says, for devices that speak for others.
    const url = attempt % 2 === 0 ? profile.streamUrl : profile.toldStreamUrl;
    return withCredentials(url, this.#target);
  }

  /** `SetSynchronizationPoint` of the ONVIF Media Service Specification (version 1). */
  async requestKeyPicture(key: string | null, signal: AbortSignal): Promise<boolean> {
    const profile = this.#profile(key);
    if (profile === undefined) return false;
    const { mediaUrl, token } = profile;
    if (this.#media?.url !== mediaUrl) this.#media = { url: mediaUrl, service: this.#service(mediaUrl) };
    await this.#media.service.ask(KEY_PICTURE_MS, signal, (asking) => askSynchronizationPoint(asking, token));
    return true;
  }

  #profile(key: string | null): OnvifProfile | undefined {
    return key === null ? this.#profiles[0] : this.#profiles.find(({ token }) => token === key);
  }

  #service(url: string): OnvifService {
    const device = deviceServiceUrl(this.#target.address);
    return new OnvifService({ credentials: this.#target, device, service: new URL(url) });
  }

  /** One question at a time, whoever asks; it ends with the first who asked. */
  #ask(signal: AbortSignal): Promise<void> {
    this.#asking ??= askOnvifProfiles(this.#target, signal)
      .then((profiles) => {
        this.#profiles = profiles.toSorted((a, b) => areaPx(a) - areaPx(b));
        this.#askedAtMs = monotonicMs();
        this.#usePtz(profiles);
      })
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  /** What was made goes on as long as the camera says the same. */
  #usePtz(profiles: readonly OnvifProfile[]): void {
    const turning = profiles.find(({ ptzUrl }) => ptzUrl !== null);
    const { ptzUrl = null, token = '' } = turning ?? {};
    const key = `${ptzUrl} ${token}`;
    if (ptzUrl === null) this.#ptz = null;
    else if (key !== this.#ptz?.key) this.#ptz = { key, ptz: new OnvifPtz(this.#service(ptzUrl), token) };
  }
}

/** A profile of unknown size is sorted behind the others: it is asked for last. */
function areaPx({ widthPx, heightPx }: OnvifProfile): number {
  return widthPx === null || heightPx === null ? Infinity : widthPx * heightPx;
}
