import type { z } from 'zod';
import type { Cell } from '../../layout/layout.js';
import type { TileStatus } from '../engine.js';
import type { sceneItemTransform } from './event-catalogue.js';

export type SceneItemTransform = Readonly<z.output<typeof sceneItemTransform>>;

/**
 * Where a cell is: position and size in wall pixels; how the picture fills them is OBS's bounds type. Alignment 5 is left
 * and top.
 * @param tile the camera in it, null where there is none
 */
export function transformOf({ rectangle, fit }: Cell, tile: TileStatus | null): SceneItemTransform {
  const { x, y, widthPx, heightPx } = rectangle;
  const stream = tile?.stream ?? null;
  const sourceWidth = stream?.widthPx ?? widthPx;
  const sourceHeight = stream?.heightPx ?? heightPx;
  return {
    positionX: x,
    positionY: y,
    width: widthPx,
    height: heightPx,
    sourceWidth,
    sourceHeight,
    scaleX: widthPx / sourceWidth,
    scaleY: heightPx / sourceHeight,
    rotation: 0,
    alignment: 5,
    boundsType: fit === 'cover' ? 'OBS_BOUNDS_SCALE_OUTER' : 'OBS_BOUNDS_SCALE_INNER',
    boundsAlignment: 0,
    boundsWidth: widthPx,
    boundsHeight: heightPx,
    cropTop: 0,
    cropRight: 0,
    cropBottom: 0,
    cropLeft: 0,
  };
}
