import { z } from 'zod';
import type { Input, SceneItem } from '../catalogue.js';
import { sceneItemTransform } from '../event-catalogue.js';
import { nameField, requireItem, requireScene, sceneFields } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import {
  RequestRefusal,
  defineCommandRequest,
  defineRequest,
  type RequestContext,
  type RequestDefinition,
} from '../request.js';
import { transformOf } from '../transform.js';

const itemFields = { ...sceneFields, sceneItemId: z.number().min(0) };
const BLEND_MODE = 'OBS_BLEND_NORMAL';

const sceneItem = z.object({
  sceneItemId: z.int(),
  sceneItemIndex: z.int(),
  sceneItemEnabled: z.boolean(),
  sceneItemLocked: z.boolean(),
  sceneItemBlendMode: z.string(),
  sceneItemTransform,
  sourceName: z.string(),
  sourceUuid: z.string().nullable(),
  sourceType: z.string(),
  inputKind: z.string().nullable(),
  isGroup: z.null(),
});

function inputOf(item: SceneItem, { catalogue }: RequestContext): Input | null {
  return catalogue.inputs().find((input) => input.source === item.source) ?? null;
}

function described(item: SceneItem, input: Input | null): z.input<typeof sceneItem> {
  return {
    sceneItemId: item.id,
    sceneItemIndex: item.id - 1,
    sceneItemEnabled: item.enabled,
    sceneItemLocked: true,
    sceneItemBlendMode: BLEND_MODE,
    sceneItemTransform: transformOf(item.cell, input?.tile ?? null),
    sourceName: input?.name ?? item.source,
    sourceUuid: input?.uuid ?? null,
    sourceType: 'OBS_SOURCE_TYPE_INPUT',
    inputKind: input?.kind ?? null,
    isGroup: null,
  };
}

/** A question about one item. */
function question<Response extends z.ZodObject>(
  summary: string,
  response: Response,
  answer: (item: SceneItem, context: RequestContext) => z.input<Response>,
): RequestDefinition {
  const definition = {
    summary,
    request: z.object(itemFields),
    response: response as z.ZodObject,
    minimumRole: 'viewer',
    answer: (
      data: { sceneItemId: number; sceneName?: string | undefined; sceneUuid?: string | undefined },
      context: RequestContext,
    ) => answer(requireItem(requireScene(data, context), data.sceneItemId, context), context),
  } as const;
  return defineRequest(definition);
}

/** Where cells are is the configuration's. */
function fixed(summary: string, field: Record<string, z.ZodType>): RequestDefinition {
  return defineRequest({
    summary,
    request: z.object({ ...itemFields, ...field }),
    response: null,
    minimumRole: 'operator',
    answer: (data, context) => {
      requireItem(requireScene(data, context), data.sceneItemId, context);
      const comment = 'The scene item takes its place from the configuration file.';
      throw new RequestRefusal(requestStatus.resourceNotConfigurable, comment);
    },
  });
}

/** "Scene Items Requests": a scene item is a cell of a layout. */
export const sceneItemRequests: Readonly<Record<string, RequestDefinition>> = {
  GetSceneItemList: defineRequest({
    summary: 'Lists the cells of a layout, lowest first.',
    request: z.object(sceneFields),
    response: z.object({ sceneItems: z.array(sceneItem) }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      const items = context.catalogue.items(requireScene(data, context).layout);
      const inputs = new Map(context.catalogue.inputs().map((input) => [input.source, input]));
      return { sceneItems: items.map((item) => described(item, inputs.get(item.source) ?? null)) };
    },
  }),

  GetGroupSceneItemList: defineRequest({
    summary: 'Is refused: no layout is a group.',
    request: z.object(sceneFields),
    response: null,
    minimumRole: 'viewer',
    answer: (data, context) => {
      requireScene(data, context);
      const comment = 'The specified source is not a group. (Is scene)';
      throw new RequestRefusal(requestStatus.invalidResourceType, comment);
    },
  }),

  GetSceneItemId: defineRequest({
    summary: 'Gives the number of the cell of a layout that shows an input.',
    request: z.object({ ...sceneFields, sourceName: nameField, searchOffset: z.number().min(-1).optional() }),
    response: z.object({ sceneItemId: z.int() }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      const scene = requireScene(data, context);
      const named = context.catalogue
        .items(scene.layout)
        .filter((item) => context.catalogue.inputName(item.source) === data.sourceName);
      const found = named.at(data.searchOffset ?? 0);
      if (found !== undefined) return { sceneItemId: found.id };
      const comment = 'No scene items were found in the specified scene by that name or offset.';
      throw new RequestRefusal(requestStatus.resourceNotFound, comment);
    },
  }),

  GetSceneItemSource: question(
    'Gives the input that a cell shows.',
    z.object({ sourceName: z.string(), sourceUuid: z.string().nullable() }),
    (item, context) => {
      const input = inputOf(item, context);
      return { sourceName: input?.name ?? item.source, sourceUuid: input?.uuid ?? null };
    },
  ),

  GetSceneItemEnabled: question(
    'Says whether a cell is shown.',
    z.object({ sceneItemEnabled: z.boolean() }),
    (item) => ({ sceneItemEnabled: item.enabled }),
  ),

  SetSceneItemEnabled: defineCommandRequest({
    summary: 'Hides a cell, or shows it again.',
    request: z.object({ ...itemFields, sceneItemEnabled: z.boolean() }),
    gives: ['set-cell-enabled'],
    commandOf: (data, context) => {
      const scene = requireScene(data, context);
      const { cell } = requireItem(scene, data.sceneItemId, context);
      return {
        command: 'set-cell-enabled',
        data: { layout: scene.layout.id, cell: cell.id, enabled: data.sceneItemEnabled },
      };
    },
  }),

  GetSceneItemTransform: question(
    'Gives place and size of a cell in wall pixels.',
    z.object({ sceneItemTransform }),
    (item, context) => ({ sceneItemTransform: transformOf(item.cell, inputOf(item, context)?.tile ?? null) }),
  ),
  SetSceneItemTransform: fixed("Is refused: where cells are is the configuration's.", {
    sceneItemTransform: z.looseObject({}),
  }),

  GetSceneItemLocked: question(
    'Says that cells are locked in their place.',
    z.object({ sceneItemLocked: z.boolean() }),
    () => ({ sceneItemLocked: true }),
  ),
  SetSceneItemLocked: fixed('Is refused as `SetSceneItemTransform` is.', { sceneItemLocked: z.boolean() }),

  GetSceneItemIndex: question(
    'Gives the place of a cell in the order of its layout, lowest 0.',
    z.object({ sceneItemIndex: z.int() }),
    (item) => ({ sceneItemIndex: item.id - 1 }),
  ),
  SetSceneItemIndex: fixed('Is refused as `SetSceneItemTransform` is.', { sceneItemIndex: z.number().min(0) }),

  GetSceneItemBlendMode: question(
    'Says that cells cover what is below them.',
    z.object({ sceneItemBlendMode: z.string() }),
    () => ({ sceneItemBlendMode: BLEND_MODE }),
  ),
  SetSceneItemBlendMode: fixed('Is refused as `SetSceneItemTransform` is.', { sceneItemBlendMode: nameField }),
};
