import { useDesk } from '../desk.js';
import type { Wall, WallCell, WallLayout } from '../state/hall.js';
import { isInTrouble, sourceName } from '../state/source-names.js';
import { fitLabel } from './cell-label.js';
import './layout-drawing.css';

/** Half of the line between two cells, in wall pixels of a wall 540 high. */
const GAP = 3;
/** The smallest type that can be read, in pixels on the page. */
const SMALLEST_TYPE_PX = 10.5;

/**
 * A layout drawn from its geometry, in the wall's shape; cells carry the names of what they show.
 * @param shownHeightPx about how high the drawing stands on the page: decides which names can be read
 */
export function LayoutDrawing(props: {
  readonly wall: Wall;
  readonly layout: WallLayout;
  readonly shownHeightPx: number;
  readonly marked?: string | null;
}) {
  const { widthPx, heightPx } = props.wall.wall;
  const shown = props.layout.cells.filter(({ enabled }) => enabled).sort((a, b) => a.z - b.z);
  return (
    <svg class="layout-drawing" viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true" focusable="false">
      <rect class="drawn-wall" width={widthPx} height={heightPx} />
      {shown.map((cell) => (
        <DrawnCell
          key={cell.id}
          cell={cell}
          unit={heightPx / 540}
          pixel={heightPx / props.shownHeightPx}
          marked={cell.id === props.marked}
        />
      ))}
    </svg>
  );
}

/** @param unit one 540th of the wall's height; `pixel` is one pixel of the page; both in wall pixels */
function DrawnCell(props: {
  readonly cell: WallCell;
  readonly unit: number;
  readonly pixel: number;
  readonly marked: boolean;
}) {
  const { hall, texts } = useDesk();
  const { cell, unit, pixel, marked } = props;
  const { x, y, widthPx, heightPx } = cell.rectangle;
  const gap = Math.max(GAP * unit, pixel);
  const tiles = hall.tiles.value ?? [];
  const trouble = isInTrouble(cell.source, tiles);
  const name = `${trouble ? '⚠\u00a0' : ''}${sourceName(cell.source, tiles, texts.value)}`;
  const kind = cell.source === 'ticker' || cell.source === 'clock' ? `drawn-${cell.source}` : 'drawn-camera';
  const label = fitLabel(name, widthPx, heightPx, SMALLEST_TYPE_PX * pixel, 15 * pixel);
  return (
    <g class={`drawn-cell ${kind} ${trouble ? 'is-trouble' : ''} ${marked ? 'is-marked' : ''}`}>
      <rect class="drawn-gap" x={x} y={y} width={widthPx} height={heightPx} />
      <rect
        class="drawn-area"
        x={x + gap}
        y={y + gap}
        width={Math.max(0, widthPx - 2 * gap)}
        height={Math.max(0, heightPx - 2 * gap)}
        stroke-width={marked ? 3 * pixel : pixel}
      />
      {label?.lines.map((line, index) => (
        <text
          key={index}
          x={x + widthPx / 2}
          y={y + heightPx / 2 + (index - (label.lines.length - 1) / 2) * label.fontSize * 1.15}
          font-size={label.fontSize}
        >
          {line}
        </text>
      ))}
    </g>
  );
}
