import { useDesk } from '../../desk.js';
import { cameraName } from '../../state/source-names.js';

/** The name of the camera that is being dragged, beside the pointer; `use-dragging.ts` moves it. */
export function DragGhost() {
  const { hall, selection } = useDesk();
  const placing = selection.placing.value;
  if (placing?.way !== 'drag') return null;
  return (
    <div class="drag-ghost" aria-hidden="true">
      {cameraName(placing.camera, hall.tiles.value ?? [])}
    </div>
  );
}
