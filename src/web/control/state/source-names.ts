import type { SourceKind } from '../../../layout/sources.js';
import type { Texts } from '../i18n/languages.js';
import type { Hall, Received, Tile, Wall } from './hall.js';

/** What people call a source: by its name, or in words what every hall has; an unknown one by its id. */
export function sourceName(source: string, { wall, tiles }: Pick<Hall, 'wall' | 'tiles'>, texts: Texts): string {
  const other = wall.value?.sources.find(({ id }) => id === source);
  if (other !== undefined) return other.name ?? texts.sources[other.kind];
  return cameraName(source, tiles.value ?? []);
}

/** What people call a camera; an unknown one by its id. */
export function cameraName(camera: string, tiles: readonly Received<Tile>[]): string {
  return tiles.find(({ value }) => value.camera === camera)?.value.name ?? camera;
}

/** What kind of source it is; one that nobody knows any more is treated as a camera. */
export function kindOf(source: string, wall: Pick<Wall, 'sources'>): SourceKind {
  return wall.sources.find(({ id }) => id === source)?.kind ?? 'camera';
}

/** Whether it is painted by the service, and not filmed: its picture is there whatever happens to cameras. */
export function isPainted(source: string, wall: Pick<Wall, 'sources'>): boolean {
  const kind = kindOf(source, wall);
  return kind === 'board' || kind === 'image';
}

/** Whether the source is a camera that shows nothing live. */
export function isInTrouble(source: string, tiles: readonly Received<Tile>[]): boolean {
  const tile = tiles.find(({ value }) => value.camera === source)?.value;
  return tile !== undefined && tile.state !== 'live';
}

/** Other sources than cameras that may be chosen: the known ones and whatever the layouts already show. */
export function otherSources(wall: Wall, tiles: readonly Received<Tile>[]): readonly string[] {
  const cameras = new Set(tiles.map(({ value }) => value.camera));
  const used = wall.layouts.flatMap(({ cells }) => cells.map(({ source }) => source));
  return [...new Set([...wall.sources.map(({ id }) => id), ...used])].filter((source) => !cameras.has(source));
}
