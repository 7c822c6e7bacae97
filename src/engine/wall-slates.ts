import type { Bitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';
import type { WallLanguage } from '../core/wall-locale.js';
import type { Scene } from '../wall/scene.js';
import { paintSlate } from '../paint/slate.js';

/** What the whole wall shows when there is no engine to compose it, or it has ended on purpose. */
export type WallSlates = { readonly restarting: Bitmap; readonly closed: Bitmap };

/** Paints them while all is well: whoever needs them has no time, or cannot paint. @param name of the wall */
export async function paintWallSlates(size: Size, name: string, language: WallLanguage): Promise<WallSlates> {
  const [restarting, closed] = await Promise.all(
    (['restarting', 'closed'] as const).map((state) =>
      paintSlate({ size, cameraName: name, state, reason: null, language }),
    ),
  );
  if (restarting === undefined || closed === undefined) throw new RangeError('two slates were asked for');
  return { restarting, closed };
}

/** A scene of nothing but this slate. */
export function slateScene(slate: Bitmap): Scene {
  return { sceneNumber: 0, items: [{ kind: 'bitmap', x: 0, y: 0, bitmap: slate }] };
}
