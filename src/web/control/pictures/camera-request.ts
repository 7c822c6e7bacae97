import type { PictureRequest } from './picture-feed.js';

const WIDTH_PX = 240;
const FRAMES_PER_SECOND = 5;

const requests = new Map<string, PictureRequest>();

/** The small picture of a camera, the same for its tile and for every miniature of it: encoded, sent and decoded once. */
export function cameraRequest(camera: string): PictureRequest {
  const kept = requests.get(camera);
  if (kept !== undefined) return kept;
  const request = { view: 'camera', camera, widthPx: WIDTH_PX, framesPerSecond: FRAMES_PER_SECOND } as const;
  requests.set(camera, request);
  return request;
}
