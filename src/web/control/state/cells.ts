import type { Texts } from '../i18n/languages.js';
import { layoutOf } from './hall.js';
import type { Hall, Received, Tile, Wall, WallCell, WallLayout } from './hall.js';
import { cameraName, sourceName } from './source-names.js';

/** The layout whose cells a person fills: the prepared one, or the one on air while there is no preview. */
export function layoutToFill(wall: Wall): WallLayout | null {
  return layoutOf(wall, wall.studioMode ? wall.preview : wall.program);
}

/** What people call a cell: its place among the others and what it shows. `cells` in reading order. */
export function cellName(layout: WallLayout, cell: WallCell, hall: Pick<Hall, 'wall' | 'tiles'>, texts: Texts): string {
  const number = inReadingOrder(layout).indexOf(cell) + 1;
  return texts.cells.name(number, sourceName(cell.source, hall, texts));
}

/** From the top left to the bottom right, as one reads. */
export function inReadingOrder({ cells }: WallLayout): readonly WallCell[] {
  return cells.toSorted((a, b) => a.rectangle.y - b.rectangle.y || a.rectangle.x - b.rectangle.x || a.z - b.z);
}

/** What people call a layout: its name, or the camera that it shows alone. */
export function layoutName(layout: WallLayout, tiles: readonly Received<Tile>[], texts: Texts): string {
  return layout.fullScreenOf === null
    ? layout.name
    : texts.layouts.fullScreenOf(cameraName(layout.fullScreenOf, tiles));
}

/** The layout that shows this camera alone. */
export function fullScreenLayout(wall: Wall, camera: string): WallLayout | null {
  return wall.layouts.find(({ fullScreenOf }) => fullScreenOf === camera) ?? null;
}
