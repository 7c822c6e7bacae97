import type { CameraStatus, PictureReport } from '../camera/camera-pool.js';
import type { TileStatus } from '../control/engine.js';
import { monotonicMs } from '../core/clock.js';

/** What is true of a tile, put together from its camera's connection and its pictures. */
export type TileTruth = Pick<TileStatus, 'state' | 'reason' | 'lastLiveAtMs'>;

const WORST_FIRST: readonly PictureReport['state'][] = ['frozen', 'stale', 'none', 'live'];

/** Of several pictures of one camera the one that is worst off; null when there are none. */
export function worstOf(pictures: readonly PictureReport[]): PictureReport | null {
  return pictures.toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))[0] ?? null;
}

/**
 * A shown tile is live because there is a picture, never only because data arrives; a hidden one is what its connection is.
 * @param picture of the camera, as the wall could show it; null where none is decoded
 */
export function truthOf(camera: CameraStatus, picture: PictureReport | null): TileTruth {
  const lastLiveAtMs = epochMsOf(picture === null ? camera.lastFragmentAtMs : picture.lastLiveAtMs);
  if (camera.state !== 'live' || picture === null || picture.state === 'live') {
    return { state: camera.state, reason: camera.reason, lastLiveAtMs };
  }
  switch (picture.state) {
    case 'none':
      return { state: 'connecting', reason: picture.awaitsKeyPicture ? 'no-key-picture' : null, lastLiveAtMs };
    case 'frozen':
      return { state: 'frozen', reason: 'frozen', lastLiveAtMs };
    case 'stale':
      return { state: 'stale', reason: picture.awaitsKeyPicture ? 'no-key-picture' : 'no-picture', lastLiveAtMs };
  }
}

/** The wall's time of a moment on the monotonic clock. */
function epochMsOf(atMonotonicMs: number | null): number | null {
  return atMonotonicMs === null ? null : Math.round(Date.now() - (monotonicMs() - atMonotonicMs));
}
