import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import { fullScreenLayout, layoutToFill } from '../../state/cells.js';

/** Full screen, or into a cell: prepared here, put on air by CUT or AUTO. */
export function CameraActions({ camera, onDone }: { readonly camera: string; readonly onDone: () => void }) {
  const { hall, texts, commands, may, selection } = useDesk();
  const words = texts.value.cameras;
  const wall = hall.wall.value;
  const layout = wall === null ? null : fullScreenLayout(wall, camera);
  const prepared = wall?.studioMode === true;
  const canPlace = wall !== null && layoutToFill(wall)?.fullScreenOf === null;
  const fullScreen = (): void => {
    if (layout !== null) void commands.switching.selectLayout(layout.id);
    onDone();
  };
  const place = (): void => {
    onDone();
    selection.placing.value = { camera, way: 'press', over: null };
    document.querySelector('.monitor.is-preview')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div class="camera-card-actions">
        <button
          class="button is-primary"
          type="button"
          disabled={!may.value.operate || layout === null}
          onClick={fullScreen}
        >
          <Icon name="full" />
          {prepared ? words.fullScreen : words.fullScreenOnAir}
        </button>
        {prepared && (
          <button class="button" type="button" disabled={!may.value.operate || !canPlace} onClick={place}>
            <Icon name="place" />
            {words.place}
          </button>
        )}
      </div>
      <p class="camera-card-note">{prepared ? words.thenCut : words.noPreview}</p>
    </>
  );
}
