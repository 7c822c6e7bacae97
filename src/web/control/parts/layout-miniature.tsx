import { useDesk } from '../desk.js';
import { cameraRequest } from '../pictures/camera-request.js';
import type { Wall, WallCell, WallLayout } from '../state/hall.js';
import { isInTrouble, isPainted, sourceName } from '../state/source-names.js';
import { Icon } from './icon.js';
import { placeOnWall } from './place-on-wall.js';
import { usePictures } from './use-pictures.js';
import './layout-miniature.css';

/**
 * A layout in the wall's shape, drawn from its geometry, with the live picture of a camera in each cell, and that of a board or an image.
 * A camera that is not live has its name instead, with a sign; so have the ticker and the clock.
 */
export function LayoutMiniature(props: { readonly wall: Wall; readonly layout: Pick<WallLayout, 'cells'> }) {
  const { wall, layout } = props;
  const { widthPx, heightPx } = wall.wall;
  return (
    <span class="miniature" style={{ aspectRatio: `${widthPx} / ${heightPx}` }} aria-hidden="true">
      {layout.cells
        .filter(({ enabled }) => enabled)
        .map((cell) => (
          <MiniatureCell key={`${cell.id} ${cell.source}`} wall={wall} cell={cell} />
        ))}
    </span>
  );
}

function MiniatureCell({ wall, cell }: { readonly wall: Wall; readonly cell: WallCell }) {
  const { hall, texts, current } = useDesk();
  const tiles = hall.tiles.value ?? [];
  const tile = tiles.find(({ value }) => value.camera === cell.source)?.value;
  if (current.value && (tile?.state === 'live' || isPainted(cell.source, wall)))
    return <MiniaturePicture wall={wall} cell={cell} />;
  const trouble = isInTrouble(cell.source, tiles);
  const kind = tile === undefined ? 'is-sign' : trouble ? 'is-trouble' : '';
  return (
    <span class={`miniature-cell miniature-name ${kind}`} style={cellStyle(wall, cell)}>
      {trouble && <Icon name="warning" />}
      <span>{sourceName(cell.source, hall, texts.value)}</span>
    </span>
  );
}

function MiniaturePicture({ wall, cell }: { readonly wall: Wall; readonly cell: WallCell }) {
  const { canvas, hasPicture } = usePictures(cameraRequest(cell.source));
  return (
    <canvas
      ref={canvas}
      width={16}
      height={9}
      class={`miniature-cell miniature-picture is-${cell.fit} ${hasPicture.value ? '' : 'is-empty'}`}
      style={cellStyle(wall, cell)}
    />
  );
}

/** Where a cell lies in a box of the wall's shape, above those that it covers. */
export function cellStyle({ wall }: Wall, { rectangle, z }: WallCell): Record<string, string> {
  return { ...placeOnWall(wall, rectangle), zIndex: String(z) };
}
