import { useEffect } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { cellStyle } from '../../parts/layout-miniature.js';
import type { Wall, WallLayout } from '../../state/hall.js';
import { cellName, inReadingOrder } from '../../state/cells.js';
import { cameraName } from '../../state/source-names.js';
import './cell-targets.css';

/**
 * The cells of the prepared layout over its picture: a camera is dropped on one, or one is pressed: with a camera chosen
 * before, to put that there; without, to choose what it shows.
 */
export function CellTargets({ wall, layout }: { readonly wall: Wall; readonly layout: WallLayout }) {
  const { hall, texts, may, commands, selection } = useDesk();
  const placing = selection.placing.value;
  useEffect(() => cancelByEscape(() => (selection.placing.value = null)), [selection]);
  const tiles = hall.tiles.value ?? [];
  const words = texts.value.cells;
  const press = (cellId: string): void => {
    if (placing === null) {
      selection.cell.value = cellId;
      return;
    }
    selection.placing.value = null;
    void commands.cells.setSource(layout.id, cellId, placing.camera);
  };
  return (
    <div class={`cell-targets ${placing === null ? '' : 'is-placing'}`}>
      {inReadingOrder(layout)
        // What is hidden lies beneath what is shown: one of them may be all that there is to press.
        .toSorted((one, other) => Number(one.enabled) - Number(other.enabled))
        .map((cell) => {
          const cellWords = cellName(layout, cell, hall, texts.value);
          const name = cell.enabled ? cellWords : words.hidden(cellWords);
          return (
            <button
              key={cell.id}
              type="button"
              class={`cell-target ${cell.enabled ? '' : 'is-hidden'} ${placing?.over === cell.id ? 'is-over' : ''}`}
              style={cellStyle(wall, cell)}
              data-cell={cell.id}
              disabled={!may.value.operate}
              aria-label={placing === null ? words.change(name) : words.put(cameraName(placing.camera, tiles), name)}
              onClick={() => press(cell.id)}
            >
              <span class="cell-target-name">{name}</span>
            </button>
          );
        })}
    </div>
  );
}

/** Asks for the cell of a camera that was chosen by a press. */
export function PlacingPrompt() {
  const { hall, texts, selection } = useDesk();
  const placing = selection.placing.value;
  const words = texts.value.cells;
  return (
    <div role="status" class="placing-place">
      {placing?.way === 'press' && (
        <p class="placing">
          <span>{words.whereTo(cameraName(placing.camera, hall.tiles.value ?? []))}</span>
          <button class="button" type="button" onClick={() => (selection.placing.value = null)}>
            {words.cancel}
          </button>
        </p>
      )}
    </div>
  );
}

/** @returns how to stop */
function cancelByEscape(cancel: () => void): () => void {
  const onKey = ({ code }: KeyboardEvent): void => {
    if (code === 'Escape') cancel();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
