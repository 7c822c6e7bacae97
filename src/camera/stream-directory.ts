import type { DoorAddress } from './ingest/door.js';
import type { Ptz } from './ptz/ptz.js';
import type { KnownStream } from './stream-choice.js';

/** Which streams a camera has and where they are, and how it is turned. */
export interface StreamDirectory {
  /** Smallest first; empty until the camera has told. The first is the one that is kept warm. */
  streams(): readonly KnownStream[];
  /** Null where it cannot be turned, and until the camera has told. */
  ptz(): Ptz | null;
  /** Where the camera is asked for its addresses, to look there whether it is back; null where they are known. */
  door(): DoorAddress | null;
  /**
   * Where a stream is, with percent-encoded credentials.
   * @param key null for the first of `streams()`, whichever that is by then
   * @param attempt how many tries in a row have failed; after a failure the camera is asked anew
   * @throws GlasshallError with the reason: `refused`, `unauthorised`, `timeout`, `unreadable`, `no-profiles` …
   */
  address(key: string | null, attempt: number, signal: AbortSignal): Promise<string>;
  /**
   * Asks the camera for a key picture in a stream, so that it can be decoded sooner than its next regular one comes.
   * @param key as for `address`
   * @returns whether there is anybody to ask
   * @throws GlasshallError when the camera does not answer, or cannot do it
   */
  requestKeyPicture(key: string | null, signal: AbortSignal): Promise<boolean>;
}
