import type { Texts } from '../i18n/languages.js';
import type { Received, Tile, Wall } from './hall.js';

/** The sources that stand for something other than a camera. */
const OWN_SOURCES = ['ticker', 'clock'] as const;

/** What people call a source: a camera by its name, the others in words, an unknown one by its id. */
export function sourceName(source: string, tiles: readonly Received<Tile>[], texts: Texts): string {
  if (source === 'ticker') return texts.sources.ticker;
  if (source === 'clock') return texts.sources.clock;
  return tiles.find(({ value }) => value.camera === source)?.value.name ?? source;
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
  return [...new Set([...OWN_SOURCES, ...used])].filter((source) => !cameras.has(source));
}
