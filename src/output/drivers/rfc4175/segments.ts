import type { Size } from '../../../core/geometry.js';

/** The smallest unit that is not taken apart: so many bytes that hold so many pixels of a line (RFC 4175, section 4.3). */
export type PixelGroup = { readonly groupBytes: number; readonly groupPx: number };

/** A part of a line that travels in one packet. */
export type Segment = {
  readonly line: number;
  readonly offsetPx: number;
  readonly widthPx: number;
  readonly bytes: number;
};

/**
 * Cuts a picture into segments of at most `maximumBytes`: as few a line as there can be, all of the same size but for the last
 * of a line, which may be shorter. In the order in which they are sent.
 */
export function segmentsOf(size: Size, { groupBytes, groupPx }: PixelGroup, maximumBytes: number): Segment[] {
  const groups = size.widthPx / groupPx;
  const count = Math.ceil(groups / Math.floor(maximumBytes / groupBytes));
  const segmentPx = Math.ceil(groups / count) * groupPx;
  return Array.from({ length: size.heightPx }, (_, line) =>
    Array.from({ length: Math.ceil(size.widthPx / segmentPx) }, (_each, index) => {
      const offsetPx = index * segmentPx;
      const widthPx = Math.min(segmentPx, size.widthPx - offsetPx);
      return { line, offsetPx, widthPx, bytes: (widthPx / groupPx) * groupBytes };
    }),
  ).flat();
}
