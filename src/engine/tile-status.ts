import type { CameraStatus } from '../camera/camera-pool.js';
import type { TileStatus } from '../control/engine.js';
import { monotonicMs } from '../core/clock.js';

/** Where a camera is shown, and what the wall can show of it there. */
export type TilePlace = {
  readonly onAir: boolean;
  readonly onPreview: boolean;
  /** Of its picture on air; null when it is not on air. */
  readonly picture: 'none' | 'old' | 'live' | null;
};

/** Four-character codes (ISO/IEC 14496-12 sample entries) and what people call them. */
const CODEC_NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ['avc', 'H.264'],
  ['hvc', 'H.265'],
  ['hev', 'H.265'],
  ['mp4v', 'MJPEG'],
  ['jpeg', 'MJPEG'],
];

/**
 * A camera's state as people see it: the age instead of a moment on a clock that nobody knows, and on air never `live`
 * because data arrives, but because there is a picture.
 */
export function tileStatus(camera: CameraStatus, name: string, place: TilePlace): TileStatus {
  const { state, reason } = truthOf(camera, place);
  const { stream } = camera;
  return {
    camera: camera.camera,
    name,
    state,
    sinceMs: Date.now(),
    slate: false,
    lastLiveAtMs: null,
    reason,
    attempt: camera.attempt,
    nextTryAtMs: camera.nextTryAtMs,
    ageMs: camera.lastFragmentAtMs === null ? null : Math.max(0, Math.round(monotonicMs() - camera.lastFragmentAtMs)),
    stream: stream === null ? null : { ...stream, codec: codecName(stream.codec) },
    onAir: place.onAir,
    onPreview: place.onPreview,
  };
}

function truthOf(camera: CameraStatus, { picture }: TilePlace): Pick<TileStatus, 'state' | 'reason'> {
  if (camera.state !== 'live' || picture === null || picture === 'live') return camera;
  return picture === 'none' ? { state: 'connecting', reason: null } : { state: 'stale', reason: 'no-picture' };
}

function codecName(codec: string): string {
  return CODEC_NAMES.find(([prefix]) => codec.startsWith(prefix))?.[1] ?? codec;
}
