import type { CameraStatus, PictureReport } from '../camera/camera-pool.js';
import type { TileStatus } from '../control/engine.js';
import { monotonicMs } from '../core/clock.js';
import { truthOf } from './tile-truth.js';

/** Where a camera is shown, and what the wall can show of it there. */
export type TilePlace = {
  readonly onAir: boolean;
  readonly onPreview: boolean;
  /** Of its picture on air; null when it is not on air. */
  readonly picture: PictureReport | null;
};

/** What the codecs of cameras' streams begin with (sample entries of ISO/IEC 14496-15, or `mjpeg`), and what people call them. */
const CODEC_NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ['avc', 'H.264'],
  ['hvc', 'H.265'],
  ['hev', 'H.265'],
  ['mjpeg', 'MJPEG'],
];

/** A camera's state as people see it: the age instead of a moment on a clock that nobody knows. */
export function tileStatus(camera: CameraStatus, name: string, place: TilePlace): Omit<TileStatus, 'sinceMs'> {
  const { picture, onAir, onPreview } = place;
  const { stream, attempt, nextTryAtMs, ptz } = camera;
  return {
    camera: camera.camera,
    name,
    ...truthOf(camera, picture),
    slate: picture !== null && (picture.showsSlate || picture.state === 'none'),
    attempt,
    nextTryAtMs,
    ageMs: camera.lastFragmentAtMs === null ? null : Math.max(0, Math.round(monotonicMs() - camera.lastFragmentAtMs)),
    stream: stream === null ? null : { ...stream, codec: codecName(stream.codec) },
    onAir,
    onPreview,
    ptz,
  };
}

function codecName(codec: string): string {
  return CODEC_NAMES.find(([prefix]) => codec.startsWith(prefix))?.[1] ?? codec;
}
