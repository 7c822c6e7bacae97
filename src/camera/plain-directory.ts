import type { CameraOptions } from './options.js';
import { withCredentials } from './rtsp-address.js';
import type { KnownStream } from './stream-choice.js';
import type { StreamDirectory } from './stream-directory.js';

/** The streams of a camera that is given by its RTSP addresses. Their sizes show when they are connected. */
export class PlainDirectory implements StreamDirectory {
  readonly #streams: readonly KnownStream[];
  readonly #addresses: ReadonlyMap<string, string>;

  constructor(rtsp: NonNullable<CameraOptions['rtsp']>) {
    const addresses = new Map<string, string>();
    if (rtsp.sub !== undefined) addresses.set('sub', withCredentials(rtsp.sub, rtsp));
    addresses.set('main', withCredentials(rtsp.main, rtsp));
    this.#addresses = addresses;
    this.#streams = [...addresses.keys()].map((key) => ({ key, name: key, size: null }));
  }

  streams(): readonly KnownStream[] {
    return this.#streams;
  }

  ptz(): null {
    return null;
  }

  door(): null {
    return null;
  }

  address(key: string | null): Promise<string> {
    const found = this.#addresses.get(key ?? this.#streams[0]?.key ?? '');
    return found === undefined ? Promise.reject(new RangeError(`no stream ${key}`)) : Promise.resolve(found);
  }

  /** RTSP has no question for it. */
  requestKeyPicture(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
