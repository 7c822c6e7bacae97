import { useSignal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import { LayoutDrawing } from '../../parts/layout-drawing.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { layoutOf } from '../../state/hall.js';
import type { Wall, WallCell, WallLayout } from '../../state/hall.js';
import { otherSources, sourceName } from '../../state/source-names.js';
import './cells-panel.css';

/** As the style sheet has it. */
const DRAWING_HEIGHT_PX = 140;

/** Which source is in which cell of the prepared layout. */
export function CellsPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const wall = hall.wall.value;
  const id = wall === null ? null : wall.studioMode ? wall.preview : wall.program;
  const layout = wall === null || id === null ? null : layoutOf(wall, id);
  return (
    <Panel
      id="cells"
      heading={words.cells.heading}
      aside={layout !== null && <span class="panel-note">{layout.name}</span>}
    >
      {wall !== null && layout !== null ? (
        <Cells key={layout.id} wall={wall} layout={layout} />
      ) : (
        <Nothing words={words.loading} />
      )}
    </Panel>
  );
}

function Cells({ wall, layout }: { readonly wall: Wall; readonly layout: WallLayout }) {
  const { texts } = useDesk();
  const marked = useSignal<string | null>(null);
  const words = texts.value.cells;
  if (layout.cells.length === 0) return <Nothing words={words.empty} />;
  return (
    <>
      {layout.id === wall.program && (
        <p class="cells-on-air">
          <Icon name="warning" />
          {words.onAir}
        </p>
      )}
      <div class="cells-body">
        <div class="cells-drawing">
          <LayoutDrawing wall={wall} layout={layout} shownHeightPx={DRAWING_HEIGHT_PX} marked={marked.value} />
        </div>
        <ul class="cells-list">
          {layout.cells.map((cell) => (
            <li key={cell.id}>
              <CellRow wall={wall} layout={layout} cell={cell} onMark={(on) => (marked.value = on ? cell.id : null)} />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function CellRow(props: {
  readonly wall: Wall;
  readonly layout: WallLayout;
  readonly cell: WallCell;
  readonly onMark: (on: boolean) => void;
}) {
  const { hall, texts, commands, may } = useDesk();
  const { wall, layout, cell, onMark } = props;
  const words = texts.value;
  const tiles = hall.tiles.value ?? [];
  const choose = async (select: HTMLSelectElement): Promise<void> => {
    const done = await commands.cells.setSource(layout.id, cell.id, select.value);
    // The list shows what is; what was refused must not stay in it.
    if (!done) select.value = cell.source;
  };
  return (
    <label class="cell-row" onPointerEnter={() => onMark(true)} onPointerLeave={() => onMark(false)}>
      <span class="cell-name" title={cell.id}>
        {cell.id}
        {!cell.enabled && <span class="cell-hidden"> · {words.cells.hidden}</span>}
      </span>
      <select
        value={cell.source}
        disabled={!may.value.operate}
        aria-label={words.cells.cell(cell.id)}
        onFocus={() => onMark(true)}
        onBlur={() => onMark(false)}
        onChange={({ currentTarget }) => void choose(currentTarget)}
      >
        <optgroup label={words.sources.cameras}>
          {tiles.map(({ value }) => (
            <option key={value.camera} value={value.camera}>
              {value.name}
            </option>
          ))}
        </optgroup>
        <optgroup label={words.sources.others}>
          {otherSources(wall, tiles).map((source) => (
            <option key={source} value={source}>
              {sourceName(source, tiles, words)}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}
