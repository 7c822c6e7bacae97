import { z } from 'zod';
import type { Catalogue, SceneItem } from '../catalogue.js';
import { nameField, requireItem, requireScene, sceneFields } from '../lookups.js';
import type { Fields } from '../protocol.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineCommandRequest, defineRequest, type RequestDefinition } from '../request.js';

const itemFields = { ...sceneFields, sceneItemId: z.number().min(0) };

/** Position and size in wall pixels; how the picture fills them is OBS's bounds type. Alignment 5 is left and top. */
function transformOf(item: SceneItem, catalogue: Catalogue): Fields {
  const { x, y, widthPx, heightPx } = item.cell.rectangle;
  const stream = catalogue.inputs().find((input) => input.source === item.source)?.tile?.stream ?? null;
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
    boundsType: item.cell.fit === 'cover' ? 'OBS_BOUNDS_SCALE_OUTER' : 'OBS_BOUNDS_SCALE_INNER',
    boundsAlignment: 0,
    boundsWidth: widthPx,
    boundsHeight: heightPx,
    cropTop: 0,
    cropRight: 0,
    cropBottom: 0,
    cropLeft: 0,
  };
}

function described(item: SceneItem, catalogue: Catalogue): Fields {
  const input = catalogue.inputs().find((candidate) => candidate.source === item.source) ?? null;
  return {
    sceneItemId: item.id,
    sceneItemIndex: item.id - 1,
    sceneItemEnabled: item.enabled,
    sceneItemLocked: true,
    sceneItemBlendMode: 'OBS_BLEND_NORMAL',
    sceneItemTransform: transformOf(item, catalogue),
    sourceName: input?.name ?? item.source,
    sourceUuid: input?.uuid ?? null,
    sourceType: 'OBS_SOURCE_TYPE_INPUT',
    inputKind: input?.kind ?? null,
    isGroup: null,
  };
}

/** "Scene Items Requests": a scene item is a cell of a layout. */
export const sceneItemRequests: Readonly<Record<string, RequestDefinition>> = {
  GetSceneItemList: defineRequest(z.object(sceneFields), 'viewer', (data, context) => {
    const scene = requireScene(data, context);
    const items = context.catalogue.items(scene.layout);
    return { sceneItems: items.map((item) => described(item, context.catalogue)) };
  }),

  GetSceneItemId: defineRequest(
    z.object({ ...sceneFields, sourceName: nameField, searchOffset: z.number().min(-1).optional() }),
    'viewer',
    (data, context) => {
      const scene = requireScene(data, context);
      const named = context.catalogue
        .items(scene.layout)
        .filter((item) => context.catalogue.inputName(item.source) === data.sourceName);
      const found = named.at(data.searchOffset ?? 0);
      if (found !== undefined) return { sceneItemId: found.id };
      const comment = 'No scene items were found in the specified scene by that name or offset.';
      throw new RequestRefusal(requestStatus.resourceNotFound, comment);
    },
  ),

  GetSceneItemEnabled: defineRequest(z.object(itemFields), 'viewer', (data, context) => {
    const item = requireItem(requireScene(data, context), data.sceneItemId, context);
    return { sceneItemEnabled: item.enabled };
  }),

  /** Hiding is everybody's who guards privacy; showing again takes an operator. */
  SetSceneItemEnabled: defineCommandRequest(
    z.object({ ...itemFields, sceneItemEnabled: z.boolean() }),
    (data, context) => {
      const scene = requireScene(data, context);
      const { cell } = requireItem(scene, data.sceneItemId, context);
      return {
        command: 'set-cell-enabled',
        data: { layout: scene.layout.id, cell: cell.id, enabled: data.sceneItemEnabled },
      };
    },
  ),

  GetSceneItemTransform: defineRequest(z.object(itemFields), 'viewer', (data, context) => {
    const item = requireItem(requireScene(data, context), data.sceneItemId, context);
    return { sceneItemTransform: transformOf(item, context.catalogue) };
  }),

  GetSceneItemLocked: defineRequest(z.object(itemFields), 'viewer', (data, context) => {
    requireItem(requireScene(data, context), data.sceneItemId, context);
    return { sceneItemLocked: true };
  }),

  GetSceneItemIndex: defineRequest(z.object(itemFields), 'viewer', (data, context) => {
    const item = requireItem(requireScene(data, context), data.sceneItemId, context);
    return { sceneItemIndex: item.id - 1 };
  }),
};
