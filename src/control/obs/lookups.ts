import { z } from 'zod';
import type { Catalogue, Input, Scene, SceneItem } from './catalogue.js';
import { requestStatus } from './protocol.js';
import { RequestRefusal, type RequestContext } from './request.js';

/** A name as OBS takes it: text that is not empty. */
export const nameField = z.string().min(1);

/** How a request says which scene: by name or by UUID. */
export const sceneFields = { sceneName: nameField.optional(), sceneUuid: nameField.optional() };
/** How a request says which input. */
export const inputFields = { inputName: nameField.optional(), inputUuid: nameField.optional() };
/** How a request says which scene or input. */
export const sourceFields = { sourceName: nameField.optional(), sourceUuid: nameField.optional() };

type Named = { readonly name: string; readonly uuid: string };

function find<T extends Named>(
  candidates: readonly T[],
  name: string | undefined,
  uuid: string | undefined,
  nameFieldName: string,
): T {
  if (uuid !== undefined) {
    const found = candidates.find((candidate) => candidate.uuid === uuid);
    if (found !== undefined) return found;
    throw new RequestRefusal(requestStatus.resourceNotFound, `No source was found by the UUID of \`${uuid}\`.`);
  }
  if (name === undefined) {
    const comment = `Your request is missing the \`${nameFieldName}\` field.`;
    throw new RequestRefusal(requestStatus.missingRequestField, comment);
  }
  const found = candidates.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  throw new RequestRefusal(requestStatus.resourceNotFound, `No source was found by the name of \`${name}\`.`);
}

type Source = (Scene & { readonly type: 'scene' }) | (Input & { readonly type: 'input' });

function sources(catalogue: Catalogue): readonly Source[] {
  const scenes = catalogue.scenes().map((scene) => ({ ...scene, type: 'scene' as const }));
  return [...scenes, ...catalogue.inputs().map((input) => ({ ...input, type: 'input' as const }))];
}

/** The scene or input that a request speaks of. @throws RequestRefusal */
export function requireSource(
  data: { readonly sourceName?: string | undefined; readonly sourceUuid?: string | undefined },
  context: RequestContext,
): Source {
  return find(sources(context.catalogue), data.sourceName, data.sourceUuid, 'sourceName');
}

/** The scene that a request speaks of. @throws RequestRefusal */
export function requireScene(
  data: { readonly sceneName?: string | undefined; readonly sceneUuid?: string | undefined },
  context: RequestContext,
): Scene {
  const source = find(sources(context.catalogue), data.sceneName, data.sceneUuid, 'sceneName');
  if (source.type === 'scene') return source;
  throw new RequestRefusal(requestStatus.invalidResourceType, 'The specified source is not a scene.');
}

/** The input that a request speaks of. @throws RequestRefusal */
export function requireInput(
  data: { readonly inputName?: string | undefined; readonly inputUuid?: string | undefined },
  context: RequestContext,
): Input {
  const source = find(sources(context.catalogue), data.inputName, data.inputUuid, 'inputName');
  if (source.type === 'input') return source;
  throw new RequestRefusal(requestStatus.invalidResourceType, 'The specified source is not an input.');
}

/** The scene item with this number. @throws RequestRefusal */
export function requireItem(scene: Scene, sceneItemId: number, context: RequestContext): SceneItem {
  const item = context.catalogue.items(scene.layout).find((candidate) => candidate.id === sceneItemId);
  if (item !== undefined) return item;
  const comment = `No scene items were found in scene \`${scene.name}\` with the ID \`${sceneItemId}\`.`;
  throw new RequestRefusal(requestStatus.resourceNotFound, comment);
}
