import { useDesk } from '../../desk.js';
import { Dialog } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Picture } from '../../parts/picture.js';
import { cameraRequest } from '../../pictures/camera-request.js';
import { cellName, layoutToFill } from '../../state/cells.js';
import type { Wall, WallCell, WallLayout } from '../../state/hall.js';
import { kindOf, otherSources, sourceName } from '../../state/source-names.js';
import './cell-source-dialog.css';

/** What a cell of the prepared layout is to show: every camera with its picture, then the ticker and the clock. */
export function CellSourceDialog() {
  const { hall, selection } = useDesk();
  const wall = hall.wall.value;
  const layout = wall === null ? null : layoutToFill(wall);
  const cell = layout?.cells.find(({ id }) => id === selection.cell.value);
  if (wall === null || layout === null || cell === undefined) return null;
  return <Choice wall={wall} layout={layout} cell={cell} />;
}

function Choice(props: { readonly wall: Wall; readonly layout: WallLayout; readonly cell: WallCell }) {
  const { hall, texts, commands, may, selection } = useDesk();
  const { wall, layout, cell } = props;
  const words = texts.value;
  const tiles = hall.tiles.value ?? [];
  const close = (): void => {
    selection.cell.value = null;
  };
  const choose = (source: string): void => {
    close();
    if (source !== cell.source) void commands.cells.setSource(layout.id, cell.id, source);
  };
  return (
    <Dialog name="cell-source" heading={cellName(layout, cell, hall, words)} onClose={close}>
      {layout.id === wall.program && (
        <p class="cell-source-on-air">
          <Icon name="warning" />
          {words.cells.onAir}
        </p>
      )}
      <ul class="cell-source-list" aria-label={words.cells.choose}>
        {tiles.map(({ value }) => (
          <li key={value.camera}>
            <button
              type="button"
              class="picture-button cell-source-camera"
              aria-pressed={value.camera === cell.source}
              disabled={!may.value.operate}
              onClick={() => choose(value.camera)}
            >
              <span class="cell-source-picture" aria-hidden="true">
                <Picture
                  request={cameraRequest(value.camera)}
                  alt={words.cameras.alt(value.name)}
                  waiting={words.cameras.states[value.state]}
                />
              </span>
              <span class="cell-source-name">{value.name}</span>
              {value.camera === cell.source && <span class="cell-source-now">{words.cells.now}</span>}
            </button>
          </li>
        ))}
      </ul>
      <div class="cell-source-others">
        <button
          class="button"
          type="button"
          disabled={cell.enabled ? !may.value.blackOut : !may.value.operate}
          onClick={() => {
            close();
            void commands.cells.setEnabled(layout.id, cell.id, !cell.enabled);
          }}
        >
          {cell.enabled ? words.cells.hide : words.cells.show}
        </button>
        {otherSources(wall, tiles).map((source) => (
          <button
            key={source}
            class="button"
            type="button"
            aria-pressed={source === cell.source}
            disabled={!may.value.operate}
            onClick={() => choose(source)}
          >
            <Icon name={kindOf(source, wall)} />
            {sourceName(source, hall, words)}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
