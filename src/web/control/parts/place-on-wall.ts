import type { Rectangle, Size } from '../../../core/geometry.js';

/** Where a part of the wall lies in a box of the wall's shape, as styles. */
export function placeOnWall({ widthPx, heightPx }: Size, rectangle: Rectangle): Record<string, string> {
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return {
    left: share(rectangle.x, widthPx),
    top: share(rectangle.y, heightPx),
    width: share(rectangle.widthPx, widthPx),
    height: share(rectangle.heightPx, heightPx),
  };
}
