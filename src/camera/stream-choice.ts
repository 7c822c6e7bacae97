import type { Fit, Size } from '../core/geometry.js';

/** One of a camera's encodings. */
export type KnownStream = {
  /** Stable name of the stream within its camera: `main`, `sub` or the token of an ONVIF profile. */
  readonly key: string;
  readonly name: string;
  /** Null until the camera has told or shown it. */
  readonly size: Size | null;
};

/**
 * The smallest stream that fills the cell without being enlarged, or the largest there is.
 * @param streams smallest first; a stream of unknown size is taken for large enough until it is known
 * @returns null when there are no streams
 */
export function chooseStream(streams: readonly KnownStream[], cell: Size, fit: Fit): KnownStream | null {
  return streams.find((stream) => stream.size === null || fills(stream.size, cell, fit)) ?? streams.at(-1) ?? null;
}

function fills(stream: Size, cell: Size, fit: Fit): boolean {
  const wideEnough = stream.widthPx >= cell.widthPx;
  const highEnough = stream.heightPx >= cell.heightPx;
  return fit === 'cover' ? wideEnough && highEnough : wideEnough || highEnough;
}
