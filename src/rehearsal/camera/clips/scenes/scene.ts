/**
 * Scenes of a service hall, drawn as SVG: a background that stands still, and actors in front of it. All sizes are in pixels
 * of a picture of 1920 × 1080.
 */
import type { Size } from '../../../../core/geometry.js';

/** The size that scenes are drawn in. */
export const SCENE_SIZE: Size = { widthPx: 1920, heightPx: 1080 };

/** Where the top left corner of an actor is; null while it is not in the picture. */
export type Place = { readonly x: number; readonly y: number } | null;

/** Something that moves, or stands in front of something that moves. Actors are painted in their order. */
export type Actor = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** How many pictures one cycle of its movement has; 1 for something that stands still. */
  readonly poseCount: number;
  /** How often the movement is repeated in the recording: a whole number, so that its end leads to its beginning. */
  readonly cycles: number;
  /** SVG of one picture, for the part of the cycle from 0 to 1, in a box that begins at 0, 0. */
  readonly draw: (cyclePart: number) => string;
  /** Where it is, for the part of the recording from 0 to 1. */
  readonly place: (clipPart: number) => Place;
};

/** One scene: what a camera of the hall sees. */
export type Scene = {
  /** The name in the picture. */
  readonly title: string;
  /** SVG of what stands still and covers everything. */
  readonly background: () => string;
  readonly actors: () => readonly Actor[];
};
