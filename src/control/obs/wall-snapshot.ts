import type { WallEngine } from '../engine.js';
import { Catalogue, type Input, type SceneEntry } from './catalogue.js';
import { obsEvent } from './event-catalogue.js';
import type { Fields, ObsEvent } from './protocol.js';
import { settingsOf } from './settings.js';
import { transformOf, type SceneItemTransform } from './transform.js';

type ItemSnapshot = {
  readonly sceneItemId: number;
  readonly sceneItemIndex: number;
  readonly sceneItemEnabled: boolean;
  readonly sceneItemTransform: SceneItemTransform;
  readonly sourceName: string;
  readonly sourceUuid: string | null;
};

type SceneSnapshot = { readonly name: string; readonly items: ReadonlyMap<number, ItemSnapshot> };

type InputSnapshot = Pick<Input, 'name' | 'kind' | 'unversionedKind'> & {
  readonly settings: Fields;
  readonly videoActive: boolean;
  readonly videoShowing: boolean;
};

/** The wall as clients of obs-websocket know it at one moment. Maps are by UUID. */
export type WallSnapshot = {
  readonly entries: readonly SceneEntry[];
  readonly scenes: ReadonlyMap<string, SceneSnapshot>;
  readonly inputs: ReadonlyMap<string, InputSnapshot>;
};

/** @param onAir ids of the layouts that the wall shows: two while one fades into the other */
export function snapshotOf(engine: WallEngine, onAir: readonly string[]): WallSnapshot {
  const catalogue = new Catalogue(engine);
  const inputs = new Map(catalogue.inputs().map((input) => [input.source, input]));
  const { studioMode, preview } = engine.state();
  const active = new Set<string>();
  const showing = new Set<string>();
  const scenes = catalogue.scenes().map((scene): [string, SceneSnapshot] => {
    const items = catalogue.items(scene.layout);
    const isOnAir = onAir.includes(scene.layout.id);
    const isShown = isOnAir || (studioMode && scene.layout.id === preview);
    for (const { source, enabled } of items) {
      if (enabled && isOnAir) active.add(source);
      if (enabled && isShown) showing.add(source);
    }
    const described = items.map(({ id, cell, source, enabled }): [number, ItemSnapshot] => {
      const input = inputs.get(source) ?? null;
      const item = {
        sceneItemId: id,
        sceneItemIndex: id - 1,
        sceneItemEnabled: enabled,
        sceneItemTransform: transformOf(cell, input?.tile ?? null),
        sourceName: input?.name ?? source,
        sourceUuid: input?.uuid ?? null,
      };
      return [id, item];
    });
    return [scene.uuid, { name: scene.name, items: new Map(described) }];
  });
  const described = [...inputs.values()].map((input): [string, InputSnapshot] => {
    const { name, kind, unversionedKind, source } = input;
    const shown = { videoActive: active.has(source), videoShowing: showing.has(source) };
    return [input.uuid, { name, kind, unversionedKind, settings: settingsOf(input, engine), ...shown }];
  });
  return { entries: catalogue.sceneEntries(), scenes: new Map(scenes), inputs: new Map(described) };
}

/** What clients have to be told so that they know the wall as it is after. */
export function eventsBetween(before: WallSnapshot, after: WallSnapshot): readonly ObsEvent[] {
  return [
    ...inputEvents(before.inputs, after.inputs),
    ...sceneEvents(before.scenes, after.scenes),
    ...(isSame(before.entries, after.entries) ? [] : [obsEvent('SceneListChanged', { scenes: [...after.entries] })]),
    ...[...after.scenes].flatMap(([sceneUuid, scene]) => {
      const known = before.scenes.get(sceneUuid);
      return known === undefined ? [] : itemEvents({ sceneName: scene.name, sceneUuid }, known.items, scene.items);
    }),
    ...activityEvents(before.inputs, after.inputs),
  ];
}

function inputEvents(
  before: ReadonlyMap<string, InputSnapshot>,
  after: ReadonlyMap<string, InputSnapshot>,
): readonly ObsEvent[] {
  const removed = [...before]
    .filter(([inputUuid]) => !after.has(inputUuid))
    .map(([inputUuid, { name: inputName }]) => obsEvent('InputRemoved', { inputName, inputUuid }));
  const others = [...after].flatMap(([inputUuid, input]): ObsEvent[] => {
    const known = before.get(inputUuid);
    const inputName = input.name;
    if (known === undefined) {
      const kinds = { inputKind: input.kind, unversionedInputKind: input.unversionedKind, inputKindCaps: 0 };
      const settings = { inputSettings: { ...input.settings }, defaultInputSettings: {} };
      return [obsEvent('InputCreated', { inputName, inputUuid, ...kinds, ...settings })];
    }
    const renamed = { inputName, inputUuid, oldInputName: known.name };
    const inputSettings = { ...input.settings };
    return [
      ...(known.name === inputName ? [] : [obsEvent('InputNameChanged', renamed)]),
      ...(isSame(known.settings, input.settings)
        ? []
        : [obsEvent('InputSettingsChanged', { inputName, inputUuid, inputSettings })]),
    ];
  });
  return [...removed, ...others];
}

function sceneEvents(
  before: ReadonlyMap<string, SceneSnapshot>,
  after: ReadonlyMap<string, SceneSnapshot>,
): readonly ObsEvent[] {
  const isGroup = false;
  const removed = [...before]
    .filter(([sceneUuid]) => !after.has(sceneUuid))
    .map(([sceneUuid, { name: sceneName }]) => obsEvent('SceneRemoved', { sceneName, sceneUuid, isGroup }));
  const others = [...after].flatMap(([sceneUuid, { name: sceneName }]): ObsEvent[] => {
    const known = before.get(sceneUuid);
    if (known === undefined) return [obsEvent('SceneCreated', { sceneName, sceneUuid, isGroup })];
    if (known.name === sceneName) return [];
    return [obsEvent('SceneNameChanged', { sceneName, sceneUuid, oldSceneName: known.name })];
  });
  return [...removed, ...others];
}

/** A cell that shows another source is another item to OBS, whose items never change theirs. */
function itemEvents(
  scene: { readonly sceneName: string; readonly sceneUuid: string },
  before: ReadonlyMap<number, ItemSnapshot>,
  after: ReadonlyMap<number, ItemSnapshot>,
): readonly ObsEvent[] {
  const isOther = (one: ItemSnapshot, other: ItemSnapshot | undefined): boolean => one.sourceUuid !== other?.sourceUuid;
  const removed = [...before.values()]
    .filter((item) => isOther(item, after.get(item.sceneItemId)))
    .map(({ sceneItemId, sourceName, sourceUuid }) =>
      obsEvent('SceneItemRemoved', { ...scene, sceneItemId, sourceName, sourceUuid }),
    );
  const others = [...after.values()].flatMap((item): ObsEvent[] => {
    const { sceneItemId, sceneItemIndex, sceneItemEnabled, sceneItemTransform, sourceName, sourceUuid } = item;
    const known = before.get(sceneItemId);
    const isNew = known === undefined || isOther(item, known);
    const created = { ...scene, sceneItemId, sourceName, sourceUuid, sceneItemIndex };
    const isEnabledBefore = isNew || known.sceneItemEnabled;
    const isMoved = !isNew && !isSame(known.sceneItemTransform, sceneItemTransform);
    return [
      ...(isNew ? [obsEvent('SceneItemCreated', created)] : []),
      ...(isEnabledBefore === sceneItemEnabled
        ? []
        : [obsEvent('SceneItemEnableStateChanged', { ...scene, sceneItemId, sceneItemEnabled })]),
      ...(isMoved ? [obsEvent('SceneItemTransformChanged', { ...scene, sceneItemId, sceneItemTransform })] : []),
    ];
  });
  return [...removed, ...others];
}

function activityEvents(
  before: ReadonlyMap<string, InputSnapshot>,
  after: ReadonlyMap<string, InputSnapshot>,
): readonly ObsEvent[] {
  return [...after].flatMap(([inputUuid, { name: inputName, videoActive, videoShowing }]): ObsEvent[] => {
    const known = before.get(inputUuid) ?? { videoActive: false, videoShowing: false };
    return [
      ...(known.videoActive === videoActive
        ? []
        : [obsEvent('InputActiveStateChanged', { inputName, inputUuid, videoActive })]),
      ...(known.videoShowing === videoShowing
        ? []
        : [obsEvent('InputShowStateChanged', { inputName, inputUuid, videoShowing })]),
    ];
  });
}

/** Both sides are made by the same code, so that their fields have the same order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
