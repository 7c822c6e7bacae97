import type { Hall, Received, Tile, Wall } from '../../state/hall.js';
import type { Texts } from '../../i18n/languages.js';
import { sourceName } from '../../state/source-names.js';

/** A source that a cell can have, by the name that people give it. */
export type SourceChoice = { readonly source: string; readonly name: string };

/** All cameras, then everything else; what a cell has already is offered even when it is gone. */
export function sourceChoices(
  hall: Hall,
  wall: Wall,
  texts: Texts,
  own: string,
): { readonly cameras: readonly SourceChoice[]; readonly others: readonly SourceChoice[] } {
  const cameras = (hall.tiles.value ?? []).map(({ value }) => value.camera);
  const known = wall.sources.map(({ id }) => id);
  const others = [...known, ...([...cameras, ...known].includes(own) ? [] : [own])];
  const named = (source: string): SourceChoice => ({ source, name: sourceName(source, hall, texts) });
  return { cameras: cameras.map(named), others: others.map(named) };
}

/** The camera that a drawing shows least, for a new cell: the first that it does not show at all, or the first. */
export function nextSource(tiles: readonly Received<Tile>[], used: readonly string[]): string {
  const cameras = tiles.map(({ value }) => value.camera);
  return cameras.find((camera) => !used.includes(camera)) ?? cameras[0] ?? 'clock';
}
