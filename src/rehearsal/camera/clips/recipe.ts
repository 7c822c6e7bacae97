import type { Size } from '../../../core/geometry.js';

/** The recordings that simulated cameras can show. */
export const CLIP_NAMES = [
  'windows-a',
  'windows-b',
  'lobby',
  'ticket-machines',
  'self-service',
  'waiting-area',
  'test-card',
] as const;

/** The name of a recording. */
export type ClipName = (typeof CLIP_NAMES)[number];

/** What a camera sends when nobody has changed it. */
export const MAIN_STREAM_SIZE: Size = { widthPx: 1920, heightPx: 1080 };
/** The small stream of the same picture. */
export const SUB_STREAM_SIZE: Size = { widthPx: 640, heightPx: 360 };

/** Draws one frame of a recording into RGB bytes, widthPx × heightPx × 3. The same buffer comes back for every frame. */
export type FramePainter = (into: Uint8Array, frame: number) => void;

/** How a recording is made. */
export type ClipRecipe = {
  /** What people call it. */
  readonly title: string;
  /** Strength of the sensor noise, 0 (none) to 100. */
  readonly noise: number;
  /** libx264 preset. */
  readonly preset: string;
  /** Set where colours are measured; otherwise the bit rate of a camera is kept. */
  readonly constantQuality?: number;
  /** The size that it is drawn at, from which smaller streams are scaled; null draws every size for itself. */
  readonly drawnAt: Size | null;
  /** Prepares the drawing of `frameCount` frames, the last of which leads back to the first. */
  prepare(size: Size, frameCount: number): Promise<FramePainter>;
};
